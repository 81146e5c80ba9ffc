"""What the bench takes from a page that tells of forged frames: only what can be read, and of its own transforms."""

from types import SimpleNamespace
from typing import Any, cast

from harness.call import Call
from harness.mitm.frames import FrameMitm
from harness.model.observations import FramesAttacked
from harness.vantage.tapped import Tapped, Transform

TOLD = {
    "id": "tap1", "attack": "replay", "media": "audio", "delivered": 9, "opened": 0, "unopened": 0, "tried": 3,
    "tries_seen": True, "genuine": 5, "genuine_opened": 5, "genuine_unopened": 0, "positions": 0, "bits": 0,
}  # fmt: skip


def noted(*told: dict[str, Any]) -> list[FramesAttacked]:
    """What is noted of a replay when the citizen's page tells this."""
    people = {
        party: SimpleNamespace(tapped=Tapped(), in_front_of_workers=[], page=None) for party in ("citizen", "clerk")
    }
    citizen = people["citizen"].tapped
    citizen.transforms["tap1"] = Transform("tap1", "receiver", "app", "audio", 0, 0.0)
    citizen.attacks += told
    call = SimpleNamespace(
        label="hall-1", people=people, noted=[], watch=lambda seconds: None,
        other=lambda party: "clerk" if party == "citizen" else "citizen",
    )  # fmt: skip
    mitm = FrameMitm(cast(Call, call))
    mitm.ends("replay", -10)  # nobody else will tell anything
    assert all("pruefstand-mitm" in person.in_front_of_workers[0] for person in people.values())
    return cast(list[FramesAttacked], call.noted)


def test_report_becomes_a_record_of_who_delivered_what_to_whom() -> None:
    [seen] = noted(TOLD)
    assert (seen.party, seen.sender, seen.attack, seen.delivered, seen.tried) == ("citizen", "clerk", "replay", 9, 3)


def test_page_that_was_not_seen_putting_keys_to_frames_has_not_tried_none() -> None:
    [seen] = noted(TOLD | {"tries_seen": False})
    assert seen.tried is None


def test_what_cannot_be_read_or_belongs_to_nothing_is_not_noted() -> None:
    assert noted(TOLD | {"delivered": "many"}, TOLD | {"media": "smell"}, TOLD | {"more": 1}, {"id": "tap1"}) == []
    assert noted(TOLD | {"id": "tap7"}, TOLD | {"attack": "header"}) == []
