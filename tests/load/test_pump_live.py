"""Two pump bots in an appointment of the real town hall, through the real Janus."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from harness.events import EventBus
from harness.targets.townhall import TownhallDeployment, TownhallTarget
from load.bots.municipality import TENANT, user_of, write_municipality
from load.bots.pump_bot import PumpBot, pumped
from load.bots.town import Desk, citizen_bot, invited
from load.bots.web import HttpxWeb
from load.pump import media
from load.pump.connection import Connection
from load.pump.pump import Pump

pytestmark = pytest.mark.live


async def until(pump: Pump, condition: Callable[[], bool]) -> None:
    """Packets are no events of the loop: look in every tick."""
    async with asyncio.timeout(20):
        while not condition():
            await pump.ticked()


def _heard(pump: Pump, connection: Connection) -> bool:
    return all(each.packets > 100 for each in pump.received(connection))


async def _talk(deployment: TownhallDeployment) -> None:
    mails = deployment.observables.mails
    assert mails is not None
    pump = Pump((media.opus(2.0), media.video("vp9", 4.0)), 2, silence=media.silence())
    pump.start()

    def come() -> list[PumpBot]:
        desk = Desk(HttpxWeb(deployment.base_url), TENANT, user_of(0), deployment.password)
        booked = desk.books("Bot", "bot@example.org")
        bots = [desk.bot(booked, pumped(pump)), citizen_bot(invited(mails, booked), pumped(pump))]
        desk.close()
        return [bot for bot in bots if isinstance(bot, PumpBot)]

    bots = await asyncio.to_thread(come)
    running = [asyncio.create_task(bot.run()) for bot in bots]
    for bot in bots:
        await bot.wait_until_connected(20)
    clerk, citizen = bots
    assert clerk.sending is not None
    assert citizen.receiving is not None
    for bot in bots:
        assert bot.receiving is not None
        await until(pump, partial(_heard, pump, bot.receiving))
        for stream in pump.received(bot.receiving):
            assert stream.lost == 0, stream
            assert stream.delay is not None
    # The server reports what it receives, with what a round trip is told from.
    sending, receiving = clerk.sending, citizen.receiving
    await until(pump, lambda: all(each.round_trip is not None for each in pump.sent(sending)))
    assert [each.lost_reported for each in pump.sent(sending)] == [0, 0]
    # The citizen asks for a key frame: the server passes it on, and the clerk's next picture is one.
    [(ssrc, row)] = [(ssrc, row) for ssrc, row in receiving.inbound.items() if pump.inbound.nacks[row]]
    asked, before = pump.statistics().key_frames, int(pump.inbound.key_frames[row])
    pump.reports.ask_key_frame(receiving, ssrc)
    await until(pump, lambda: pump.inbound.key_frames[row] > before)
    assert pump.statistics().key_frames > asked
    # A picture goes astray before it reaches the server: the server asks for it, and gets it.
    [(table, lost)] = [each for each in sending.outbound.values() if each[0].loop.kind == "video"]
    table.withheld[lost] = True
    await until(pump, lambda: pump.statistics().retransmitted > 0)
    # The clerk says nothing and turns the camera off: a packet now and then; then it goes on, with a key frame.
    [sound, picture] = [row for _, row in sorted((pump.inbound.nacks[row], row) for row in receiving.inbound.values())]
    keys = int(pump.inbound.key_frames[picture])
    clerk.behave(talking=False, camera=False)
    for _ in range(40):  # what is on its way
        await pump.ticked()
    heard, seen = int(pump.inbound.received[sound]), int(pump.inbound.received[picture])
    await until(pump, lambda: pump.inbound.received[sound] >= heard + 3)
    assert pump.inbound.received[picture] == seen
    clerk.behave(talking=True, camera=True)
    await until(pump, lambda: pump.inbound.received[picture] > seen + 30 and pump.inbound.received[sound] > heard + 30)
    assert pump.inbound.key_frames[picture] > keys
    assert [stream.lost - stream.repaired for stream in pump.received(receiving)] == [0, 0]
    found = pump.statistics()
    assert (found.own_loss, found.unopened, found.malformed) == (0, 0, 0)
    # The citizen leaves; the clerk stays, and still knows what came.
    came = sum(stream.packets for stream in pump.received(clerk.receiving)) if clerk.receiving else 0
    await citizen.leave()
    await until(pump, lambda: clerk.receiving is not None and not pump.holds(clerk.receiving))
    assert clerk.receiving is not None
    assert sum(stream.packets for stream in clerk.receiving.came) >= came > 200
    assert pump.holds(sending)
    await clerk.leave()
    await asyncio.gather(*running)
    assert [bot.failure for bot in bots] == ["", ""]
    assert pump.faults == []
    pump.stop()


def test_two_bots_hear_and_see_each_other_and_answer_the_server(tmp_path: Path) -> None:
    write_municipality(tmp_path / "tenants", 1)
    settings = {"tenants_dir": str(tmp_path / "tenants")}
    deployment = TownhallTarget(settings).start(tmp_path / "target", EventBus())
    try:
        asyncio.run(_talk(deployment))
    finally:
        deployment.stop()
