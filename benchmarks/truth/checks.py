"""Rows of the truth table: what checks say of planted defects and of clear calls, and the measuring itself. Pure."""

from collections.abc import Iterator, Sequence
from statistics import median

from benchmarks.truth.lines import CallSeen
from benchmarks.truth.row import Row, played, unmeasured
from harness.quality.ground import CLEAR

MARKS = 99.0  # percent, read in clear calls
# What was done to a call (network, plant), and the check that must fail for it.
DEFECTS: tuple[tuple[str, str, str], ...] = (
    ("delay-400", "", "Q01"), ("delay-400", "", "Q02"), ("delay-200", "", "Q03"), ("lift", "", "Q04"),
    ("loss-10", "", "Q05"), ("jitter-300", "", "Q06"), ("loss-10", "", "Q07"), ("clear", "freeze-300ms", "Q08"),
    ("clear", "freeze-1s", "Q08"), ("clear", "freeze-3s", "Q08"), ("clear", "frozen-repeats-1s", "Q08"),
    ("clear", "rate-10", "Q09"), ("clear", "rate-15", "Q09"), ("clear", "rate-10", "Q11"),
    ("clear", "sound-steps", "Q12"), ("loss-10", "", "Q13"), ("rate-500", "", "Q14"), ("rate-500", "", "Q15"),
    ("clear", "blur-4px", "Q15"), ("clear", "page-blur-4px", "Q16"),
    ("delay-400", "", "Q17"), ("clear", "small-picture", "Q10"), ("clear", "key-change-late", "Q18"),
)  # fmt: skip
NOT_JUDGED = ("not_applicable",)  # what a clear call says of a change of keys, and of a comparison that is of two calls


def marks(calls: Sequence[CallSeen]) -> Iterator[Row]:
    """The share of marks that were read in clear calls; what was not read, or not even told to the page, is counted."""
    streams = [each for call in played(calls) for each in call.streams]
    shown, untold = sum(each.shown for each in streams), sum(each.untold for each in streams)
    spoken = sum(each.spoken for each in streams)
    if shown:
        read = 100 * sum(each.read for each in streams) / shown
        yield Row(
            part="marks", planted="numbers in the pictures that a page was shown, clear calls",
            measured=f"{read:.2f} % of {shown:,} read",
            off=round(read, 2), limit=MARKS, better="more", unit="%", reached=read >= MARKS,
        )  # fmt: skip
        seen = 100 * shown / (shown + untold)
        yield Row(
            part="marks", planted="pictures that the browser composed, of which the page was told in time to look",
            measured=f"{seen:.1f} % of {shown + untold:,}; the others have no row in any figure, but are counted",
        )  # fmt: skip
    elif streams or played(calls):
        yield unmeasured("marks", "numbers in the pictures that a page was shown, clear calls", MARKS, "%")
    if spoken:
        heard = 100 * min(1.0, sum(each.heard for each in streams) / spoken)
        unread = sum(each.unread for each in streams)
        yield Row(
            part="marks", planted="marks in the sound, clear calls",
            measured=f"{heard:.1f} % of {spoken:,} heard; {unread:,} noticed and not told apart",
        )  # fmt: skip
    worse = [each for call in calls if (call.profile, call.planted) != (CLEAR, "") for each in call.streams]
    if sum(each.shown for each in worse):
        read = 100 * sum(each.read for each in worse) / sum(each.shown for each in worse)
        yield Row(
            part="marks", planted="numbers in the pictures, all other calls",
            measured=f"{read:.2f} % of {sum(each.shown for each in worse):,} read",
        )  # fmt: skip


def costs(calls: Sequence[CallSeen], plain: Sequence[CallSeen]) -> Iterator[Row]:
    """What measuring takes, in clear calls: medians, of one core; and a browser beside one that nothing looks at."""
    found = [each for call in played(calls) for each in call.costs]
    without = [each.browser for call in plain for each in call.costs]
    late = [call.late_ms for call in calls if call.late_ms is not None]
    if found:
        browser = 100 * median(each.browser for each in found)
        yield _told("measuring on a page's main thread", 100 * median(each.page for each in found))
        yield _told("a browser in a measured call, all of its processes", browser)
        if without:
            yield _told("a browser in a call that nothing looks at", 100 * median(without))
            yield _told("so measuring, in a browser", browser - 100 * median(without))
        yield _told("the bench: its own process, remote control, links", 100 * median(each.bench for each in found))
    if late:
        yield Row(
            part="cost", planted="the links themselves, beyond the delay they were to add",
            measured=f"95 % of packets later by at most {max(late):.2f} ms",
        )  # fmt: skip


def _told(what: str, percent: float) -> Row:
    return Row(part="cost", planted=what, measured=f"{percent:.1f} % of a core")


def defects(calls: Sequence[CallSeen]) -> Iterator[Row]:
    """Each planted defect must fail its check in each call in which it was planted."""
    for profile, planted, check in DEFECTS:
        told = [call.checks.get(check, "not judged") for call in played(calls, profile, planted) if call.checks]
        if told:
            what = planted or profile
            yield Row(
                part="defects", planted=f"{what} fails {check}", measured=", ".join(told),
                reached=all(each == "fail" for each in told),
            )  # fmt: skip


def clear_checks(calls: Sequence[CallSeen]) -> Iterator[Row]:
    """A clear call must pass every check; where it does not, the check's own sentence says why."""
    clear = [call for call in played(calls) if call.checks]
    for check in dict.fromkeys(check for call in clear for check in call.checks):
        scored = [call for call in clear if call.scored or call.scores] if check in ("Q14", "Q15", "Q16") else clear
        told = [call.checks[check] for call in scored if check in call.checks]
        judged = [each for each in told if each not in NOT_JUDGED]
        if told and not judged:
            yield Row(part="clear", planted=f"{check} passes", measured="not applicable")
        elif told:
            why = next((call.said[check] for call in scored if call.said.get(check)), "")
            passed = sum(each == "pass" for each in judged)
            yield Row(
                part="clear", planted=f"{check} passes",
                measured=f"in {passed} of {len(judged)} calls" + (f". {why}" if why else ""),
                reached=passed == len(judged),
            )  # fmt: skip
