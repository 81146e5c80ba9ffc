"""Whoever is left alone in a call is still in it; whoever loses the server is not."""

import asyncio

import pytest

from load.bots.pump_bot import PumpBot


def _after(heard: list[dict[str, str]], lost: str) -> PumpBot:
    async def run() -> PumpBot:
        bot = PumpBot("clerk", "ws://nowhere", "")
        for said in heard:
            await bot._hear(said)
        bot._lost(lost)
        if bot._goodbye is not None:
            await bot._goodbye
        return bot

    return asyncio.run(run())


@pytest.mark.parametrize("told", ["left", "feed-gone"])
def test_connection_to_somebody_who_left_is_no_loss(told: str) -> None:
    bot = _after([{"type": told, "pid": "p2"}], "p2")
    assert bot.failure == ""
    assert bot._goodbye is None


@pytest.mark.parametrize("lost", ["", "p3"])
def test_connection_that_ends_by_itself_ends_the_call(lost: str) -> None:
    bot = _after([{"type": "left", "pid": "p2"}], lost)
    assert bot.failure == "the clerk lost the server's consent to send"
    assert bot._goodbye is not None
