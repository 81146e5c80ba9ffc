"""Rows as a run would have left them, each test changing one thing."""

from harness.model.matrix import BLINDFOLDS, Code, Host, Row, Seen
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence

CODE = Code(digest="0123456789ab", commit="f" * 40)
HOST = Host(system="Linux", cores="2", browser="Chromium 156", janus="1.1.2")
CHECKS = ("E01", "E02", "K07", "T03")


def row(
    name: str, *expects: str, silences: str = "", unsettles: tuple[str, ...] = (), clean: bool = False, **outcomes: str
) -> Row:
    """A row whose expected checks failed and whose others passed, but for ``outcomes``; blindfolds change nothing."""
    seen = {check: "fail" if check in expects else "pass" for check in CHECKS} | outcomes
    said = Sentence(de="So war es.", en="So it was.")
    return Row(
        name=name, flaw="" if clean else name, expects=expects, silences=silences, unsettles=unsettles,
        checks=tuple(seen), code=CODE,
        started="2026-11-22T20:00:00+00:00", seconds=41.0, host=HOST,
        seen={check: Seen(outcome=Outcome(outcome), sentence=said, records=1) for check, outcome in seen.items()},
        blind={each: {check: Outcome(outcome) for check, outcome in seen.items()} for each in BLINDFOLDS},
    )  # fmt: skip


def blinded(given: Row, **outcomes: str) -> Row:
    """The row when a blindfold leaves other outcomes of some checks."""
    left = {check: Outcome(outcome) for check, outcome in outcomes.items()}
    return given.model_copy(update={"blind": {each: {**seen, **left} for each, seen in given.blind.items()}})
