"""The flaw matrix as a page: tables and figures in one language, for Markdown and HTML to set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from harness.model.check import Check
from harness.model.matrix import BLINDFOLDS, Host, Judged, Matrix, Row
from harness.model.outcome import Outcome
from harness.model.rate import Rate
from reports.inputs import Lang
from reports.text import Words

SIGNS = {
    Outcome.PASS: "", Outcome.WEAK: "w", Outcome.FAIL: "F", Outcome.INCONCLUSIVE: "?", Outcome.NOT_APPLICABLE: "-",
}  # fmt: skip
NOT_JUDGED = "·"


class Cell(NamedTuple):
    """A check in a row: its sign, its outcome (empty: not judged), and whether the flaw names the check."""

    sign: str
    outcome: str
    named: bool


@dataclass(frozen=True)
class Line:
    """A row of the matrix. ``remarks`` say in words what was not as named; ``blind`` what each blindfold leaves."""

    name: str
    cells: tuple[Cell, ...]
    expected: str
    exact: bool
    remarks: tuple[str, ...]
    seconds: str
    blind: tuple[str, ...]


class View(NamedTuple):
    """A blindfold: its name, what is left to be seen, the flaws caught, the false alarms, and other failing checks."""

    name: str
    means: str
    caught: str
    alarms: str
    strays: str


@dataclass(frozen=True)
class MatrixPage:
    """Everything that the page says."""

    lang: Lang
    facts: tuple[tuple[str, str], ...]
    detection: str
    alarms: str
    columns: tuple[str, ...]
    flaws: tuple[Line, ...]
    clean: tuple[Line, ...]
    views: tuple[View, ...]
    wrong: tuple[tuple[str, tuple[str, ...]], ...]  # row, and the sentences of what was not as named
    broken: tuple[tuple[str, str], ...]
    unplayed: str


def build_matrix(rows: Sequence[Row], checks: Sequence[Check], lang: Lang, unplayed: Iterable[str] = ()) -> MatrixPage:
    """The page of these rows, the columns in the order of the checks; ``unplayed`` names what has no row yet."""
    words, matrix = Words(lang), Matrix(rows)
    columns = tuple(check.id for check in checks if any(check.id in row.checks for row in rows))
    off = [row for row in [*matrix.flaws, *matrix.clean] if not matrix.judge(row).exact]
    missing = ", ".join(unplayed)
    return MatrixPage(
        lang=lang,
        facts=tuple(_facts(rows, words)),
        detection=_rate(matrix.detection, words),
        alarms=_rate(matrix.false_alarms, words),
        columns=columns,
        flaws=tuple(_line(row, matrix, columns, words) for row in matrix.flaws),
        clean=tuple(_line(row, matrix, columns, words) for row in matrix.clean),
        views=tuple(_views(matrix, words)),
        wrong=tuple((row.name, tuple(_sentences(row, matrix.judge(row), words))) for row in off),
        broken=tuple((row.name, words.short(row.error)) for row in matrix.broken),
        unplayed=words("matrix.unplayed", names=missing) if missing else "",
    )


def _facts(rows: Sequence[Row], words: Words) -> Iterable[tuple[str, str]]:
    codes = list(dict.fromkeys(row.code.label or words("matrix.sources", digest=row.code.digest) for row in rows))
    more = f" ({words('matrix.codes.changed')})" if any(row.code.changed for row in rows) else ""
    yield words("matrix.code"), ", ".join(codes) + more if codes else words("none")
    if times := sorted(datetime.fromisoformat(row.started) for row in rows):
        first, last = words.moment(times[0]), words.moment(times[-1])
        yield words("matrix.when"), first if first == last else words("matrix.span", first=first, last=last)
    hosts = dict.fromkeys(row.host for row in rows if row.host != Host())
    yield words("matrix.machine"), "; ".join(_host(host, words) for host in hosts) or words("none")


def _host(host: Host, words: Words) -> str:
    told = {name: words.short(value) or words("matrix.unknown") for name, value in host.model_dump().items()}
    return words("matrix.host", **told)


def _rate(rate: Rate, words: Words) -> str:
    if not rate.of:
        return words("matrix.rate.none")
    low, high = (words.number(100 * share) for share in rate.interval)
    share = words.number(100 * rate.hits / rate.of)
    return words("matrix.rate", hits=rate.hits, of=rate.of, share=share, low=low, high=high)


def _line(row: Row, matrix: Matrix, columns: Sequence[str], words: Words) -> Line:
    judged = matrix.judge(row)
    expected = ", ".join(row.expects)
    blind = tuple(", ".join(matrix.blinded(each).caught.get(row.name, ())) or "–" for each in BLINDFOLDS)
    return Line(
        name=row.name,
        cells=tuple(_cell(row, column) for column in columns),
        expected=words("matrix.silenced", checks=expected) if row.silences else expected,
        exact=judged.exact,
        remarks=tuple(_remarks(row, judged, words)),
        seconds=words.number(row.seconds),
        blind=() if not row.flaw else blind if not row.silences else ("",) * len(blind),
    )


def _cell(row: Row, check: str) -> Cell:
    named, seen = check in row.expects, row.seen.get(check)
    return Cell(SIGNS[seen.outcome], seen.outcome.value, named) if seen else Cell(NOT_JUDGED, "", named)


def _remarks(row: Row, judged: Judged, words: Words) -> Iterable[str]:
    if judged.missed:
        yield words("matrix.missed", checks=", ".join(judged.missed))
    if judged.alarms:
        yield words("matrix.strays", checks=", ".join(judged.alarms))
    if judged.open:
        yield words("matrix.open", checks=", ".join(judged.open))
    if silent := [check for check in row.unsettles if check in row.with_outcome(Outcome.INCONCLUSIVE)]:
        yield words("matrix.unsettled", checks=", ".join(silent))
    if row.scenarios_failed:
        yield words("matrix.stories", n=row.scenarios_failed)


def _sentences(row: Row, judged: Judged, words: Words) -> Iterable[str]:
    for check in (*judged.missed, *judged.alarms, *judged.open):
        if seen := row.seen.get(check):
            said = words.short(seen.bench_error or seen.sentence.in_language(words.lang))
            yield f"{check} ({words(f'outcome.{seen.outcome}')}): {said}"
    if row.run:
        yield words("matrix.kept", run=row.run)


def _views(matrix: Matrix, words: Words) -> Iterable[View]:
    for blindfold in BLINDFOLDS:
        seen = matrix.blinded(blindfold)
        strays = "; ".join(f"{name}: {', '.join(checks)}" for name, checks in seen.strays.items())
        yield View(
            name=words.of("matrix.blind", blindfold),
            means=words.of("matrix.means", blindfold),
            caught=_rate(seen.detection, words),
            alarms=_rate(seen.alarms, words),
            strays=words("matrix.blind.strays", strays=strays) if strays else "",
        )
