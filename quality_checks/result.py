"""A run's quality as one value: verdicts, series with what was done to the calls, and its networks."""

from collections.abc import Iterable, Sequence

from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import LinkSet, Planted
from harness.model.quality import (
    CallQuality,
    FigureName,
    Impairment,
    Limits,
    Line,
    Point,
    QualityResult,
)
from harness.model.sentence import Sentence
from harness.model.verdict import Finding, Verdict
from quality_checks.bands import Bands
from quality_checks.catalogue import FIGURES, catalogue
from quality_checks.figure import Figure, judge_calls
from quality_checks.networks import network_of
from quality_checks.q20_cost_of_encryption import COMPARISON, encrypted_or_not
from quality_checks.reading import Window
from quality_checks.span import Span, measured_calls
from quality_checks.words import defect, party
from quality_checks.worst import listen, look, values_by_figure, worst_moment

_FINE_S = 1.0


def result_of(evidence: Evidence, bands: Bands, run: str = "", target: str = "") -> QualityResult:
    """Everything of a run. A judge that breaks raises; ``harness.judge`` is for verdicts that must come."""
    spans = measured_calls(evidence)
    calls = tuple(_call(evidence, span, bands) for span in spans)
    return QualityResult(
        run=run,
        target=target,
        figures=(
            *(FigureName(id=each.id, name=each.name, subject=each.subject, passing=each.passing) for each in FIGURES),
            FigureName(id=COMPARISON.id, name=COMPARISON.name, subject=_COST, passing=COMPARISON.passing),
        ),
        bands={
            name: Limits(
                good=band.good,
                acceptable=band.acceptable,
                better=band.better,
                unit=band.unit,
                source=band.source,
                source_de=band.source_de,
            )
            for name, band in bands.bands.items()
        },
        verdicts=tuple(_verdict(check, evidence) for check in catalogue(bands)),
        calls=calls,
        networks=tuple(network_of(name, calls, bands) for name in dict.fromkeys(each.network for each in calls)),
    )


_COST = Sentence(de="Die Kosten der Verschlüsselung", en="The cost of encryption")


def _verdict(check: Check, evidence: Evidence) -> Verdict:
    finding: Finding = check.judge(evidence)
    return Verdict(check=check.id, name=check.name, finding=finding)


def _call(evidence: Evidence, span: Span, bands: Bands) -> CallQuality:
    verdicts = tuple(
        Verdict(check=figure.id, name=figure.name, finding=judge_calls(figure, bands, evidence, [span]))
        for figure in FIGURES
    )
    fine = bands.model_copy(update={"measuring": bands.measuring.model_copy(update=_FINE)})
    values = values_by_figure(evidence, span, bands)
    return CallQuality(
        call=span.name,
        network=span.profile,
        encrypted=encrypted_or_not(evidence, span),
        seconds=max(0.0, span.end - span.begin) / 1000,
        verdicts=verdicts,
        lines=tuple(line for figure in FIGURES for line in _lines(evidence, span, figure, bands, fine)),
        impairments=tuple(_impairments(evidence, span)),
        worst=worst_moment(span, values),
        look=look(evidence, span, bands, values),
        listen=listen(span, values),
        began_ms=span.begin,
    )


def _lines(evidence: Evidence, span: Span, figure: Figure, bands: Bands, fine: Bands) -> Iterable[Line]:
    if span.end <= span.begin:
        return
    judged = figure.measured(evidence, span, bands).readings
    drawn = {(each.band, each.key): each for each in figure.measure(evidence, span, fine).readings}
    for reading in judged:
        points = drawn.get((reading.band, reading.key), reading)
        yield Line(
            figure=figure.id,
            band=reading.band,
            key=reading.key,
            of=reading.of,
            points=_points(span, points.windows),
            windows=_points(span, reading.windows),
            whole=reading.whole,
        )


_FINE = {"window_s": _FINE_S, "settling_s": 0.0, "least_pictures": 3, "least_marks": 1}


def _points(span: Span, windows: Sequence[Window]) -> tuple[Point, ...]:
    return tuple(
        Point(
            begin=round((each.begin - span.begin) / 1000, 3),
            end=round((each.end - span.begin) / 1000, 3),
            value=None if each.value is None else round(each.value, 5),
        )
        for each in windows
    )


def _impairments(evidence: Evidence, span: Span) -> Iterable[Impairment]:
    links = sorted(evidence.of(LinkSet, call=span.name), key=lambda each: each.seen.at_ms)
    for number, found in enumerate(links):
        link = found.seen
        after = [each.seen.at_ms for each in links[number + 1 :] if each.seen.party == link.party]
        if not (link.up or link.down):
            continue
        whose = party(link.party)
        up = f"{link.up} ↑" if link.up else ""
        down = f"{link.down} ↓" if link.down else ""
        said = ", ".join(part for part in (up, down) if part)
        yield _impairment(
            span,
            link.at_ms,
            min(after, default=span.end),
            Sentence(de=f"Netz {whose.de}: {said}", en=f"{whose.en}'s network: {said}"),
        )
    for planted in evidence.of(Planted, call=span.name):
        seen, whose = planted.seen, party(planted.seen.party)
        what = defect(seen.what, seen.value)
        end = span.end if seen.to_ms is None else seen.to_ms
        yield _impairment(
            span,
            seen.from_ms,
            end,
            Sentence(de=f"eingebaut bei {whose.de}: {what.de}", en=f"planted at {whose.en}: {what.en}"),
        )


def _impairment(span: Span, begin: float, end: float, said: Sentence) -> Impairment:
    first, last = max(begin, span.begin), max(min(end, span.end), begin)
    return Impairment(begin=(first - span.begin) / 1000, end=(last - span.begin) / 1000, said=said)
