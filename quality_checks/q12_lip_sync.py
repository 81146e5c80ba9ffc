"""Lips and voice are in step."""

from bisect import bisect_left
from statistics import median

from harness.model.evidence import Evidence
from harness.model.sentence import Sentence
from quality_checks import words
from quality_checks.bands import Bands
from quality_checks.delays import glass_delays
from quality_checks.figure import Figure
from quality_checks.pictures import pictures_of
from quality_checks.reading import Measured, Reading, Window
from quality_checks.sounds import Sounds, sounds_of
from quality_checks.span import Span

AROUND = 750.0  # ms before and after a mark in the sound, of pictures drawn then (our own threshold)
LEAST = 3  # pictures around a mark (our own threshold)
WHY = Sentence(
    de="Bild und Ton wurden nicht oft genug zugleich gemessen",
    en="picture and sound were not measured together often enough",
)


def measure(evidence: Evidence, span: Span, bands: Bands) -> Measured:
    """The delay of each mark in the sound less that of the pictures drawn around it; positive: the sound is late."""
    streams, gaps = pictures_of(evidence, span, bands)
    sounds, unheard = sounds_of(evidence, span, bands)
    readings, records = [], []
    for stream in streams:
        for sound in sounds:
            if (sound.viewer, sound.sender) == (stream.viewer, stream.sender):
                delays = sorted(glass_delays(stream, stream.shown[0].at, stream.end + 1))
                readings.append(_reading(sound, offsets(sound, delays), bands))
                records += [*stream.records, *sound.records]
    return Measured(tuple(readings), tuple(records), (*gaps, *unheard))


def offsets(sound: Sounds, delays: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """For each mark heard around which enough pictures were drawn: when it arrived, and its offset in ms."""
    found = []
    for spoken, late in sound.heard:
        first, last = bisect_left(delays, (spoken - AROUND,)), bisect_left(delays, (spoken + AROUND,))
        if last - first >= LEAST:
            found.append((spoken + late, late - median(delay for _, delay in delays[first:last])))
    return found


def _reading(sound: Sounds, found: list[tuple[float, float]], bands: Bands) -> Reading:
    least = bands.measuring.least_marks
    windows = []
    for begin, end in sound.windows(bands):
        inside = [offset for at, offset in found if begin <= at < end]
        windows.append(Window(begin, end, abs(median(inside)) if len(inside) >= least else None))
    every = [offset for at, offset in found if sound.begin <= at < sound.end]
    middle = median(every) if every else None
    return Reading(
        band="lip-sync",
        of=Sentence(
            de=f"Bild und Ton {words.party(sound.sender).de} bei {words.party(sound.viewer).de}",
            en=f"{words.party(sound.sender).en}'s picture and sound at {words.party(sound.viewer).en}",
        ),
        windows=tuple(windows),
        whole=None if middle is None else abs(middle),
        why=WHY,
        figures={} if middle is None else {"offset_ms": middle},
        note=None if middle is None else _side(middle),
        key=sound.key,
    )


def _side(offset: float) -> Sentence:
    if offset >= 0:
        return Sentence(de="der Ton kommt nach dem Bild", en="the sound is later than the picture")
    return Sentence(de="der Ton kommt vor dem Bild", en="the sound is earlier than the picture")


FIGURE = Figure(
    id="Q12",
    name="lip-sync",
    passing=Sentence(de="Lippen und Stimme sind im Gleichlauf.", en="Lips and voice are in step."),
    subject=Sentence(de="Der Abstand von Ton und Bild", en="The offset between sound and picture"),
    vantage=("glass",),
    norms=("EN 301 549, clause 6.5.4", "ITU-R BT.1359"),
    measure=measure,
)
