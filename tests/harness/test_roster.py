"""Who is there: a look waits for pages and server to follow, but never for somebody who hides."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from harness import roster
from harness.model.errors import TargetError
from harness.model.observations import Displayed, MediaReceivers, Observation, TapStatus
from harness.roster import Roster
from harness.vantage.receivers import Receivers

OTHER = {"citizen": "clerk", "clerk": "citizen"}


@dataclass
class Page:
    party: str

    def wait_for_timeout(self, milliseconds: float) -> None:
        """Time passes by itself here."""


@dataclass
class FakeCall:
    """As much of a call as a look at it needs."""

    label: str = "winterbach-1"
    noted: list[Observation] = field(default_factory=list)
    people: dict[str, Any] = field(default_factory=dict)
    deployment: Any = None

    def flush(self) -> None: ...


class FakeExtras:
    def people(self, page: Page) -> tuple[str, ...]:
        return ("citizen", "clerk")


def look(monkeypatch: pytest.MonkeyPatch, *answers: dict[str, tuple[str, ...]] | TargetError) -> list[Observation]:
    """A look at a call of two, at which the server answers so, the last answer again and again."""
    given = list(answers)

    def asked(*_: object) -> dict[str, Receivers]:
        answer = given.pop(0) if len(given) > 1 else given[0]
        if isinstance(answer, TargetError):
            raise answer
        return {party: Receivers(parties, 0) for party, parties in answer.items()}

    monkeypatch.setattr(roster, "SETTLES", 0.05)
    monkeypatch.setattr(roster, "take_snapshot", lambda admin: None)
    monkeypatch.setattr(roster, "who_receives", asked)

    class Tapped:
        descriptions: tuple[Any, ...] = ()

    class Person:
        def __init__(self, party: str) -> None:
            self.page, self.tapped = Page(party), Tapped()

    deployment = SimpleNamespace(observables=SimpleNamespace(receivers=object()))
    call: Any = FakeCall(people={party: Person(party) for party in OTHER}, deployment=deployment)
    extras: Any = FakeExtras()
    seen = Roster(call, extras)
    seen.look("citizen", "clerk")
    seen.finish()
    noted: list[Observation] = call.noted
    return noted


def receivers(noted: list[Observation]) -> dict[str, tuple[str, ...]]:
    return {seen.party: seen.receivers for seen in noted if isinstance(seen, MediaReceivers)}


def test_look_waits_until_the_last_one_receives(monkeypatch: pytest.MonkeyPatch) -> None:
    both: dict[str, tuple[str, ...]] = {"citizen": ("clerk",), "clerk": ("citizen",)}
    noted = look(monkeypatch, {}, {"citizen": ("clerk",), "clerk": ()}, both)
    assert receivers(noted) == both
    assert [seen.people for seen in noted if isinstance(seen, Displayed)] == [("citizen", "clerk")] * 2
    assert {getattr(seen, "moment", 1) for seen in noted} == {1}


def test_who_hides_does_not_delay_the_look_and_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    noted = look(monkeypatch, {"citizen": ("clerk", "unknown"), "clerk": ("citizen",)}, {})
    assert receivers(noted)["citizen"] == ("clerk", "unknown")


def test_what_does_not_settle_is_noted_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    noted = look(monkeypatch, {"citizen": (), "clerk": ("citizen",)})
    assert receivers(noted) == {"citizen": (), "clerk": ("citizen",)}


def test_server_that_does_not_say_is_a_failed_tap_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    noted = look(monkeypatch, TargetError("The media server's admin API did not say."))
    assert receivers(noted) == {}
    (tap,) = [seen for seen in noted if isinstance(seen, TapStatus)]
    assert (tap.vantage, tap.state, tap.reason) == (
        "participants",
        "failed",
        "The media server's admin API did not say.",
    )
