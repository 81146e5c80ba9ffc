"""A figure of quality: how it is measured in one call, and the judge that holds it against its bands."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding
from quality_checks.bands import Band, Bands
from quality_checks.findings import decided, gone, inconclusive
from quality_checks.reading import Measured, Reading
from quality_checks.say import said
from quality_checks.span import Span, call_gaps, measured_calls, not_held

Measure = Callable[[Evidence, Span, Bands], Measured]


@dataclass(frozen=True, slots=True)
class Figure:
    """``subject`` begins its sentences, in the singular. One that ``never_fails`` speaks of the measuring itself."""

    id: str
    name: str
    passing: Sentence
    subject: Sentence
    vantage: tuple[str, ...]
    norms: tuple[str, ...]
    measure: Measure
    never_fails: bool = False

    def check(self, bands: Bands) -> Check:
        """The check of this figure with these bands."""
        judged = partial(judge, self, bands)
        return Check(self.id, self.name, self.passing, self.vantage, self.norms, judged)

    def measured(self, evidence: Evidence, span: Span, bands: Bands) -> Measured:
        """``measure``, once for all who ask of this call: judging it alone, with all calls, and drawing it."""
        what = ("figure", self.id, span, bands.model_dump_json())
        return evidence.once(what, lambda: self.measure(evidence, span, bands))


@dataclass(frozen=True, slots=True)
class Worst:
    """The worst value of a figure: in a window of a reading, or over a whole call where there is no window."""

    span: Span
    reading: Reading
    band: Band
    value: float
    begin: float | None = None
    end: float | None = None

    @property
    def level(self) -> Outcome:
        """What its band says of it."""
        return self.band.level(self.value)


def judge(figure: Figure, bands: Bands, evidence: Evidence) -> Finding:
    """The worst value of all measured calls decides; nothing passes of which a part was not seen."""
    if (reason := not_held(evidence)) is not None:
        return gone(*reason)
    return judge_calls(figure, bands, evidence, measured_calls(evidence))


def judge_calls(figure: Figure, bands: Bands, evidence: Evidence, spans: Sequence[Span]) -> Finding:
    """``judge`` for some of the measured calls."""
    gaps = call_gaps(evidence, spans, figure.vantage)
    measured = [(span, figure.measured(evidence, span, bands)) for span in spans if span.end > span.begin]
    values = [value for span, each in measured for value in values_of(span, each, bands)]
    records = [record for span, each in measured for record in (*span.records, *each.records)]
    worst = worst_of(values)
    if worst is not None and worst.level is Outcome.FAIL and not figure.never_fails:
        return decided(Outcome.FAIL, said(figure.subject, worst, values), records, _figures(worst, values))
    for span, each in measured:
        gaps += [*each.gaps, *unseen(span, each.readings)]
    if gaps:
        return inconclusive(gaps)
    if worst is None:
        reasons = [each.gone for _, each in measured if each.gone]
        if reasons and len(reasons) == len(measured):
            return gone(reasons[0], records)
        return inconclusive([Sentence(de="nichts wurde gemessen", en="nothing was measured")])
    if worst.level is Outcome.FAIL:
        return inconclusive([_beyond(worst)])
    return decided(worst.level, said(figure.subject, worst, values), records, _figures(worst, values))


def worst_of(values: Iterable[Worst]) -> Worst | None:
    """The first of the worst values; None where there is none."""
    return max(values, key=_badness, default=None)


def _badness(value: Worst) -> tuple[int, bool, float]:
    """By level; at the same level a window comes before a whole call, because it names a moment."""
    level, distance = value.band.badness(value.value)
    return level, value.begin is not None, distance


def _beyond(worst: Worst) -> Sentence:
    of, name = worst.reading.of, worst.span.name
    return Sentence(
        de=f"{worst.reading.why.de} ({of.de}, Gespräch {name})", en=f"{worst.reading.why.en} ({of.en}, call {name})"
    )


def values_of(span: Span, measured: Measured, bands: Bands) -> Iterable[Worst]:
    """Every value of a call: of each window, and of the whole."""
    for reading in measured.readings:
        band = bands[reading.band]
        for window in reading.windows:
            if window.value is not None:
                yield Worst(span, reading, band.with_good(window.good), window.value, window.begin, window.end)
        if reading.whole is not None:
            yield Worst(span, reading, band.with_good(reading.good), reading.whole)


def unseen(span: Span, readings: Iterable[Reading]) -> list[Sentence]:
    """A gap for every reading that has windows without a value, or no value at all."""
    gaps = []
    for reading in readings:
        empty = [window for window in reading.windows if window.value is None]
        if not empty and (reading.windows or reading.whole is not None):
            continue
        of, why = reading.of, reading.why
        from_de = f" ab Sekunde {span.second(empty[0].begin)}" if empty else ""
        from_en = f" from second {span.second(empty[0].begin)} on" if empty else ""
        gaps.append(
            Sentence(
                de=f"{why.de}{from_de} ({of.de}, Gespräch {span.name})",
                en=f"{why.en}{from_en} ({of.en}, call {span.name})",
            )
        )
    return gaps


def _figures(worst: Worst, values: list[Worst]) -> dict[str, float]:
    figures = {"worst": worst.value, "values": float(len(values))}
    if worst.begin is not None:
        figures["second"] = float(worst.span.second(worst.begin))
    if worst.reading.whole is not None:
        figures["whole"] = worst.reading.whole
    return {**figures, **worst.reading.figures}
