"""Pictures are large enough to read lips and signs."""

from functools import lru_cache
from statistics import median

from harness.model.evidence import Evidence
from harness.model.sentence import Sentence
from quality_checks.bands import Bands
from quality_checks.figure import Figure
from quality_checks.pictures import Pictures, Shown, pictures_of
from quality_checks.reading import Measured, Reading, Window
from quality_checks.span import Span


def measure(evidence: Evidence, span: Span, bands: Bands) -> Measured:
    """The median size in each window in which a picture was shown; where none was, Q08 judges that."""
    streams, gaps = pictures_of(evidence, span, bands)
    return Measured(
        readings=tuple(_reading(stream, bands) for stream in streams),
        records=tuple(record for stream in streams for record in stream.records),
        gaps=tuple(gaps),
    )


def lines(picture: Shown) -> float:
    """The size as lines of a picture of 4:3 that fits into it: VGA (640 × 480) has 480. A phone may stand upright."""
    return _lines(picture.width, picture.height)


@lru_cache(256)
def _lines(width: int, height: int) -> float:
    long, short = max(width, height), min(width, height)
    return min(short, long * 3 / 4)


def _reading(stream: Pictures, bands: Bands) -> Reading:
    windows = []
    for begin, end in stream.windows(bands):
        shown = stream.within(begin, end)
        if shown:
            windows.append(Window(begin, end, median(map(lines, shown))))
    all_shown = stream.within(stream.begin, stream.end)
    smallest = min(all_shown, key=lines, default=None)
    size = f"{smallest.width} × {smallest.height}" if smallest else ""
    return Reading(
        band="resolution",
        of=stream.of,
        windows=tuple(windows),
        whole=median(map(lines, all_shown)) if all_shown else None,
        figures={"width": float(smallest.width), "height": float(smallest.height)} if smallest else {},
        note=Sentence(de=f"das kleinste Bild hatte {size}", en=f"the smallest picture had {size}") if size else None,
        key=stream.key,
    )


FIGURE = Figure(
    id="Q10",
    name="resolution",
    passing=Sentence(
        de="Bilder sind groß genug, um von Lippen und Gebärden zu lesen.",
        en="Pictures are large enough to read lips and signs.",
    ),
    subject=Sentence(de="Die Bildgröße", en="The size of the picture"),
    vantage=("glass",),
    norms=("EN 301 549, clause 6.5.2",),
    measure=measure,
)
