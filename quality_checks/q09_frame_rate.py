"""Enough pictures a second are shown to read lips and signs."""

from harness.model.evidence import Evidence
from harness.model.sentence import Sentence
from quality_checks import words
from quality_checks.bands import Bands
from quality_checks.figure import Figure
from quality_checks.pictures import UNREADABLE, Pictures, composed, pictures_of
from quality_checks.reading import Measured, Reading, Window
from quality_checks.span import Span

CAMERA = Sentence(
    de="die Kamera der Prüfung gab selbst zu wenige Bilder", en="the bench's own camera gave too few pictures"
)


def measure(evidence: Evidence, span: Span, bands: Bands) -> Measured:
    """Different pictures a second, held against what the band wants and what the camera gave, whichever is less.

    The camera is the bench's: that it gives fewer than the band wants is no fault of the call. Of what it gives nearly
    all must be shown, by the band for pictures that are left out. Fewer than are acceptable say nothing where it gave
    no more.
    """
    streams, gaps = pictures_of(evidence, span, bands)
    return Measured(
        readings=tuple(_reading(stream, bands) for stream in streams),
        records=tuple(record for stream in streams for record in stream.records),
        gaps=tuple(gaps),
    )


def rate(stream: Pictures, begin: float, end: float) -> float:
    """Different pictures a second that were shown between two moments."""
    return 1000 * composed(stream.within(begin, end)) / (end - begin)


def given(stream: Pictures, begin: float, end: float) -> float:
    """Pictures a second that the camera gave between two moments, before anything was planted in them."""
    return 1000 * len(stream.drawn_within(begin, end)) / (end - begin)


def _window(stream: Pictures, begin: float, end: float, bands: Bands) -> tuple[Window, bool]:
    """What is shown in a window, and whether the camera is why that cannot be judged."""
    good = _nearly(bands) * given(stream, begin, end)
    if not stream.readable(begin, end, bands):
        return Window(begin, end, None), False
    value = rate(stream, begin, end)
    if bands["frame-rate"].level(value) == "fail" and value >= good:
        return Window(begin, end, None), True
    return Window(begin, end, value, min(bands["frame-rate"].good, good)), False


def _nearly(bands: Bands) -> float:
    return 1 - bands["skipped"].good


def _reading(stream: Pictures, bands: Bands) -> Reading:
    cut = [_window(stream, begin, end, bands) for begin, end in stream.windows(bands)]
    whole, slow = _window(stream, stream.begin, stream.end, bands)
    camera = given(stream, stream.begin, stream.end)
    return Reading(
        band="frame-rate",
        of=stream.of,
        windows=tuple(window for window, _ in cut),
        whole=rate(stream, stream.begin, stream.end) if whole.value is None and not slow else whole.value,
        good=whole.good,
        why=CAMERA if any(by_camera for _, by_camera in cut) else UNREADABLE,
        figures={"camera": camera},
        note=_note(camera, bands),
        key=stream.key,
    )


def _note(camera: float, bands: Bands) -> Sentence:
    gave, share, wanted = words.number(camera, 1), _nearly(bands), bands["frame-rate"].good
    if share * camera >= wanted:
        return Sentence(de=f"die Kamera gab {gave.de}", en=f"the camera gave {gave.en}")
    part, most = words.amount(share, "share"), words.number(wanted, 0)
    return Sentence(
        de=f"die Kamera gab {gave.de}: gut sind {part.de} davon, höchstens {most.de}",
        en=f"the camera gave {gave.en}: good is {part.en} of them, at most {most.en}",
    )


FIGURE = Figure(
    id="Q09",
    name="frame-rate",
    passing=Sentence(
        de="Es werden genug Bilder in der Sekunde gezeigt, um von Lippen und Gebärden zu lesen.",
        en="Enough pictures a second are shown to read lips and signs.",
    ),
    subject=Sentence(de="Die Bildrate", en="The frame rate"),
    vantage=("glass",),
    norms=("EN 301 549, clause 6.5.3",),
    measure=measure,
)
