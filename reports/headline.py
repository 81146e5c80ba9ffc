"""The one sentence on top: what a mayor takes home, never more than the verdicts carry."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from harness.model.evidence import Evidence
from harness.model.exit_code import ExitCode
from harness.model.observations import CallFact, Recognition, SearchResult, TapStatus
from harness.model.outcome import Outcome
from harness.model.verdict import Verdict
from reports.inputs import ReportInput
from reports.text import Words

GOOD = (Outcome.PASS, Outcome.WEAK)
# "No server could read picture or sound" is said only where all of these hold: opaque, unrecognisable, from the first
# frame on, and the keys at no server.
_CLAIM = ("E01", "E02", "E03", "K07")
# Servers first, the people's own devices last; places this list does not know come at the end, by name.
_PLACES = (
    *("sfu", "room", "recorder", "http", "websocket", "mail", "log", "metrics", "database", "memory"),
    *("encoded-frames", "keys", "glass"),
)
_SEARCHED = {"url": "http", "mail-rewritten": "http"}
# Beginnings of check ids and the headline their failure gives, the gravest first.
_GRAVEST = (
    ("E02", "readable"),
    ("E01", "clear"),
    ("E03", "clear"),
    ("E05", "clear"),
    ("E08", "papers"),
    ("E09", "keys"),
    ("E", "gap"),
    ("K12", "open"),
    ("K09", "hidden"),
    ("K", "keys"),
    ("C", "cipher"),
    ("T", "transport"),
    ("P", "privacy"),
    ("A", "access"),
    ("Q", "quality"),
    ("", "promise"),
)


@dataclass(frozen=True)
class Headline:
    """The verdict panel: ``tone`` is pass, fail, inconclusive or bench; the rest is text in the report's language."""

    tone: str
    sentence: str
    counts: str
    scope: str
    flaw: str
    incomplete: str


def make_headline(given: ReportInput, words: Words) -> Headline:
    """The headline of a run, in the order of the exit code: failed, bench error, inconclusive, good."""
    key, tone = _headline_key(given)
    info = given.info
    return Headline(
        tone=tone,
        sentence=words(f"headline.{key}"),
        counts=count_line(given.verdicts, words),
        scope=_scope(given, words, "scope.calls" if tone == "pass" else "scope.tried"),
        flaw=words("flaw", flaw=words.short(info.flaw, 60)) if info.flaw else "",
        incomplete="" if info.complete else words("incomplete"),
    )


def _headline_key(given: ReportInput) -> tuple[str, str]:
    if given.code is ExitCode.FAILED:
        failed = [verdict.check for verdict in given.verdicts if verdict.outcome is Outcome.FAIL]
        for start, key in _GRAVEST if failed else ():
            if any(check.startswith(start) for check in failed):
                return key, "fail"
        return "scenario", "fail"
    if given.code is ExitCode.BENCH:
        return "bench", "bench"
    if given.code is ExitCode.INCONCLUSIVE:
        if not given.info.complete:
            return "incomplete", "inconclusive"
        judged = any(verdict.outcome is not Outcome.NOT_APPLICABLE for verdict in given.verdicts)
        return ("inconclusive" if judged else "nothing"), "inconclusive"
    good = {verdict.check for verdict in given.verdicts if verdict.outcome in GOOD}
    return ("ok" if good.issuperset(_CLAIM) else "selected"), "pass"


def count_line(verdicts: Sequence[Verdict], words: Words) -> str:
    """How many checks passed of those that apply, then every other outcome that occurred."""
    count = Counter(verdict.outcome for verdict in verdicts)
    applicable = len(verdicts) - count[Outcome.NOT_APPLICABLE]
    parts = [words.count("counts.passed", applicable, passed=count[Outcome.PASS] + count[Outcome.WEAK])]
    others = (Outcome.WEAK, Outcome.FAIL, Outcome.INCONCLUSIVE, Outcome.NOT_APPLICABLE)
    parts += [words(f"counts.{outcome}", n=count[outcome]) for outcome in others if count[outcome]]
    return ", ".join(parts) + "."


def _scope(given: ReportInput, words: Words, key: str) -> str:
    """Absence is shown only where it was looked for, so the sentence on top is followed by where that was."""
    calls = sum(1 for _ in given.evidence.of(CallFact))
    seen = sorted(looked_at(given.evidence), key=_rank)
    places = ", ".join(words.of("vantage", vantage) for vantage in seen) or words("scope.nowhere")
    return words.count(key, calls, target=words.short(given.info.target, 80), places=places)


def looked_at(evidence: Evidence) -> set[str]:
    """The vantage points that delivered: taps that say so, searches that found their control, the people's screens."""
    seen = {found.seen.vantage for found in evidence.of(TapStatus) if found.seen.state == "ok"}
    seen |= {
        _SEARCHED.get(found.seen.place, found.seen.place)
        for found in evidence.of(SearchResult)
        if found.seen.control_found
    }
    return seen | {"glass" for found in evidence.of(Recognition) if found.seen.place == "glass" and found.seen.decoded}


def _rank(vantage: str) -> tuple[int, str]:
    return (_PLACES.index(vantage) if vantage in _PLACES else len(_PLACES), vantage)
