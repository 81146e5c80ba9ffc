"""The look at where connections end: at the other page only where both ends say so."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from harness import paths
from harness.model.errors import TargetError
from harness.paths import Paths

A, B, SERVER = "10.0.0.1:1/udp", "10.0.0.2:2/udp", "10.0.0.9:9/udp"


def end(pc: int, local: str, remote: str) -> dict[str, Any]:
    return {"pc": pc, "local": local, "remote": remote, "type": "host"}


def call_of(**pages: Any) -> Any:
    def person(ends: Any) -> Any:
        text = ends if isinstance(ends, str) else json.dumps(ends)
        return SimpleNamespace(page=SimpleNamespace(evaluate=lambda _: text))

    people = {party: person(ends) for party, ends in pages.items()}
    return SimpleNamespace(label="winterbach-7", people=people, noted=[], direct={})


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "PATIENCE", 0.1)


def test_two_pages_that_end_at_each_other_are_direct() -> None:
    call = call_of(citizen=[end(0, A, B)], clerk=[end(2, B, A)])
    Paths(call).wait_until_direct()
    assert [(seen.party, seen.peer, seen.moment, seen.candidate) for seen in call.noted] == [
        ("citizen", "clerk", 1, "host"), ("clerk", "citizen", 1, "host"),
    ]  # fmt: skip
    assert call.direct == {"citizen": {0}, "clerk": {2}}
    assert not any(address in str(call.noted) for address in (A, B))


@pytest.mark.parametrize("clerk", [[end(0, B, SERVER)], [end(0, B, A), end(1, B, SERVER)], [], "", "not JSON"])
def test_anything_else_is_not_direct_and_notes_nothing(clerk: Any) -> None:
    call = call_of(citizen=[end(0, A, B)], clerk=clerk)
    with pytest.raises(TargetError, match=r"A direct path between both did not come about \(citizen: "):
        Paths(call).wait_until_direct()
    assert (call.noted, call.direct) == ([], {})


def test_three_are_relayed_when_each_sends_once_and_receives_two() -> None:
    three = [end(number, f"{A}{number}", SERVER) for number in range(3)]
    call = call_of(citizen=three, clerk=three, guest=three)
    Paths(call).wait_until_relayed()
    assert {(seen.party, seen.peer) for seen in call.noted} == {("citizen", ""), ("clerk", ""), ("guest", "")}
    call = call_of(citizen=[*three[:2], end(0, A, B)], clerk=[*three[:2], end(0, B, A)], guest=three)
    with pytest.raises(TargetError, match="did not come about"):
        Paths(call).wait_until_relayed()
