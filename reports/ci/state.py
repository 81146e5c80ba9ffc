"""The state of a run in a few words with its count, as badge and summary say it: never more than the exit code does."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from harness.model.exit_code import ExitCode
from harness.model.outcome import Outcome
from reports.inputs import ReportInput
from reports.text import Words

Tone = Literal["passed", "weak", "failed", "inconclusive", "bench"]
Kind = Literal["verify", "quality", "capacity"]


@dataclass(frozen=True, slots=True)
class State:
    """``label`` says what it is about, ``said`` how it went; both in the report's language, and nobody else's words."""

    tone: Tone
    label: str
    said: str


def kind_of(given: ReportInput) -> Kind:
    """A run whose calls were held to be measured, or one whose checks ask for encryption."""
    return "quality" if "quality" in given.run else "verify"


def state_of(given: ReportInput) -> State:
    """The state that the exit code stands for."""
    words, kind = Words(given.lang), kind_of(given)
    tone, said = _said(given, words, "ci.quality" if kind == "quality" else "ci.badge")
    return State(tone, words(f"ci.label.{kind}"), said)


def _said(given: ReportInput, words: Words, group: str) -> tuple[Tone, str]:
    count = Counter(verdict.outcome for verdict in given.verdicts)
    if given.code is ExitCode.FAILED:
        if count[Outcome.FAIL]:
            return "failed", words.count(f"{group}.failed", count[Outcome.FAIL])
        broken = sum(scenario.outcome == "failed" for scenario in given.scenarios)
        return "failed", words.count("ci.badge.stories", max(1, broken))
    if given.code is ExitCode.BENCH:
        return "bench", words("ci.badge.bench")
    weak = count[Outcome.WEAK]
    good, applicable = count[Outcome.PASS] + weak, len(given.verdicts) - count[Outcome.NOT_APPLICABLE]
    if given.code is ExitCode.INCONCLUSIVE:
        if not given.info.complete:
            return "inconclusive", words("ci.badge.incomplete")
        open_ = count[Outcome.INCONCLUSIVE]
        return "inconclusive", words(f"{group}.inconclusive", n=open_) if open_ else words("ci.badge.nothing")
    return ("weak" if weak else "passed"), words(
        f"{group}.{'weak' if weak else 'passed'}", good=good, weak=weak, n=applicable
    )
