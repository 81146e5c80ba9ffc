"""The shared form's promise: whatever the relay does, in the end all sides show the same, and no letter is lost."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from townhall.web import build as web_build
from townhall.web.build import NODE

SIDES = Path(__file__).with_name("papers_sides.mjs")
FIELDS = ("notes", "street")
FIRST_LETTER = 0x4E00  # each letter is typed once in a run, so each can be followed; thousands of them from here on


class Sides:
    """The node process with all sides in it."""

    def __init__(self) -> None:
        web_build.build()
        web_build.install()
        self.process = subprocess.Popen([NODE, SIDES], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def do(self, command: str, **words: Any) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": command, **words}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer

    def states(self) -> dict[str, Any]:
        return {state["name"]: state for state in self.do("state")["sides"]}

    def end(self) -> None:
        self.process.communicate()
        assert self.process.returncode == 0


@pytest.fixture(scope="module")
def sides() -> Iterator[Sides]:
    running = Sides()
    yield running
    running.end()


class Form(RuleBasedStateMachine):
    """Up to three people with one form, and a relay that delays, drops, reorders and repeats."""

    node: Sides

    @initialize()
    def begin(self) -> None:
        self.node.do("reset")
        self.present: list[str] = []
        self.online: set[str] = set()
        self.letters = 0
        self.living: dict[str, set[str]] = {field: set() for field in FIELDS}
        self.expected: dict[str, list[str]] = {}
        self.settled = False
        for name in ("clerk", "citizen"):
            self.come(name)

    def come(self, name: str) -> None:
        self.node.do("join", side=name)
        self.present.append(name)
        self.online.add(name)
        self.expected[name] = []

    def side(self, data: st.DataObject) -> str:
        self.settled = False
        return data.draw(st.sampled_from(self.present))

    @rule(data=st.data(), field=st.sampled_from(FIELDS), count=st.integers(1, 4))
    def type(self, data: st.DataObject, field: str, count: int) -> None:
        side = self.side(data)
        text = self.node.states()[side]["texts"][field]
        at = data.draw(st.integers(0, len(text)))
        new = "".join(chr(FIRST_LETTER + self.letters + i) for i in range(count))
        self.letters += count
        self.living[field] |= set(new)
        self.node.do("write", side=side, field=field, text=text[:at] + new + text[at:], cursor=at + count)

    @rule(data=st.data(), field=st.sampled_from(FIELDS))
    def delete(self, data: st.DataObject, field: str) -> None:
        side = self.side(data)
        text = self.node.states()[side]["texts"][field]
        start = data.draw(st.integers(0, len(text)))
        stop = data.draw(st.integers(start, min(len(text), start + 3)))
        self.living[field] -= set(text[start:stop])
        self.node.do("write", side=side, field=field, text=text[:start] + text[stop:], cursor=start)

    @rule(data=st.data(), value=st.sampled_from(("short", "full")))
    def choose(self, data: st.DataObject, value: str) -> None:
        self.node.do("choose", side=self.side(data), value=value)

    @rule(data=st.data())
    def say(self, data: st.DataObject) -> None:
        side = self.side(data)
        self.letters += 1
        line = f"line {self.letters}"
        if side in self.online:
            self.node.do("say", side=side, text=line)
            for other in self.present:
                if other != side:
                    self.expected[other].append(line)

    @rule(data=st.data(), count=st.integers(1, 5))
    def deliver(self, data: st.DataObject, count: int) -> None:
        self.node.do("deliver", side=self.side(data), count=count)

    @rule(data=st.data(), what=st.sampled_from(("lose", "lose", "repeat", "swap")))
    def disturb(self, data: st.DataObject, what: str) -> None:
        self.node.do(what, side=self.side(data))

    @rule(data=st.data())
    def drop(self, data: st.DataObject) -> None:
        side = self.side(data)
        self.online.discard(side)
        self.node.do("drop", side=side)

    @rule(data=st.data())
    def resume(self, data: st.DataObject) -> None:
        side = self.side(data)
        self.online.add(side)
        self.node.do("resume", side=side)

    @precondition(lambda self: len(self.present) == 2)
    @rule()
    def third_person_joins(self) -> None:
        self.settled = False
        self.come("guest")

    @precondition(lambda self: "guest" in self.present)
    @rule()
    def third_person_leaves(self) -> None:
        self.settle()  # what nobody had received yet would leave with them
        self.node.do("leave", side="guest")
        self.present.remove("guest")
        self.online.discard("guest")
        self.settled = False

    @rule()
    def settle(self) -> None:
        """Every connection is there again, and everything on its way arrives."""
        for side in self.present:
            if side not in self.online:
                self.node.do("resume", side=side)
                self.online.add(side)
        self.node.do("announce", side=self.present[-1])  # one that compares is enough for all
        self.node.do("settle")
        self.settled = True

    @invariant()
    def all_sides_agree_once_settled(self) -> None:
        if not self.settled:
            return
        states = self.node.states()
        assert states.keys() == set(self.present)
        texts = [state["texts"] for state in states.values()]
        assert all(one == texts[0] for one in texts), f"the sides show different texts: {texts}"
        assert len({state["care"] for state in states.values()}) == 1, "the sides show different choices"
        for field in FIELDS:
            assert sorted(texts[0][field]) == sorted(self.living[field]), f"letters of {field} were lost or doubled"
        for name, state in states.items():
            assert state["heard"] == sorted(self.expected[name]), f"{name} missed a line or heard one twice"

    def teardown(self) -> None:
        if hasattr(self, "present"):
            self.settle()
            self.all_sides_agree_once_settled()


def test_all_sides_converge_and_no_letter_is_lost(sides: Sides) -> None:
    Form.node = sides
    run_state_machine_as_test(
        Form,
        settings=settings(
            max_examples=20, stateful_step_count=25, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def two_sides(sides: Sides) -> None:
    sides.do("reset")
    sides.do("join", side="clerk")
    sides.do("join", side="citizen")
    sides.do("settle")


def test_both_type_into_one_field_at_the_same_time_and_both_words_stay_whole(sides: Sides) -> None:
    two_sides(sides)
    for length in range(1, 5):
        sides.do("write", side="clerk", field="street", text="Haus"[:length], cursor=length)
        sides.do("write", side="citizen", field="street", text="Baum"[:length], cursor=length)
    sides.do("settle")
    texts = {name: state["texts"]["street"] for name, state in sides.states().items()}
    assert texts["clerk"] == texts["citizen"]
    assert texts["clerk"] in ("HausBaum", "BaumHaus")


def test_who_comes_late_sees_the_form_as_it_is_and_not_what_was_said_before(sides: Sides) -> None:
    two_sides(sides)
    sides.do("write", side="citizen", field="street", text="Lindenweg 3", cursor=11)
    sides.do("say", side="clerk", text="before")
    sides.do("settle")
    sides.do("join", side="guest")
    sides.do("say", side="clerk", text="after")
    sides.do("settle")
    states = sides.states()
    assert states["guest"]["texts"]["street"] == "Lindenweg 3"
    assert states["guest"]["heard"] == ["after"]
    assert states["citizen"]["heard"] == ["after", "before"]


def test_what_is_written_without_a_connection_arrives_after_it(sides: Sides) -> None:
    two_sides(sides)
    sides.do("drop", side="citizen")
    sides.do("write", side="citizen", field="street", text="Baum", cursor=4)
    sides.do("write", side="clerk", field="street", text="Haus", cursor=4)
    sides.do("say", side="clerk", text="Are you there?")
    sides.do("settle")
    assert sides.states()["clerk"]["texts"]["street"] == "Haus"
    sides.do("resume", side="citizen")
    sides.do("settle")
    states = sides.states()
    assert states["clerk"]["texts"] == states["citizen"]["texts"]
    assert sorted(states["clerk"]["texts"]["street"]) == sorted("BaumHaus")
    assert states["citizen"]["heard"] == ["Are you there?"]


def test_the_relay_never_sees_what_was_written(sides: Sides) -> None:
    two_sides(sides)
    canary = "Apfelkuchen-Kanarienvogel"
    sides.do("write", side="citizen", field="notes", text=canary, cursor=len(canary))
    sides.do("say", side="clerk", text=canary)
    sides.do("settle")
    seen = sides.do("wire", text=canary)
    assert sides.states()["clerk"]["texts"]["notes"] == canary
    assert sides.states()["citizen"]["heard"] == [canary]
    assert seen["frames"] > 4
    assert seen["seen"] is False


def test_frames_have_few_sizes_whatever_is_in_them(sides: Sides) -> None:
    two_sides(sides)
    for text in ("Nein", "Ja, alle drei Kinder, und zwar von Montag bis Freitag"):
        sides.do("write", side="citizen", field="notes", text=text, cursor=len(text))
    sides.do("say", side="clerk", text="x" * 100)
    sides.do("settle")
    assert sides.do("wire", text="-")["sizes"] == [34 + 256 + 16]
