"""A measured call that the bench had to end is no call that stood; a clerk whose page answers no more is replaced."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.bench import Bench
from harness.call import Call
from harness.deadline import STORY, Deadline
from harness.events import EventBus
from harness.model.errors import TargetError
from harness.model.observations import CallFact, Observation, ScenarioResult, StoryCut, TapStatus
from harness.quality.plan import Trial
from harness.quality.play import CallPlayer
from harness.writing.call import CallWriter
from scenarios import steps
from scenarios.privacy import Towns

LIMITS: list[float] = []


def player(kept: list[Observation], *, over: bool) -> CallPlayer:
    @contextmanager
    def within(seconds: float) -> Iterator[Deadline]:
        LIMITS.append(seconds)
        deadline = Deadline(seconds, list)
        deadline.over = over
        yield deadline

    unused = cast(Any, None)
    store = cast(Any, SimpleNamespace(add=kept.append))
    return CallPlayer(store, unused, unused, unused, unused, {}, {}, 30.0, EventBus(), within, scores=False)


@pytest.mark.parametrize("over", [False, True])
def test_call_that_was_ended_did_not_stand(monkeypatch: pytest.MonkeyPatch, over: bool) -> None:
    def hold(self: CallPlayer, trial: Trial, label: str, held: Any) -> None:
        held.joined = held.connected = True  # it was ended while what it had measured was fetched

    monkeypatch.setattr(CallPlayer, "_hold", hold)
    kept: list[Observation] = []
    assert player(kept, over=over).play(Trial("clear", 1), "clear-1") is not over
    assert LIMITS.pop() >= STORY + 30.0
    kinds = [type(each) for each in kept]
    assert kinds == ([StoryCut, ScenarioResult, CallFact] if over else [ScenarioResult, CallFact])
    fact, result = kept[-1], kept[-2]
    assert isinstance(fact, CallFact)
    assert fact.connected is not over
    assert isinstance(result, ScenarioResult)
    assert result.outcome == ("failed" if over else "passed")
    assert ("A call over clear (no. 1)' had not come to its end after 11 minutes" in result.sentence) is over
    assert ("Gespräch über clear (1.)“ war nach 11 Minuten nicht zu Ende" in result.sentence_de) is over


class Clerk:
    """Somebody at the desk, whose page lets them leave it or answers no more."""

    def __init__(self, *, stuck: bool) -> None:
        self.stuck, self.closed = stuck, False

    def leaves_page(self) -> bool:
        return not self.stuck

    def close(self) -> None:
        self.closed = True


def test_clerk_whose_page_answers_no_more_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    comes = [Clerk(stuck=True), Clerk(stuck=False)]
    monkeypatch.setattr(steps, "clerk_at_the_desk", lambda bench, tenant: comes.pop(0))
    towns = Towns(cast(Bench, None))
    first = cast(Any, towns.clerk("winterbach"))
    towns.step_away()
    assert first.closed
    second = cast(Any, towns.clerk("winterbach"))
    towns.step_away()
    assert second is not first
    assert cast(Any, towns.clerk("winterbach")) is second
    assert not second.closed


def unsettled_call(*, ended: bool) -> Call:
    def settle(appointment: object) -> None:
        raise TargetError("Closing of the recordings by the SFU did not happen within 10 s.")

    person = SimpleNamespace(browser=SimpleNamespace(is_connected=lambda: not ended))
    deployment = SimpleNamespace(settle=settle, observables=SimpleNamespace(recordings="folder"))
    return cast(
        Call,
        SimpleNamespace(
            label="winterbach-1", appointment=None, deployment=deployment, people={"clerk": person}, disturbed=False
        ),
    )


def test_recordings_of_a_call_whose_browsers_were_ended_are_kept_and_said_not_to_be_whole() -> None:
    kept: list[Observation] = []
    writer = CallWriter(cast(Any, SimpleNamespace(add=kept.append)), cast(Any, None), EventBus())
    call = unsettled_call(ended=True)
    writer._tap(call, [cast(Any, "a stream")], writer._settle(call))
    (tap,) = kept
    assert isinstance(tap, TapStatus)
    assert (tap.vantage, tap.state) == ("sfu", "failed")
    assert tap.reason == "Closing of the recordings by the SFU did not happen within 10 s."


def test_recordings_that_a_server_does_not_close_are_an_error_as_before() -> None:
    writer = CallWriter(cast(Any, None), cast(Any, None), EventBus())
    with pytest.raises(TargetError, match="Closing of the recordings"):
        writer._settle(unsettled_call(ended=False))
