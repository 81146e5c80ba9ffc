"""Marks in sound: spoken here, heard there, and how long each was on its way."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harness.model.evidence import Evidence
from harness.model.observations import SoundMarks
from harness.model.sentence import Sentence
from quality_checks import words
from quality_checks.bands import Bands
from quality_checks.span import Piece, Span, pieces

EARLIEST, LONGEST = (
    -50.0,
    5000.0,
)  # ms: the ear may be a little early; what is later is another mark (our own thresholds)
FEW = Sentence(de="zu wenige Tonmarken wurden gehört", en="too few marks in the sound were heard")


@dataclass(frozen=True)
class Sounds:
    """The marks of ``sender`` that ``viewer`` heard: when each was spoken, and its delay in ms, in order of time."""

    span: Span
    viewer: str
    sender: str
    heard: Sequence[tuple[float, float]]
    spoken: int
    begin: float
    end: float
    records: tuple[str, ...]

    @property
    def of(self) -> Sentence:
        """Whose sound at whom."""
        return words.seen_by("audio", self.sender, self.viewer)

    @property
    def key(self) -> str:
        """What tells this stream from others of the call."""
        return f"{self.viewer}/{self.sender}/audio"

    def within(self, begin: float, end: float) -> list[tuple[float, float]]:
        """The marks that arrived from ``begin`` up to ``end``."""
        return [(at, delay) for at, delay in self.heard if begin <= at + delay < end]

    def windows(self, bands: Bands) -> list[Piece]:
        """The windows in which this sound is judged."""
        return pieces(self.begin, self.end, bands.measuring.window_s)


def sounds_of(evidence: Evidence, span: Span, bands: Bands) -> tuple[list[Sounds], list[Sentence]]:
    """The sound of everybody at everybody in a call, and a gap for each that was not spoken or not heard."""
    return evidence.once(("sounds", span, bands.measuring.settling_s), lambda: _read(evidence, span, bands))


def _read(evidence: Evidence, span: Span, bands: Bands) -> tuple[list[Sounds], list[Sentence]]:
    found, gaps = [], []
    for viewer, sender in span.pairs:
        marks = [each for each in evidence.of(SoundMarks, call=span.name) if each.seen.sender == sender]
        spoken = [each for each in marks if each.seen.party == sender]
        heard = [each for each in marks if each.seen.party == viewer]
        said = _rows(each.seen for each in spoken)
        matched = _matched(said, _rows(each.seen for each in heard))
        of = words.seen_by("audio", sender, viewer)
        if not said or not matched:
            gaps.append(
                Sentence(
                    de=f"keine Tonmarke wurde {'gehört' if said else 'gesprochen'} ({of.de}, Gespräch {span.name})",
                    en=f"no mark in the sound was {'heard' if said else 'spoken'} ({of.en}, call {span.name})",
                )
            )
            continue
        begin = max(span.begin, matched[0][0]) + bands.measuring.settling_s * 1000
        end = min(span.end, max(said[-1][0], matched[-1][0] + matched[-1][1] + 1.0))
        records = tuple(each.id for each in (*spoken, *heard))
        if end <= begin:
            gaps.append(
                Sentence(
                    de=f"Ton wurde nicht lange genug gehört ({of.de}, Gespräch {span.name})",
                    en=f"sound was not heard for long enough ({of.en}, call {span.name})",
                )
            )
            continue
        inside = sum(begin <= at < end for at, _ in said)
        found.append(Sounds(span, viewer, sender, matched, inside, begin, end, records))
    return found, gaps


def _rows(marks: Iterable[SoundMarks]) -> list[tuple[float, int]]:
    return sorted(row for each in marks for row in zip(each.at_ms, each.which, strict=True))


def _matched(spoken: list[tuple[float, int]], heard: list[tuple[float, int]]) -> list[tuple[float, float]]:
    """Each mark heard, with the last one of its kind that was spoken before; a mark that none was is left out."""
    by_kind: dict[int, list[float]] = defaultdict(list)
    for at, which in spoken:
        by_kind[which].append(at)
    matched = []
    for at, which in heard:
        times = by_kind[which]
        place = bisect_right(times, at - EARLIEST)
        if place and EARLIEST <= at - times[place - 1] <= LONGEST:
            matched.append((times[place - 1], at - times[place - 1]))
    return sorted(matched)
