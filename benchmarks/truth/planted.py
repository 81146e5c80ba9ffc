"""How large what was done to a call is measured to be: loss, freezes and offsets of the sound, from its evidence."""

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from statistics import mean, median

from benchmarks.truth.buffers import buffer_of
from benchmarks.truth.lines import Lost, Size
from harness.model.evidence import Evidence
from harness.model.observations import LinkCount, Planted, StatsSeries
from quality_checks.bands import Bands
from quality_checks.counters import AGAIN, Packets
from quality_checks.delays import glass_delays
from quality_checks.padding import expected_share
from quality_checks.pictures import Pictures, doubted, pictures_of
from quality_checks.q12_lip_sync import offsets
from quality_checks.sounds import Sounds, sounds_of
from quality_checks.span import Span

SETTLES, ENDS = 1500.0, 750.0  # ms after and before a change of the sound's offset in which both are near
LATE = 3000.0  # ms after a freeze in which the picture that ends it may still be on its way


def losses(evidence: Evidence, span: Span) -> Iterator[Lost]:
    """Both directions of the citizen's link, sound and picture together: what its own page missed of what was sent to
    it, and what the media server reports to have missed of what it sent."""
    series = [each.seen for each in evidence.of(StatsSeries, call=span.name, party="citizen")]
    came = [_missed(each, span) for each in series if each.of == "inbound-rtp"]
    sent = {each.media: each for each in series if each.of == "outbound-rtp"}
    reports = [each for each in series if each.of == "remote-inbound-rtp"]
    gone = [_reported(each, sent.get(each.media), span) for each in reports]
    told = {"down": [each for each in came if each], "up": [each for each in gone if each]}
    for found in evidence.of(LinkCount, call=span.name, party="citizen"):
        link, known = found.seen, told[found.seen.direction]
        if known and link.taken and link.of == "measured":
            yield Lost(
                way=link.direction, told=sum(lost for lost, _ in known), of=round(sum(of for _, of in known)),
                linked=link.lost, taken=link.taken,
            )  # fmt: skip


def _missed(series: StatsSeries, span: Span) -> tuple[float, float] | None:
    rows, came = samples(series, span, "packetsLost"), _first_time(series, span, "packetsReceived")
    if len(rows) < 2 or len(came) < 2:
        return None
    gone = rows[-1][1] - rows[0][1]
    return gone, gone + came[-1][1] - came[0][1]


def _first_time(series: StatsSeries, span: Span | None, column: Packets) -> list[tuple[float, float]]:
    """Time and packets, without those that went out again for lost ones."""
    again = [AGAIN[column]] if AGAIN[column] in series.columns else []
    return [(at, count - sum(more)) for at, count, *more in samples(series, span, column, *again)]


def _reported(reports: StatsSeries, sent: StatsSeries | None, span: Span) -> tuple[float, float] | None:
    """Reports come when they like: how many packets had gone out by then lies between two looks at that counter."""
    rows = samples(reports, span, "packetsLost")
    if sent is None or len(rows) < 2:
        return None
    out = _first_time(sent, None, "packetsSent")
    (began, lost), (ended, lost_then) = rows[0], rows[-1]
    before, after = _at(out, began), _at(out, ended)
    if before is None or after is None:
        return None
    return lost_then - lost, (after - before) * expected_share(sent, reports)


def samples(series: StatsSeries, span: Span | None, *columns: str) -> list[tuple[float, ...]]:
    """Time and counters of each sample within the call that has them all."""
    found = []
    for place, at in enumerate(series.at_ms):
        values = [series.columns[name][place] if name in series.columns else None for name in columns]
        if None not in values and (span is None or span.begin <= at <= span.end):
            found.append((at, *(value for value in values if value is not None)))
    return found


def _at(counter: list[tuple[float, float]], at: float) -> float | None:
    for (early, before), (late, after) in pairwise(counter):
        if early <= at <= late and late > early:
            return before + (after - before) * (at - early) / (late - early)
    return None


# ---- what was planted at the sender ----------------------------------------------------------------------------------


def _of(evidence: Evidence, span: Span, *what: str) -> list[Planted]:
    found = (each.seen for each in evidence.of(Planted, call=span.name))
    return sorted((each for each in found if each.what in what), key=lambda each: each.from_ms)


def freezes(evidence: Evidence, span: Span, bands: Bands) -> Iterator[Size]:
    """The longest time without another picture around each freeze, less the usual one."""
    streams = {each.sender: each for each in pictures_of(evidence, span, bands)[0]}
    for freeze in _of(evidence, span, "freeze-stops", "freeze-repeats"):
        if freeze.party in streams:
            gaps = list(_gaps(streams[freeze.party]))
            until = freeze.from_ms + freeze.value + LATE
            near = [gap for at, gap in gaps if at <= until and at + gap >= freeze.from_ms]
            usual = median(gap for _, gap in gaps) if gaps else 0.0
            yield Size(
                planted=freeze.value, measured=round(max(near, default=usual) - usual, 1), beside=round(usual, 1)
            )


def _gaps(stream: Pictures) -> Iterator[tuple[float, float]]:
    """When each gap between two different pictures began, and how long it was for certain (ms)."""
    for (one, _), (then, doubt) in pairwise(doubted(stream.shown)):
        yield one.at, then.at - doubt - one.at


def lips(evidence: Evidence, span: Span, bands: Bands) -> Iterator[Size]:
    """The offset of the sound while it was planted, less the call's own before and behind."""
    planted = _of(evidence, span, "sound-later")
    streams = {each.sender: each for each in pictures_of(evidence, span, bands)[0]}
    sounds = {each.sender: each for each in sounds_of(evidence, span, bands)[0]}
    for place, each in enumerate(planted):
        if each.party not in streams or each.party not in sounds or each.to_ms is None:
            continue
        found = _offsets(streams[each.party], sounds[each.party])
        apart = partial(_apart, evidence, span, sounds[each.party].viewer)
        before = planted[place - 1].to_ms or span.begin if place else span.begin
        after = planted[place + 1].from_ms if place + 1 < len(planted) else span.end
        during = _between(found, each.from_ms, each.to_ms)
        own = [
            (median(some), apart(first, last))
            for first, last in ((before, each.from_ms), (each.to_ms, after))
            if (some := _between(found, first, last))
        ]
        if during and own:
            usual = mean(offset for offset, _ in own)
            moved = _less(apart(each.from_ms, each.to_ms), [held for _, held in own])
            measured = median(during) - usual
            yield Size(
                planted=each.value, measured=round(measured, 1), beside=round(usual, 1),
                rest=None if moved is None else round(measured - moved, 1),
            )  # fmt: skip


def _offsets(stream: Pictures, sound: Sounds) -> list[tuple[float, float]]:
    return offsets(sound, sorted(glass_delays(stream, stream.shown[0].at, stream.end + 1)))


def _apart(evidence: Evidence, span: Span, viewer: str, begin: float, end: float) -> float | None:
    """By how much longer the receiver's buffer held the sound than the picture (ms)."""
    first, last = begin + SETTLES, end - ENDS
    sound, picture = (buffer_of(evidence, span, viewer, media).held(first, last) for media in ("audio", "video"))
    return None if sound is None or picture is None else sound - picture


def _less(during: float | None, own: list[float | None]) -> float | None:
    known = [held for held in own if held is not None]
    return during - mean(known) if during is not None and len(known) == len(own) else None


def _between(found: list[tuple[float, float]], begin: float, end: float) -> list[float]:
    return [offset for at, offset in found if begin + SETTLES <= at < end - ENDS]
