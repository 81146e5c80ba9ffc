"""What one call says of what was done to it, from its evidence alone: the line that the truth table is made of."""

from collections.abc import Iterable, Iterator
from functools import partial

from benchmarks.truth.buffers import Way, buffer_of, way_of
from benchmarks.truth.calls import Play
from benchmarks.truth.lines import CallSeen, Cost, Score, Stream
from benchmarks.truth.planted import freezes, lips, losses, samples
from harness.judge import judge
from harness.model.evidence import Evidence
from harness.model.observations import (
    CallCost,
    LinkCount,
    PicturesDrawn,
    PicturesShown,
    ScenarioResult,
    Scored,
    SoundMarks,
    StatsSeries,
)
from quality_checks.bands import Bands, load_bands
from quality_checks.catalogue import catalogue
from quality_checks.delays import glass_delays
from quality_checks.pictures import pictures_of
from quality_checks.q09_frame_rate import rate
from quality_checks.sounds import sounds_of
from quality_checks.span import Span, measured_calls


def _one_call(evidence: Evidence, call: str) -> Evidence:
    return Evidence([record for record in evidence.records if record.seen.call in ("", call)], evidence.blobs)


def seen_of(evidence: Evidence, play: Play, camera: str = "") -> CallSeen:
    """The line of a call; of one that could not be held its sentence and nothing else."""
    trial, label = play.trial, play.label
    alone, bands = _one_call(evidence, label), load_bands()
    sentence = next((each.seen.sentence for each in alone.of(ScenarioResult, call=label)), "It was not held.")
    span = next((each for each in measured_calls(alone) if each.name == label), None)
    line = CallSeen(
        label=label, profile=trial.profile, planted=trial.planted, camera=camera, measured=play.measured,
        scored=play.scored, sentence=sentence,
    )  # fmt: skip
    if span is None or not span.call.seen.connected or span.end <= span.begin:
        return line
    line = line.model_copy(update={"began_ms": round(span.begin, 1), "connected": True})
    if not play.measured:
        return line.model_copy(update={"costs": tuple(_costs(alone))})
    verdicts = judge(catalogue(bands), alone)
    late = [each.seen.late_p95_ms for each in alone.of(LinkCount)]
    return line.model_copy(
        update={
            "streams": tuple(_streams(alone, span, bands)),
            "lost": tuple(losses(alone, span)),
            "freezes": tuple(freezes(alone, span, bands)),
            "lips": tuple(lips(alone, span, bands)),
            "scores": tuple(_scores(alone)),
            "costs": tuple(_costs(alone)),
            "late_ms": max(late) if late else None,
            "checks": {each.check: each.outcome.value for each in verdicts},
            "said": {each.check: each.finding.sentence.en for each in verdicts if each.outcome.value != "pass"},
        }
    )


def _streams(evidence: Evidence, span: Span, bands: Bands) -> Iterator[Stream]:
    sounds = {(each.viewer, each.sender): each for each in sounds_of(evidence, span, bands)[0]}
    for stream in pictures_of(evidence, span, bands)[0]:
        sound = sounds.get((stream.viewer, stream.sender))
        of = partial(buffer_of, evidence, span, stream.viewer)
        glass = way_of(_arrived(glass_delays(stream, stream.begin, stream.end)), of("video"), stream.begin, stream.end)
        marks = [] if sound is None else sound.within(sound.begin, sound.end)
        mouth = way_of(_arrived(marks), of("audio"), sound.begin, sound.end) if sound else Way(None, None, None)
        given = len(stream.drawn_within(stream.begin, stream.end))
        heard = evidence.of(SoundMarks, call=span.name, party=stream.viewer)
        yield Stream(
            viewer=stream.viewer, sender=stream.sender,
            glass_ms=glass.whole, glass_buffer_ms=glass.buffer, glass_rest_ms=glass.rest,
            mouth_ms=mouth.whole, mouth_buffer_ms=mouth.buffer, mouth_rest_ms=mouth.rest,
            coded_ms=_coded(evidence, span, stream.viewer, stream.sender),
            rate=round(rate(stream, stream.begin, stream.end), 2),
            camera=round(1000 * given / (stream.end - stream.begin), 2),
            read=sum(each.number is not None for each in stream.shown), shown=len(stream.shown),
            untold=sum(each.untold for each in stream.shown), heard=len(marks),
            spoken=sound.spoken if sound else 0,
            unread=sum(each.seen.unread for each in heard if each.seen.sender == stream.sender),
        )  # fmt: skip


def _arrived(delays: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(began + delay, delay) for began, delay in delays]


def _coded(evidence: Evidence, span: Span, viewer: str, sender: str) -> float | None:
    """How long a picture was in encoder and decoder, in ms: means over the call, of statistics."""
    parts = [
        _each(evidence, span, sender, "outbound-rtp", "totalEncodeTime", "framesEncoded"),
        _each(evidence, span, viewer, "inbound-rtp", "totalDecodeTime", "framesDecoded"),
    ]
    known = [part for part in parts if part is not None]
    return round(1000 * sum(known), 1) if len(known) == len(parts) else None


def _each(evidence: Evidence, span: Span, party: str, of: str, total: str, count: str) -> float | None:
    """Seconds a picture, of the stream of a person that had most pictures."""
    found = []
    for series in (each.seen for each in evidence.of(StatsSeries, call=span.name, party=party)):
        counts = samples(series, span, total, count) if (series.of, series.media) == (of, "video") else []
        if len(counts) > 1 and counts[-1][2] > counts[0][2]:
            found.append((counts[-1][2] - counts[0][2], counts[-1][1] - counts[0][1]))
    most = max(found, default=None)
    return most[1] / most[0] if most else None


def _scores(evidence: Evidence) -> Iterator[Score]:
    for found in evidence.of(Scored):
        yield Score(figure=found.seen.figure, viewer=found.seen.party, value=found.seen.value)


def _costs(evidence: Evidence) -> Iterator[Cost]:
    """What measuring took of each page's main thread since it was opened, over the time of its camera."""
    for found in evidence.of(CallCost):
        cost = found.seen
        camera = [each.seen for each in evidence.of(PicturesDrawn, party=cost.party) if each.seen.media == "video"]
        spent = sum(each.seen.cost_ms for each in evidence.of(PicturesDrawn, party=cost.party))
        spent += sum(each.seen.cost_ms for each in evidence.of(PicturesShown, party=cost.party))
        spent += sum(each.seen.cost_ms for each in evidence.of(SoundMarks, party=cost.party))
        lasted = sum(each.at_ms[-1] - each.at_ms[0] for each in camera if each.at_ms)
        share = round(spent / lasted, 4) if lasted else 0.0
        yield Cost(party=cost.party, page=share, browser=cost.page, bench=cost.bench)
