"""What end-to-end encryption costs is known, beside the same call without it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from statistics import mean, median

from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import CallCost
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding
from quality_checks import (
    q01_glass_to_glass,
    q02_mouth_to_ear,
    q14_speech_score,
    q15_video_score,
    q17_first_picture,
    words,
)
from quality_checks.bands import Bands, Unit
from quality_checks.counters import Counters, series_of
from quality_checks.figure import Measure
from quality_checks.findings import decided, gone, inconclusive
from quality_checks.span import Span, call_gaps, measured_calls, not_held

_PASSING = Sentence(
    de="Was Ende-zu-Ende-Verschlüsselung kostet, ist bekannt, neben demselben Gespräch ohne sie.",
    en="What end-to-end encryption costs is known, beside the same call without it.",
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of calls with encryption beside that of calls without: medians over the calls."""

    name: str
    said: Sentence
    unit: Unit
    encrypted: float
    plain: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Not a figure against a band: it informs, and it fails nobody."""

    id: str = "Q20"
    name: str = "cost-of-encryption"
    vantage: tuple[str, ...] = ("cost",)
    passing: Sentence = _PASSING

    def check(self, bands: Bands) -> Check:
        """The check."""
        return Check(self.id, self.name, self.passing, self.vantage, (), partial(_judge, self, bands))


def _figure(measure: Measure) -> Callable[[Evidence, Span, Bands], float | None]:
    """A figure of a call: the mean over its streams and people."""

    def value(evidence: Evidence, span: Span, bands: Bands) -> float | None:
        wholes = [each.whole for each in measure(evidence, span, bands).readings if each.whole is not None]
        return mean(wholes) if wholes else None

    return value


def _video(evidence: Evidence, span: Span, bands: Bands) -> float | None:
    readings = [each for each in q15_video_score.measure(evidence, span, bands).readings if each.band == "vmaf"]
    wholes = [each.whole for each in readings if each.whole is not None]
    return mean(wholes) if wholes else None


def _page(evidence: Evidence, span: Span, _: Bands) -> float | None:
    pages = [each.seen.page for each in evidence.of(CallCost, call=span.name)]
    return mean(pages) if pages else None


def _bitrate(evidence: Evidence, span: Span, _: Bands) -> float | None:
    """What a person sends, kbit/s."""
    rates = []
    for party in span.call.seen.parties:
        series = [
            each for media in ("audio", "video") for each in series_of(evidence, span, party, "outbound-rtp", media)
        ]
        grown = [Counters(each.seen).grown("bytesSent", each.seen.at_ms[0], each.seen.at_ms[-1]) for each in series]
        known = [
            8 * more / (each.seen.at_ms[-1] - each.seen.at_ms[0])
            for more, each in zip(grown, series, strict=True)
            if more is not None
        ]
        if known:
            rates.append(sum(known))
    return mean(rates) if rates else None


_COMPARED: tuple[tuple[str, Unit, Sentence, Callable[[Evidence, Span, Bands], float | None]], ...] = (
    ("page", "share", Sentence(de="Rechenzeit der Seite", en="the page's processor time"), _page),
    ("bitrate", "kbit/s", Sentence(de="gesendet", en="sent"), _bitrate),
    ("glass", "ms", Sentence(de="Bild", en="picture delay"), _figure(q01_glass_to_glass.measure)),
    ("mouth", "ms", Sentence(de="Ton", en="sound delay"), _figure(q02_mouth_to_ear.measure)),
    ("join", "s", Sentence(de="erstes Bild nach", en="first picture after"), _figure(q17_first_picture.measure)),
    ("speech", "MOS", Sentence(de="Sprachgüte", en="speech score"), _figure(q14_speech_score.measure)),
    ("video", "VMAF", Sentence(de="Bildgüte (VMAF)", en="video score (VMAF)"), _video),
)


def encrypted_or_not(evidence: Evidence, span: Span) -> bool | None:
    """Whether a call was end-to-end encrypted; None where nothing says so."""
    said = {each.seen.encrypted for each in evidence.of(CallCost, call=span.name)}
    return said.pop() if len(said) == 1 else None


def compare(evidence: Evidence, spans: Iterable[Span], bands: Bands) -> list[Compared]:
    """The figures that are known of calls of both kinds. Only calls under a network that had both are compared."""
    by_kind: dict[bool, list[Span]] = {True: [], False: []}
    kinds = [(span, encrypted_or_not(evidence, span)) for span in spans]
    networks = [{span.profile for span, kind in kinds if kind is wanted} for wanted in (True, False)]
    for span, kind in kinds:
        if kind is not None and span.profile in networks[0] & networks[1]:
            by_kind[kind].append(span)
    found = []
    for name, unit, said, value in _COMPARED:
        both = [
            [each for span in by_kind[kind] if (each := value(evidence, span, bands)) is not None]
            for kind in (True, False)
        ]
        if both[0] and both[1]:
            found.append(Compared(name, said, unit, median(both[0]), median(both[1])))
    return found


def _judge(check: Comparison, bands: Bands, evidence: Evidence) -> Finding:
    if (reason := not_held(evidence)) is not None:
        return gone(*reason)
    spans = measured_calls(evidence)
    gaps = call_gaps(evidence, spans, check.vantage)
    costs = list(evidence.of(CallCost))
    for span in spans:
        if encrypted_or_not(evidence, span) is None:
            gaps.append(
                Sentence(
                    de=f"was das Gespräch gekostet hat, wurde nicht gemessen, Gespräch {span.name}",
                    en=f"what the call cost was not measured, call {span.name}",
                )
            )
    if gaps:
        return inconclusive(gaps)
    records = [record for span in spans for record in span.records] + [each.id for each in costs]
    compared = compare(evidence, spans, bands)
    if not compared:
        sentence = Sentence(
            de="In diesem Lauf gab es unter keinem Netz Gespräche mit und ohne Ende-zu-Ende-Verschlüsselung.",
            en="Under no network did this run have calls both with and without end-to-end encryption.",
        )
        return gone(sentence, records)
    figures = {f"{each.name}_{kind}": getattr(each, kind) for each in compared for kind in ("encrypted", "plain")}
    return decided(Outcome.PASS, _said(compared), records, figures)


def _said(compared: list[Compared]) -> Sentence:
    parts = [
        (each.said, words.amount(each.encrypted, each.unit), words.amount(each.plain, each.unit)) for each in compared
    ]
    german = ", ".join(f"{said.de} {with_it.de} statt {without.de}" for said, with_it, without in parts)
    english = ", ".join(f"{said.en} {with_it.en} instead of {without.en}" for said, with_it, without in parts)
    return Sentence(
        de=f"Mit Ende-zu-Ende-Verschlüsselung, verglichen mit Gesprächen ohne sie: {german} (Mediane; zur Kenntnis).",
        en=f"With end-to-end encryption, compared with calls without it: {english} (medians; for information).",
    )


COMPARISON = Comparison()
