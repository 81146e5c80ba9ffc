"""A bot does what its plan says and when, and a picture that was turned off is not taken for a loss."""

import asyncio
from dataclasses import dataclass, field
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from load.bots.pump_bot import PumpBot
from load.errors import LoadError
from load.generator.behaving import Behaving
from load.generator.messages import Behaves, Join, Step, line_of, read_ask
from load.generator.plans import STANDING, behaves, standing
from load.generator.window import Window
from load.models.callplan import CallPlan, Event, Habits, plan_call
from load.pump import media
from load.pump.loopback import calls
from load.pump.pump import Pump


@dataclass
class Switched:
    """A bot of which only the switches are looked at."""

    talking: bool = True
    camera: bool = True
    done: list[tuple[str, bool]] = field(default_factory=list)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    last: int = 99

    def behave(self, *, talking: bool | None = None, camera: bool | None = None) -> None:
        if talking is not None:
            self.talking = talking
            self.done.append(("talking", talking))
        if camera is not None:
            self.camera = camera
            self.done.append(("camera", camera))
        if len(self.done) >= self.last:
            self.over.set()


def played(plan: Behaves, last: int) -> Switched:
    async def run() -> Switched:
        bot = Switched(last=last)
        behaving = Behaving(cast(PumpBot, bot), plan)
        assert (bot.talking, bot.camera) == (False, True) or bot.done, "silent and seen until the plan says else"
        async with asyncio.timeout(5):
            await bot.over.wait()
        behaving.stop()
        return bot

    return asyncio.run(run())


def test_steps_are_done_in_order_and_again_where_that_is_wanted() -> None:
    steps = (Step(at=0, does="camera-off"), Step(at=0.01, does="talks"), Step(at=0.02, does="falls-silent"))
    assert played(Behaves(steps=steps), 3).done == [("camera", False), ("talking", True), ("talking", False)]
    twice = played(Behaves(steps=steps, every=0.03), 6).done
    assert twice[:3] == twice[3:6]


def test_measurement_knows_whose_camera_was_off_in_it() -> None:
    async def run() -> None:
        bot = Switched(last=2)
        plan = Behaves(steps=(Step(at=0, does="camera-off"), Step(at=0.02, does="camera-on")))
        behaving = Behaving(cast(PumpBot, bot), plan)
        behaving.begin()
        assert behaving.dark
        async with asyncio.timeout(5):
            await bot.over.wait()
        assert behaving.dark, "it was, for a time"
        behaving.begin()
        assert not behaving.dark

    asyncio.run(run())


@given(seed=st.integers(0, 10**9), talk=st.floats(5, 600), pace=st.floats(0.5, 20))
def test_plan_of_a_person_is_that_of_the_call_from_where_they_join(seed: int, talk: float, pace: float) -> None:
    plan = plan_call(talk, seed, Habits(no_show=0, reconnects=1))
    for party in ("clerk", "citizen"):
        own = plan.of("clerk" if party == "clerk" else "citizen")
        spoken = 0
        for joined in [event for event in own if event.action in ("joins", "reconnects")]:
            told = behaves(plan, joined.party, joined.at, pace)
            assert [step.at for step in told.steps] == sorted(step.at for step in told.steps)
            assert told.steps[0].does == "falls-silent"
            assert told.steps[1].does in ("camera-on", "camera-off")
            spoken += sum(step.does == "talks" for step in told.steps)
            assert read_ask(line_of(Join(bot=1, role=joined.party, url="", cookies="", behaves=told))) == Join(
                bot=1, role=joined.party, url="", cookies="", behaves=told
            )
        assert spoken == sum(event.action == "talks" for event in own), "nothing is left out or said twice"


def test_camera_that_was_off_before_the_line_broke_is_off_afterwards() -> None:
    plan = CallPlan(
        1, (
            Event(0, "citizen", "joins"), Event(1, "citizen", "camera-off"), Event(2, "citizen", "loses-connection"),
            Event(5, "citizen", "reconnects"), Event(6, "citizen", "camera-on"),
        ), 10.0,
    )  # fmt: skip
    assert [step.does for step in behaves(plan, "citizen", 0).steps] == ["falls-silent", "camera-on", "camera-off"]
    assert [(step.at, step.does) for step in behaves(plan, "citizen", 5, 2.0).steps] == [
        (0, "falls-silent"), (0, "camera-off"), (0.5, "camera-on")
    ]  # fmt: skip


def test_call_that_stands_goes_on_and_nobody_loses_the_line_in_it() -> None:
    both = [standing(7, "clerk", 15), standing(7, "citizen", 14)]
    assert {each.every for each in both} == {STANDING}
    assert [each.partner for each in both] == [15, 14]
    assert all(len(each.steps) > 50 for each in both)
    assert both[0].steps != both[1].steps
    assert standing(7, "clerk", 15) == both[0]
    assert standing(8, "clerk", 15) != both[0]


def test_pace_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(LoadError, match="A pace of 0 leads nowhere"):
        behaves(plan_call(10, 1), "clerk", 0, 0)


def test_picture_that_was_turned_off_is_no_loss_and_one_that_is_missing_is() -> None:
    loops = (media.opus(0.5), media.video("vp9", 0.5))

    async def run() -> None:
        pump = Pump(loops, 2, host="127.0.0.1", silence=media.silence())
        pump.start()
        try:
            [(one, two)] = await calls(pump, 1, loops)
            async with asyncio.timeout(10):
                while any(stream.packets < 20 for stream in pump.received(one)):
                    await pump.ticked()
            assert pump.switches is not None
            pump.switches.picture(two, on=False)
            for _ in range(20):  # what is on its way
                await pump.ticked()
            window = Window.begin(pump, [one])
            for _ in range(20):
                await pump.ticked()
            told = window.end(1, [one], [], {one.number})
            assert (told.streams, told.silent, told.lost) == (1, 0, 0)
            missed = window.end(2, [one], [])
            assert (missed.streams, missed.silent) == (2, 1)
            assert missed.lost > 0
        finally:
            pump.stop()

    asyncio.run(run())
