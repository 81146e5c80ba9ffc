"""The pictures of one person at another: drawn, shown, and how they belong together. Read once for all figures."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from harness.model.evidence import Evidence
from harness.model.observations import Media, PicturesDrawn, PicturesShown
from harness.model.sentence import Sentence
from quality_checks import words
from quality_checks.bands import Bands
from quality_checks.reading import Window
from quality_checks.span import Piece, Span, pieces

UNREADABLE = Sentence(
    de="zu wenige Bilder mit lesbarer Marke wurden gezeigt", en="too few pictures with a readable mark were shown"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture as it was shown: when, its number (None: unreadable), its size; and how many before it nobody saw."""

    at: float
    number: int | None
    width: int
    height: int
    untold: int = 0


@dataclass(frozen=True)
class Pictures:
    """What ``sender`` drew and ``viewer`` was shown of it, in order of time, within ``begin`` to ``end``.

    ``begin`` is the first picture shown and a time of settling, ``end`` the call's end or the last picture drawn: of
    what was never drawn nothing can be shown. ``unseen`` counts pictures that nobody could look at.
    """

    span: Span
    viewer: str
    sender: str
    media: Media
    drawn: Sequence[tuple[float, int]]
    shown: Sequence[Shown]
    begin: float
    end: float
    records: tuple[str, ...]

    @property
    def of(self) -> Sentence:
        """Whose pictures at whom."""
        return words.seen_by(self.media, self.sender, self.viewer)

    @property
    def key(self) -> str:
        """What tells this stream from others of the call."""
        return f"{self.viewer}/{self.sender}/{self.media}"

    @cached_property
    def first_drawn(self) -> Mapping[int, float]:
        """When each number was drawn for the first time."""
        return {number: at for at, number in reversed(self.drawn)}

    def within(self, begin: float, end: float) -> Sequence[Shown]:
        """The pictures shown from ``begin`` up to ``end``, which is not included."""
        return self.shown[self._place(begin) : self._place(end)]

    def drawn_within(self, begin: float, end: float) -> Sequence[tuple[float, int]]:
        """The pictures drawn from ``begin`` up to ``end``."""
        return self.drawn[bisect_left(self.drawn, (begin, -1)) : bisect_left(self.drawn, (end, -1))]

    def _place(self, at: float) -> int:
        return bisect_left(self.shown, at, key=lambda picture: picture.at)

    def windows(self, bands: Bands) -> list[Piece]:
        """The windows in which these pictures are judged."""
        return pieces(self.begin, self.end, bands.measuring.window_s)

    def read_share(self, begin: float, end: float) -> float | None:
        """The share of the pictures shown whose number could be read; None where none was shown."""
        shown = self.within(begin, end)
        return sum(picture.number is not None for picture in shown) / len(shown) if shown else None

    def untold_share(self, begin: float, end: float) -> float:
        """The share of the pictures that the browser composed without telling the page."""
        shown = self.within(begin, end)
        untold = sum(picture.untold for picture in shown)
        return untold / (len(shown) + untold) if shown else 0.0

    def readable(self, begin: float, end: float, bands: Bands) -> bool:
        """Whether enough numbers were read to say something of the pictures. Where none was shown, that is known."""
        share = self.read_share(begin, end)
        return share is None or bands["marks-read"].level(share) != "fail"


PieceValue = Callable[[Pictures, float, float], float | None]  # a figure between two moments; None: cannot be said


def changes(shown: Sequence[Shown]) -> Iterator[Shown]:
    """The pictures that are not the same as the one before. One that cannot be read is taken for another."""
    before: int | None = None
    for picture in shown:
        if picture.number is None:
            yield picture
        elif picture.number != before:
            before = picture.number
            yield picture


def composed(shown: Sequence[Shown]) -> int:
    """How many different pictures were shown: those told, and of the untold as many as numbers are missing for."""
    count, before = 0, None
    for picture in changes(shown):
        if picture.untold and count:
            known = picture.number is not None and before is not None
            room = (picture.number or 0) - (before or 0) - 1 if known else picture.untold
            count += max(0, min(picture.untold, room))
        count += 1
        before = picture.number
    return count


def doubted(shown: Sequence[Shown]) -> Iterator[tuple[Shown, float]]:
    """``changes``, each with the ms before it in which pictures came that nobody saw: they came evenly, it is taken."""
    before: int | None = None
    last: float | None = None
    for picture in shown:
        if picture.number is None or picture.number != before:
            since = 0.0 if last is None else picture.at - last
            yield picture, since * picture.untold / (picture.untold + 1)
        before = picture.number if picture.number is not None else before
        last = picture.at


def pictures_of(
    evidence: Evidence, span: Span, bands: Bands, media: Media = "video"
) -> tuple[list[Pictures], list[Sentence]]:
    """The pictures of everybody at everybody in a call, and a gap for each that was not seen, or not drawn."""
    return evidence.once(
        ("pictures", span, media, bands.measuring.settling_s), lambda: _read(evidence, span, bands, media)
    )


def _read(evidence: Evidence, span: Span, bands: Bands, media: Media) -> tuple[list[Pictures], list[Sentence]]:
    found, gaps = [], []
    for viewer, sender in span.pairs:
        drawn = [each for each in evidence.of(PicturesDrawn, call=span.name, party=sender) if each.seen.media == media]
        shown = [
            each
            for each in evidence.of(PicturesShown, call=span.name, party=viewer)
            if each.seen.media == media and each.seen.sender == sender
        ]
        if media == "screen" and not drawn and not shown:
            continue  # nobody shared this one
        of = words.seen_by(media, sender, viewer)
        for missing, de, en in (
            (not shown, "bei wem es ankam", "where it arrived"),
            (not drawn, "an der Kamera", "at the camera"),
        ):
            if missing:
                gaps.append(
                    Sentence(
                        de=f"die Bilder wurden nicht gemessen, {de} ({of.de}, Gespräch {span.name})",
                        en=f"the pictures were not measured {en} ({of.en}, call {span.name})",
                    )
                )
        if not drawn or not shown:
            continue
        given = sorted(pair for each in drawn for pair in zip(each.seen.at_ms, each.seen.number, strict=True))
        seen = sorted(
            (
                Shown(*row)
                for each in shown
                for row in zip(
                    each.seen.at_ms,
                    each.seen.number,
                    each.seen.width,
                    each.seen.height,
                    each.seen.untold or (0,) * len(each.seen.at_ms),
                    strict=True,
                )
            ),
            key=lambda picture: picture.at,
        )
        if not given or not seen:
            gaps.append(
                Sentence(
                    de=f"kein Bild wurde {'gezeigt' if given else 'aufgenommen'} ({of.de}, Gespräch {span.name})",
                    en=f"no picture was {'shown' if given else 'drawn'} ({of.en}, call {span.name})",
                )
            )
            continue
        first = max(span.begin, given[0][0], seen[0].at) + bands.measuring.settling_s * 1000
        last = min(span.end, max(given[-1][0], seen[-1].at))
        records = (*(each.id for each in drawn), *(each.id for each in shown))
        stream = Pictures(span, viewer, sender, media, given, seen, first, last, records)
        if last <= first:
            gaps.append(
                Sentence(
                    de=f"Bilder wurden nicht lange genug gezeigt ({of.de}, Gespräch {span.name})",
                    en=f"pictures were not shown for long enough ({of.en}, call {span.name})",
                )
            )
            continue
        found.append(stream)
    return found, gaps


def windowed(stream: Pictures, bands: Bands, value: PieceValue) -> tuple[Window, ...]:
    """The value of each window of a stream in which enough marks could be read."""
    return tuple(
        Window(begin, end, value(stream, begin, end) if stream.readable(begin, end, bands) else None)
        for begin, end in stream.windows(bands)
    )
