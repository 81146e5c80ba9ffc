"""Commitment before reveal, read off a page's signalling: the order is what counts, and nobody is believed."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.targets.protocol import AgreementStep
from harness.targets.townhall_journey import TownhallJourney
from harness.writing.trust import reveals

COMMIT, REVEAL = "commitment", "reveal"


def told(*steps: tuple[str, str], round_: str = "2:a,b") -> list[tuple[int, int, bool]]:
    """(others, committed, bound) of each reveal, after these steps: kind and sender."""
    made = [AgreementStep(kind, round_, sender) for kind, sender in steps]  # type: ignore[arg-type]
    return [(seen.others, seen.committed, seen.bound) for seen in reveals("w-1", "clerk", made)]


def test_reveal_after_all_commitments() -> None:
    assert told((COMMIT, ""), (COMMIT, "b"), (REVEAL, ""), (REVEAL, "b")) == [(1, 1, True)]


def test_reveal_before_the_others_commitment() -> None:
    assert told((COMMIT, ""), (REVEAL, ""), (COMMIT, "b"), (REVEAL, "b")) == [(1, 0, True)]


def test_reveal_without_any_commitment() -> None:
    assert told((REVEAL, "b"), (REVEAL, "")) == [(1, 0, False)]


def test_one_commitment_said_twice_is_not_two() -> None:
    assert told((COMMIT, ""), (COMMIT, "b"), (COMMIT, "b"), (REVEAL, ""), (COMMIT, "c")) == [(2, 1, True)]


def test_what_is_said_again_after_a_reconnect_counts_once() -> None:
    said = [(COMMIT, ""), (COMMIT, "b"), (REVEAL, ""), (REVEAL, "b")]
    assert told(*said, *said) == [(1, 1, True)]


def test_who_never_reveals_leaves_no_record() -> None:
    assert told((COMMIT, ""), (COMMIT, "b"), (REVEAL, "b")) == []


def journey() -> TownhallJourney:
    return TownhallJourney("http://hall.example", {}, "", None, None)  # type: ignore[arg-type]


def step(message: Any) -> AgreementStep | None:
    return journey().agreement_step(json.dumps(message))


def test_steps_are_read_from_the_town_halls_messages() -> None:
    sent = {"type": "e2ee", "to": None, "body": {"t": "commit", "round": "2:a,b"}}
    received = {"type": "e2ee", "from": "p-1", "body": {"t": "reveal", "round": "2:a,b"}}
    assert step(sent) == AgreementStep("commitment", "2:a,b", "")
    assert step(received) == AgreementStep("reveal", "2:a,b", "p-1")


@pytest.mark.parametrize(
    "message",
    [
        {"type": "e2ee", "body": {"t": "group", "round": "2"}},
        {"type": "e2ee", "body": {"t": "commit"}},
        {"type": "e2ee", "body": "commit"},
        {"type": "e2ee", "from": 1, "body": {"t": "commit", "round": "2"}},
        {"type": "feed"},
        [],
    ],
)
def test_anything_else_is_no_step(message: Any) -> None:
    assert step(message) is None


@given(st.text())
def test_any_message_is_survived(message: str) -> None:
    assert journey().agreement_step(message) is None or message
