"""A stranger between two pages of the town hall: here the pages are the same code without a browser."""

import json
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from harness.targets.townhall_swap import Agreeing, TownhallKeySwap

APPOINTMENT = "a-7f31"
PIDS = {"clerk": "p-1", "citizen": "p-2"}
CODE_SECONDS = 20.0


class Pages:
    """Both pages, and a relay that everything they say passes through."""

    def __init__(self, swap: TownhallKeySwap) -> None:
        self._swap = swap
        self.codes: dict[str, str | None] = dict.fromkeys(PIDS)
        self._agreeing = Agreeing(APPOINTMENT, PIDS)
        self._arrive("clerk", {"type": "welcome", "you": "p-1", "role": "clerk", "name": "", "participants": []}, 1)
        self._arrive("citizen", {"type": "welcome", "you": "p-2", "role": "citizen", "name": ""}, 2)
        self._arrive("clerk", {"type": "joined", "participant": {"pid": "p-2", "role": "citizen"}}, 2)

    def close(self) -> None:
        self._agreeing.close()

    def told(self, party: str, message: str) -> None:
        said = json.loads(message)
        if said["type"] == "e2ee":
            self._agreeing.tell(party, {"from": said["from"], "body": said["body"]})
        else:
            self._agree(party, said["roster"])

    def agree(self) -> dict[str, str | None]:
        deadline = time.monotonic() + CODE_SECONDS
        while time.monotonic() < deadline:
            for party, message in self._swap.says():
                self.told(party, message)
            for heard in self._agreeing.heard(0.05):
                self._from_page(heard)
            if self._swap.agreed and all(self.codes.values()):
                return dict(self.codes)
        raise AssertionError(f"no code within {CODE_SECONDS} s: {self.codes}")

    def _arrive(self, party: str, said: dict[str, Any], roster: int) -> None:
        if said["type"] == "welcome" and party == "citizen":
            said["participants"] = [{"pid": "p-1", "role": "clerk"}]
        message = json.dumps(said | {"roster": roster})
        assert self._swap.change(party, "to-page", message) == message
        self._agree(party, roster, alone=party == "clerk" and roster == 1)

    def _agree(self, party: str, roster: int, *, alone: bool = False) -> None:
        self.codes[party] = None
        others = [{"pid": pid, "role": role} for role, pid in PIDS.items() if role != party and not alone]
        self._agreeing.tell(party, {"present": [roster, {"pid": PIDS[party], "role": party}, others]})

    def _from_page(self, heard: dict[str, Any]) -> None:
        party = heard["of"]
        assert "failed" not in heard, heard
        if "code" in heard:
            self.codes[party] = heard["code"]
        if "say" not in heard:
            return
        passed = self._swap.change(party, "to-server", json.dumps({"type": "e2ee", "body": heard["say"]}))
        if passed is not None:
            other = next(role for role in PIDS if role != party)
            self.told(other, json.dumps({"type": "e2ee", "from": PIDS[party], "body": heard["say"]}))


@pytest.fixture(params=[False, True])
def swaps(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def swap(swaps: bool) -> Iterator[TownhallKeySwap]:
    with closing(TownhallKeySwap(APPOINTMENT, swaps=swaps)) as swap:
        yield swap


def test_codes_are_alike_without_a_stranger_and_differ_with_one(swap: TownhallKeySwap, swaps: bool) -> None:
    with closing(Pages(swap)) as pages:
        first = pages.agree()
        assert (first["clerk"] == first["citizen"]) is not swaps
        for party, message in list(swap.again()):
            pages.told(party, message)
        again = pages.agree()
        assert (again["clerk"] == again["citizen"]) is not swaps
        assert first["clerk"] != again["clerk"], "each agreement has a code of its own"
