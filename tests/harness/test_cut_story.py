"""A story that the bench had to end: it has failed, and its half of the evidence neither acquits nor convicts."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, cast

import pytest

from crypto_checks.catalogue import CATALOGUE
from harness.bench import Bench
from harness.deadline import Deadline
from harness.events import EventBus
from harness.judge import judge
from harness.model.check import Check
from harness.model.errors import TargetError
from harness.model.evidence import Evidence
from harness.model.observations import CallFact, Observation, Record, ScenarioResult, StoryCut, TapStatus
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding
from harness.plugin import ScenarioPlugin
from tests.flaws.plan import clean_run
from tests.flaws.rendering import render

WORDS = Sentence(de="Ein Strom ist unbekannt.", en="A stream is unknown.")


class Browsers:
    """Stands for ``Browsers``; a test says when the time of its block is over."""

    def __init__(self) -> None:
        self.deadline = Deadline(0.0, list)

    @contextmanager
    def within(self, seconds: float) -> Iterator[Deadline]:
        self.deadline.seconds = seconds
        yield self.deadline


class Item:
    """A collected story with marks."""

    name = "test_call"

    def get_closest_marker(self, name: str) -> SimpleNamespace | None:
        marks = {
            "needed_for": SimpleNamespace(args=("*",), kwargs={"also": ("P02",)}),
            "story": SimpleNamespace(kwargs={"de": "Ein Anruf", "en": "A call"}),
        }
        return marks.get(name)


class Alone(Item):
    """A story that gives everything to its check."""

    def get_closest_marker(self, name: str) -> SimpleNamespace | None:
        return SimpleNamespace(args=("P03",), kwargs={"alone": True}) if name == "needed_for" else None


def played(*, over: bool, error: BaseException | None) -> tuple[list[Observation], int]:
    kept: list[Observation] = []
    browsers = Browsers()
    bench = SimpleNamespace(browsers=browsers, store=SimpleNamespace(add=kept.append))
    events = EventBus()
    plugin = ScenarioPlugin(cast(Bench, bench), events, limit=600.0)
    items: list[Any] = [Item(), Alone()]
    plugin.pytest_collection_modifyitems(cast(Any, None), items)
    story = plugin.pytest_runtest_protocol(items[0])
    next(story)
    events.tell("call", "both join call winterbach-1")
    browsers.deadline.over = over
    events.tell("call", "writing down call winterbach-1")
    excinfo = SimpleNamespace(value=error) if error else None
    for when in ("setup", "call", "teardown"):
        call = SimpleNamespace(when=when, excinfo=excinfo if when == "call" else None, duration=600.5)
        assert list(plugin.pytest_runtest_makereport(items[0], cast(Any, call))) == [None]
    assert list(story) == []
    assert events.listeners == []
    return kept, plugin.failed


@pytest.mark.parametrize("error", [None, TargetError("gone"), KeyError("page")])
def test_story_that_was_ended_has_failed_and_says_why(error: BaseException | None) -> None:
    kept, failed = played(over=True, error=error)
    cut, result = kept
    assert isinstance(cut, StoryCut)
    assert (cut.name, cut.limit, cut.checks, cut.others) == ("test_call", 600.0, ("*", "P02"), ("P03",))
    assert isinstance(result, ScenarioResult)
    assert (result.outcome, failed) == ("failed", 1)
    assert result.said("en").startswith("'A call' had not come to its end after 10 minutes (last step: both join call ")
    assert result.said("de").startswith("„Ein Anruf“ war nach 10 Minuten nicht zu Ende (letzter Schritt: both join ")


def test_story_in_time_is_what_it_was() -> None:
    kept, failed = played(over=False, error=None)
    assert [getattr(each, "outcome", "") for each in kept] == ["passed"]
    assert failed == 0


CUT = StoryCut(name="test_call", limit=600.0, began_at=10.0, checks=("*",), others=("P03",))
FACT = CallFact(tenant="winterbach", parties=("citizen", "clerk"), connected=True, began_at=0.0, ended_at=1.0)
RECORDS = [
    Record(id="before", at=9.0, seen=FACT),
    Record(id="half", at=11.0, seen=TapStatus(vantage="sfu", state="ok")),
    Record(id="cut", at=12.0, seen=CUT),
    Record(id="after", at=13.0, seen=FACT),
]


def a_check(outcome: Outcome, rests_on: str, *, name: str = "X01", stands: bool = False) -> Check:
    """Answers so as long as the evidence holds one record, and that there is too little otherwise."""

    def judged(evidence: Evidence) -> Finding:
        if rests_on not in {record.id for record in evidence.records}:
            return Finding(outcome=Outcome.PASS, sentence=WORDS, records=("after",))
        return Finding(outcome=outcome, sentence=WORDS, records=(rests_on,))

    return Check(name, "a-check", WORDS, (), (), judged, stands)


def said(check: Check) -> tuple[Outcome, str, str]:
    (verdict,) = judge([check], Evidence(RECORDS))
    assert verdict.bench_error == ""
    return verdict.outcome, verdict.finding.sentence.en, verdict.finding.sentence.de


@pytest.mark.parametrize("outcome", [Outcome.PASS, Outcome.WEAK, Outcome.NOT_APPLICABLE])
def test_half_a_story_is_no_good_news(outcome: Outcome) -> None:
    assert said(a_check(outcome, "after")) == (
        Outcome.INCONCLUSIVE,
        "Not judged: the story test_call was cut off after 600 s.",
        "Nicht beurteilt: das Szenario test_call wurde nach 600 s abgebrochen.",
    )


def test_what_half_a_story_lacks_is_no_violation() -> None:
    assert said(a_check(Outcome.FAIL, "half")) == (
        Outcome.INCONCLUSIVE,
        (
            "Not judged: the story test_call was cut off after 600 s, and what was seen until then is only half of it: "
            "A stream is unknown."
        ),
        (
            "Nicht beurteilt: das Szenario test_call wurde nach 600 s abgebrochen, und was bis dahin zu sehen war, ist "
            "nur halb: Ein Strom ist unbekannt."
        ),
    )


@pytest.mark.parametrize("rests_on", ["before", "after"])
def test_violation_in_another_story_stays_one(rests_on: str) -> None:
    assert said(a_check(Outcome.FAIL, rests_on))[0] is Outcome.FAIL


def test_violation_that_was_found_stands() -> None:
    assert said(a_check(Outcome.FAIL, "half", stands=True))[0] is Outcome.FAIL


def test_check_of_other_stories_is_judged() -> None:
    assert said(a_check(Outcome.PASS, "after", name="P03"))[0] is Outcome.PASS


@pytest.mark.parametrize(
    ("check", "held", "outcome"),
    [
        ("K04", False, Outcome.INCONCLUSIVE),
        ("E01", False, Outcome.PASS),
        ("E01", True, Outcome.INCONCLUSIVE),
        ("P03", True, Outcome.PASS),
    ],
)
def test_call_in_a_story_is_looked_at_by_checks_that_it_does_not_name(check: str, held: bool, outcome: Outcome) -> None:
    cut = Record(id="cut", at=12.0, seen=CUT.model_copy(update={"checks": ("K04",)}))
    call = [Record(id="half", at=11.0, seen=FACT)] if held else []
    records = [RECORDS[0], *call, cut, RECORDS[-1]]
    (verdict,) = judge([a_check(Outcome.PASS, "after", name=check)], Evidence(records))
    assert verdict.outcome is outcome


CLEAN = render(clean_run())
STANDING = [check for check in CATALOGUE if check.stands]


def without_kind(kind: str, share: int) -> Evidence:
    """Every record of a kind is gone but each ``share``-th one; 1: all."""
    of_kind = [record.id for record in CLEAN.records if record.seen.kind == kind]
    gone = set(of_kind) - (set(of_kind[::share]) if share > 1 else set())
    return Evidence([record for record in CLEAN.records if record.id not in gone], CLEAN.blobs)


@pytest.mark.parametrize("share", [1, 2, 3])
def test_checks_whose_fail_stands_never_fail_for_what_is_missing(share: int) -> None:
    """Give a check ``stands`` only where this holds: whatever is taken from a clean run, it finds nothing."""
    assert {check.id for check in STANDING} == {"E01", "E02", "E08", "K07", "K08", "P01", "P02", "T01"}
    for kind in sorted({record.seen.kind for record in CLEAN.records}):
        evidence = without_kind(kind, share)
        assert [check.id for check in STANDING if check.judge(evidence).outcome is Outcome.FAIL] == [], kind


def test_cut_in_a_clean_run_leaves_no_pass_and_makes_no_fail() -> None:
    """As if a page had stopped answering in the regular call: half of what pages told never came."""
    half = [
        record
        for at, record in enumerate(CLEAN.records)
        if at % 2 or record.seen.kind not in ("sender-frames", "receiver-frames", "key", "transform-set", "lock", "sdp")
    ]
    cut = Record(id="cut", at=half[-1].at, seen=CUT.model_copy(update={"began_at": half[0].at}))
    verdicts = judge(CATALOGUE, Evidence([*half, cut], CLEAN.blobs))
    assert {verdict.outcome for verdict in verdicts if verdict.check != "P03"} == {Outcome.INCONCLUSIVE}
