"""People can converse: delay and losses together leave the speech good."""

from statistics import median

from harness.model.evidence import Evidence
from harness.model.sentence import Sentence
from quality_checks import words
from quality_checks.bands import Bands, Measuring
from quality_checks.counters import Counters, series_of
from quality_checks.emodel import mos, on_the_scale_of_100, wideband
from quality_checks.figure import Figure
from quality_checks.q02_mouth_to_ear import delay
from quality_checks.reading import Measured, Reading, Window
from quality_checks.sounds import Sounds, sounds_of
from quality_checks.span import Span

WHY = Sentence(
    de="Verzögerung oder Verlust des Tons ist nicht bekannt", en="the delay or the loss of the sound is not known"
)


def measure(evidence: Evidence, span: Span, bands: Bands) -> Measured:
    """R of the wide-band model by the delay of the marks heard and by the packets that did not come to be heard."""
    streams, gaps = sounds_of(evidence, span, bands)
    readings, records, missing = [], [], list(gaps)
    for stream in streams:
        found = series_of(evidence, span, stream.viewer, "inbound-rtp", "audio")
        told = [each for each in found if Counters(each.seen).told("packetsLost")]
        if not told:
            missing.append(_unknown(span, stream))
            continue
        readings.append(_reading(stream, [Counters(each.seen) for each in told], bands))
        records += [*stream.records, *(each.id for each in told)]
    return Measured(tuple(readings), tuple(records), tuple(missing))


def unheard(series: list[Counters], begin: float, end: float) -> float | None:
    """The largest share of a stream's packets that were lost or came too late; None where no stream told of it."""
    shares = []
    for counters in series:
        lost, came = counters.grown("packetsLost", begin, end), counters.first_time("packetsReceived", begin, end)
        if lost is not None and came is not None and lost + came > 0:
            late = counters.grown("packetsDiscarded", begin, end) or 0.0
            shares.append(min(1.0, (max(0.0, lost) + late) / (max(0.0, lost) + came)))
    return max(shares, default=None)


def _rating(late: float | None, lost: float | None, measuring: Measuring) -> float | None:
    if late is None or lost is None:
        return None
    wide = wideband(late, lost, ie=measuring.ie_wideband, bpl=measuring.bpl_wideband)
    return on_the_scale_of_100(wide)


def _reading(stream: Sounds, series: list[Counters], bands: Bands) -> Reading:
    windows = tuple(
        Window(begin, end, _rating(delay(stream, begin, end, bands), unheard(series, begin, end), bands.measuring))
        for begin, end in stream.windows(bands)
    )
    rated = [window.value for window in windows if window.value is not None]
    whole = median(rated) if rated else None
    note = None if whole is None else words.number(mos(whole), 2)
    return Reading(
        band="e-model",
        of=stream.of,
        windows=windows,
        whole=whole,
        why=WHY,
        figures={} if whole is None else {"mos": mos(whole), "r_wideband": 1.29 * whole},
        note=note
        and Sentence(
            de=f"Breitband-Modell G.107.1, auf die Skala bis 100 gebracht; geschätzter MOS {note.de}",
            en=f"wide-band model G.107.1, brought to the scale of 100; estimated MOS {note.en}",
        ),
        key=stream.key,
    )


def _unknown(span: Span, stream: Sounds) -> Sentence:
    return Sentence(
        de=f"{WHY.de} ({stream.of.de}, Gespräch {span.name})", en=f"{WHY.en} ({stream.of.en}, call {span.name})"
    )


FIGURE = Figure(
    id="Q13",
    name="e-model",
    passing=Sentence(
        de="Man kann sich unterhalten: Verzögerung und Verluste zusammen lassen die Sprache gut.",
        en="People can converse: delay and losses together leave the speech good.",
    ),
    subject=Sentence(de="Der Wert R des E-Modells", en="The E-model's R"),
    vantage=("glass", "stats"),
    norms=("ITU-T G.107", "ITU-T G.107.1", "ITU-T G.109"),
    measure=measure,
)
