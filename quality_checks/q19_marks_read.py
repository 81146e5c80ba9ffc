"""The measuring itself: the marks in the pictures could be read."""

from harness.model.evidence import Evidence
from harness.model.observations import PicturesShown
from harness.model.sentence import Sentence
from quality_checks.bands import Bands
from quality_checks.figure import Figure
from quality_checks.pictures import Pictures, pictures_of
from quality_checks.reading import Measured, Reading, Window
from quality_checks.span import Span


def measure(evidence: Evidence, span: Span, bands: Bands) -> Measured:
    """The share of the pictures shown whose number was read; what else was composed without being told is a figure."""
    streams, gaps = pictures_of(evidence, span, bands)
    return Measured(
        readings=tuple(_reading(evidence, stream, bands) for stream in streams),
        records=tuple(record for stream in streams for record in stream.records),
        gaps=tuple(gaps),
    )


def _reading(evidence: Evidence, stream: Pictures, bands: Bands) -> Reading:
    shares = [(begin, end, stream.read_share(begin, end)) for begin, end in stream.windows(bands)]
    read = sum(picture.number is not None for picture in stream.shown)
    records = set(stream.records)
    shown = [each.seen for each in evidence.of(PicturesShown, call=stream.span.name) if each.id in records]
    return Reading(
        band="marks-read",
        of=stream.of,
        windows=tuple(Window(begin, end, share) for begin, end, share in shares if share is not None),
        whole=read / len(stream.shown),
        why=Sentence(
            de="die Bildmarken waren so selten lesbar, dass sich über die Bilder nichts sagen lässt",
            en="the marks of pictures were read so rarely that nothing can be said of the pictures",
        ),
        figures={
            "shown": float(len(stream.shown)),
            "untold": stream.untold_share(stream.shown[0].at, stream.shown[-1].at + 1),
            "page_share": sum(each.cost_ms for each in shown) / (stream.shown[-1].at - stream.shown[0].at + 1),
        },
        key=stream.key,
    )


FIGURE = Figure(
    id="Q19",
    name="marks-read",
    passing=Sentence(
        de="Die Messung selbst: die Marken in den Bildern waren zu lesen.",
        en="The measuring itself: the marks in the pictures could be read.",
    ),
    subject=Sentence(de="Der Anteil der gelesenen Bildmarken", en="The share of marks read in pictures"),
    vantage=("glass",),
    norms=(),
    measure=measure,
    never_fails=True,
)
