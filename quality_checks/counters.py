"""Time series of a browser's statistics: differences of cumulative counters over windows (W3C webrtc-stats)."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from harness.model.evidence import Evidence, Found
from harness.model.observations import StatsSeries
from harness.model.sentence import Sentence
from quality_checks import words
from quality_checks.bands import Bands
from quality_checks.reading import Measured, Reading, Window
from quality_checks.span import Span, pieces

Kind = Literal["inbound-rtp", "outbound-rtp", "remote-inbound-rtp", "candidate-pair"]
Sound = Literal["audio", "video"]
Packets = Literal["packetsReceived", "packetsSent"]
AGAIN: Mapping[Packets, str] = {
    "packetsReceived": "retransmittedPacketsReceived", "packetsSent": "retransmittedPacketsSent",
}  # fmt: skip
SLACK = 3500.0  # ms from a moment to the sample that stands for it: statistics come about every second (our own)
EDGE = 5000.0  # ms at either end of a call that statistics may lack (our own threshold)


@dataclass(frozen=True)
class Counters:
    """One stream's series."""

    series: StatsSeries

    @property
    def begin(self) -> float:
        """When it was first told of (ms)."""
        return self.series.at_ms[0]

    @property
    def end(self) -> float:
        """When it was last told of (ms)."""
        return self.series.at_ms[-1]

    def told(self, column: str) -> bool:
        """Whether the browser told of this at all."""
        return any(value is not None for value in self.series.columns.get(column, ()))

    def grown(self, column: str, begin: float, end: float) -> float | None:
        """By how much a counter grew between two moments; None where it was not told of, or began anew."""
        values = self.series.columns.get(column)
        first, last = self._sample(begin), self._sample(end)
        if values is None or first is None or last is None or first == last:
            return None
        before, after = values[first], values[last]
        if before is None or after is None or (after < before and column != "packetsLost"):
            return None
        return after - before  # packetsLost may shrink where late packets come after all (RFC 3550, A.3)

    def first_time(self, column: Packets, begin: float, end: float) -> float | None:
        """As ``grown``, without the packets that went out again for lost ones: they are counted among the others, and
        would make a loss of 10 % one of 9 (webrtc-stats, retransmittedPacketsReceived and -Sent)."""
        all_of_them = self.grown(column, begin, end)
        again = self.grown(AGAIN[column], begin, end)
        return all_of_them if all_of_them is None or again is None else all_of_them - again

    def samples(self, column: str, begin: float, end: float) -> list[float]:
        """What a gauge said between two moments; nothing where the series does not reach from one to the other."""
        if self._sample(begin) is None or self._sample(end) is None:
            return []
        values = self.series.columns.get(column, ())
        first, after = bisect_left(self.series.at_ms, begin), bisect_left(self.series.at_ms, end)
        return [value for value in values[first:after] if value is not None]

    def _sample(self, at: float) -> int | None:
        """The last sample up to a moment, or the first one soon after it; None where the nearest is too far off."""
        times = self.series.at_ms
        place = bisect_right(times, at) - 1
        if place >= 0 and at - times[place] <= SLACK:
            return place
        return place + 1 if place + 1 < len(times) and times[place + 1] - at <= SLACK else None


def series_of(evidence: Evidence, span: Span, party: str, of: Kind, media: str = "") -> list[Found[StatsSeries]]:
    """The series of one kind of a party in a call that have at least two samples."""
    found = evidence.of(StatsSeries, call=span.name, party=party)
    return [each for each in found if each.seen.of == of and each.seen.media == media and len(each.seen.at_ms) > 1]


Value = Callable[[Counters, float, float], float | None]


def read(
    found: Iterable[Found[StatsSeries]], span: Span, bands: Bands, band: str, of: Sentence, column: str, value: Value
) -> tuple[list[Reading], list[str], list[Sentence]]:
    """A reading for each series in which ``column`` was told of, its records, and what is missing of the call.

    ``value`` is asked for each window and for the whole of a series' part of the call.
    """
    told = [each for each in found if Counters(each.seen).told(column)]
    where_de, where_en = f"({of.de}, Gespräch {span.name})", f"({of.en}, call {span.name})"
    if not told:
        gap = Sentence(
            de=f"die Statistik sagt nichts von {column} {where_de}",
            en=f"the statistics do not tell of {column} {where_en}",
        )
        return [], [], [gap]
    readings, gaps = [], list(_uncovered([each.seen for each in told], span, where_de, where_en))
    start = span.begin + bands.measuring.settling_s * 1000
    why = Sentence(de=f"die Statistik sagt nichts von {column}", en=f"the statistics do not tell of {column}")
    for each in told:
        counters = Counters(each.seen)
        begin, end = max(start, counters.begin), min(span.end, counters.end)
        cut = pieces(begin, end, bands.measuring.window_s)
        if not cut or end - begin < _least(bands):
            continue
        windows = tuple(Window(first, last, value(counters, first, last)) for first, last in cut)
        key = f"{each.seen.party}/{each.seen.of}/{each.seen.media}/{each.seen.stream}"
        readings.append(Reading(band, of, windows, value(counters, begin, end), why, key=key))
    if not readings and not gaps:
        gaps.append(
            _too_short(max(0.0, min(span.end, max(each.seen.at_ms[-1] for each in told)) - start), of, span, bands)
        )
    return readings, [each.id for each in told], gaps


def _least(bands: Bands) -> float:
    """ms of statistics that can be judged: they come every second, so that a shorter time is known too coarsely."""
    return min(EDGE, bands.measuring.window_s * 500)


def _too_short(lasted: float, of: Sentence, span: Span, bands: Bands) -> Sentence:
    least, settling = _least(bands) / 1000, bands.measuring.settling_s
    left, needed = words.amount(lasted / 1000, "s"), words.amount(least + settling, "s")
    first = words.amount(settling, "s")
    return Sentence(
        de=f"das Gespräch war zu kurz für die Statistik des Browsers, die jede Sekunde kommt: {left.de} nach den "
        f"ersten {first.de}, die zum Beitritt gehören; nötig sind insgesamt {needed.de} "
        f"({of.de}, Gespräch {span.name})",
        en=f"the call was too short for the browser's statistics, which come every second: {left.en} after the first "
        f"{first.en}, which belong to joining; {needed.en} are needed in all ({of.en}, call {span.name})",
    )


def _uncovered(series: Sequence[StatsSeries], span: Span, where_de: str, where_en: str) -> Iterable[Sentence]:
    """Whether the call's beginning or end has no series at all."""
    first, last = min(each.at_ms[0] for each in series), max(each.at_ms[-1] for each in series)
    if first > span.begin + EDGE:
        second = span.second(first)
        yield Sentence(
            de=f"die Statistik beginnt erst in Sekunde {second} {where_de}",
            en=f"the statistics begin only in second {second} {where_en}",
        )
    if last < span.end - EDGE:
        second = span.second(last)
        yield Sentence(
            de=f"die Statistik endet schon in Sekunde {second} {where_de}",
            en=f"the statistics end already in second {second} {where_en}",
        )


def quotient(above: float | None, below: float | None, factor: float = 1.0) -> float | None:
    """The quotient of two differences; None where either is not known or nothing was counted."""
    return None if above is None or not below or below < 0 else factor * above / below


def of_parties(
    evidence: Evidence,
    span: Span,
    bands: Bands,
    band: str,
    kind: Kind,
    medias: Sequence[str],
    column: str,
    value: Value,
) -> Measured:
    """The readings of everybody's streams of a kind, in each medium."""
    readings, records, gaps = [], [], []
    for party in span.call.seen.parties:
        for media in medias:
            of = _whose(kind, media, party)
            found = series_of(evidence, span, party, kind, media)
            some, cited, missing = read(found, span, bands, band, of, column, value)
            readings += some
            records += cited
            gaps += missing
    return Measured(tuple(readings), tuple(records), tuple(gaps))


def _whose(kind: Kind, media: str, party: str) -> Sentence:
    if kind == "candidate-pair":
        return words.connection(party)
    return words.received(media, party) if kind == "inbound-rtp" else words.sent(media, party)
