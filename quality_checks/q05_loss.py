"""Hardly any packet is lost, on the way from people and on the way to them."""

from harness.model.evidence import Evidence, Found
from harness.model.observations import StatsSeries
from harness.model.sentence import Sentence
from quality_checks import words
from quality_checks.bands import Bands
from quality_checks.counters import Counters, Value, of_parties, read, series_of
from quality_checks.figure import Figure
from quality_checks.padding import expected_share
from quality_checks.reading import Measured
from quality_checks.span import Span

MEDIA = ("audio", "video")


def lost(counters: Counters, begin: float, end: float) -> float | None:
    """The share of the packets of a stream that did not arrive between two moments."""
    gone, came = counters.grown("packetsLost", begin, end), counters.first_time("packetsReceived", begin, end)
    if gone is None or came is None or gone + came <= 0:
        return None
    return max(0.0, gone) / (max(0.0, gone) + came)


def measure(evidence: Evidence, span: Span, bands: Bands) -> Measured:
    """Of what was sent, as the other end reports it to the sender; of what was received, as the receiver counts."""
    down = of_parties(evidence, span, bands, "loss", "inbound-rtp", MEDIA, "packetsLost", lost)
    readings, records, gaps = list(down.readings), list(down.records), list(down.gaps)
    for party in span.call.seen.parties:
        for media in MEDIA:
            reports = series_of(evidence, span, party, "remote-inbound-rtp", media)
            sent = series_of(evidence, span, party, "outbound-rtp", media)
            some, cited, missing = read(
                reports, span, bands, "loss", words.sent(media, party), "packetsLost", _reported(sent)
            )
            readings += some
            records += [*cited, *(each.id for each in sent)]
            gaps += missing
    return Measured(tuple(readings), tuple(records), tuple(gaps))


def _reported(sent: list[Found[StatsSeries]]) -> Value:
    """Packets that the other end missed, as a share of those that it had to expect in the same time."""

    def share(counters: Counters, begin: float, end: float) -> float | None:
        gone, known = counters.grown("packetsLost", begin, end), []
        for each in _reported_on(sent, counters.series):
            out = Counters(each.seen).first_time("packetsSent", begin, end)
            if out is not None:
                known.append(out * expected_share(each.seen, counters.series))
        if gone is None or not known or sum(known) <= 0:
            return None
        return min(1.0, max(0.0, gone) / sum(known))

    return share


def _reported_on(sent: list[Found[StatsSeries]], reports: StatsSeries) -> list[Found[StatsSeries]]:
    """The stream that the reports are about, among camera and screen; all of them where none says so."""
    ssrc = _ssrc(reports)
    same = [each for each in sent if _ssrc(each.seen) == ssrc]
    return same if same and ssrc is not None else sent


def _ssrc(series: StatsSeries) -> float | None:
    return next((value for value in series.columns.get("ssrc", ()) if value is not None), None)


FIGURE = Figure(
    id="Q05",
    name="loss",
    passing=Sentence(
        de="Kaum ein Paket geht verloren, weder auf dem Weg von den Menschen noch auf dem Weg zu ihnen.",
        en="Hardly any packet is lost, on the way from people and on the way to them.",
    ),
    subject=Sentence(de="Der Paketverlust", en="The packet loss"),
    vantage=("stats",),
    norms=("W3C webrtc-stats", "RFC 3550, 6.4.1"),
    measure=measure,
)
