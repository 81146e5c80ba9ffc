"""Scores of what was kept of a call, as observations; where a figure cannot be had, the sentence why."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from PIL import Image

from harness.media.canary import Canaries
from harness.media.document import SIZE, document_text, draw_document
from harness.media.picture import recognise_picture
from harness.media.voice import speak
from harness.model.errors import BenchError
from harness.model.observations import Scored
from harness.model.observations.quality import Figure
from harness.scores.characters import score_characters
from harness.scores.film import COLOURS, Colours, Film
from harness.scores.kept import Kept, KeptPicture
from harness.scores.pair import Pair, worst_pair
from harness.scores.speech import score_speech
from harness.scores.video import Box, Seen, held, pairs, score_video

PAGES = 3  # pictures of the shared page that are read, the best of which counts: somebody who reads can wait for it


@dataclass(slots=True)
class Scores:
    """What could be scored, and a sentence for each figure that could not; and a pair of it for people to look at."""

    found: list[Scored] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    pair: Pair | None = None


def score_pictures(kept: Kept, canaries: Canaries, party: str, sender: str, *, skipped: bool = False) -> Scores:
    """VMAF, SSIM and PSNR of what ``party`` saw of the camera of ``sender``: of the pictures that were shown.

    With ``skipped`` those count, too, that never were: each stands beside the one that was held for it.
    """

    worst: list[Pair] = []

    def judged() -> Iterator[Scored]:
        film = Film(canaries.tall_film(sender))
        seen = coloured(numbered(kept.pictures, canaries, sender, len(film)), film)
        worst.append(worst_pair(seen, kept.pictures, film, [_strip(film)]))
        result = score_video((held if skipped else pairs)(seen, film, [_strip(film)]))
        span = kept.pictures[0].at_ms, kept.pictures[-1].at_ms
        figures: list[tuple[Figure, float]] = [("vmaf", result.vmaf), ("ssim", result.ssim), ("psnr", result.psnr)]
        for figure, value in figures:
            yield _scored(party, sender, figure, value, span, result.pictures, result.by)

    scores = _tried(judged)
    scores.pair = worst[0] if worst else None
    return scores


def score_sound(kept: Kept, party: str, sender: str) -> Scores:
    """ViSQOL and STOI of what ``party`` heard of the voice of ``sender``."""

    def judged() -> Iterator[Scored]:
        result = score_speech(speak(sender), kept.sound)
        span = kept.sound_from_ms, kept.sound_to_ms
        yield _scored(party, sender, "speech", result.speech, span, result.seconds, result.by)
        yield _scored(party, sender, "stoi", result.stoi, span, result.seconds, result.stoi_by)

    return _tried(judged)


def score_page(kept: Kept, party: str, sender: str) -> Scores:
    """The share of the shared page's characters that ``party`` cannot read, in the best of the last pictures of it."""

    read_best: list[Pair] = []

    def judged() -> Iterator[Scored]:
        last = kept.pictures[-PAGES:]
        if not last:
            raise BenchError("No picture of the shared page was kept.")
        read = [score_characters(Image.fromarray(each.luma), document_text(), SIZE) for each in last]
        best = min(read, key=lambda score: score.share)
        shown = last[read.index(best)]
        given = np.asarray(draw_document().convert("L"), np.uint8)
        read_best.append(Pair("characters", "screen", shown.at_ms, None, given, shown.luma))
        yield _scored(
            party, sender, "characters", best.share, (last[0].at_ms, last[-1].at_ms), best.characters, best.by
        )

    scores = _tried(judged)
    scores.pair = read_best[0] if read_best else None
    return scores


def numbered(pictures: Sequence[KeptPicture], canaries: Canaries, sender: str, loop: int) -> list[Seen]:
    """The pictures with their numbers in the film, which its own mark tells; in its next rounds they are counted on.

    Where that is blurred the strip serves, which counts pictures as they are sent: how far the two are apart is known
    from the others. A picture in which neither is readable is left out. Raises ``BenchError`` where no mark is.
    """
    marks = [_mark(each, canaries, sender) for each in pictures]
    apart = Counter(
        (each.number - mark) % loop
        for each, mark in zip(pictures, marks, strict=True)
        if each.number is not None and mark is not None
    )
    if not any(mark is not None for mark in marks):
        raise BenchError(f"In no picture the mark of the {sender}'s film could be read, so none can be compared.")
    usual = apart.most_common(1)[0][0] if apart else None
    seen: list[Seen] = []
    for each, mark in zip(pictures, marks, strict=True):
        if mark is None and each.number is not None and usual is not None:
            mark = (each.number - usual) % loop
        if mark is not None:
            if seen:  # counted on, round after round
                mark = seen[-1].number + (mark - seen[-1].number) % loop
            seen.append(Seen(mark, each.luma))
    return seen


def coloured(seen: Sequence[Seen], film: Film) -> list[Seen]:
    """The pictures with the colours that their sender's browser must have given them: those that fit the first best."""
    if not seen:
        return []

    def apart(colours: Colours) -> float:
        [(sent, came)] = pairs([replace(seen[0], colours=colours)], film, [_strip(film)])
        return float(np.mean(np.square(sent.astype(np.float64) - came)))

    best = min(COLOURS, key=apart)
    return [replace(each, colours=best) for each in seen]


def _mark(picture: KeptPicture, canaries: Canaries, sender: str) -> int | None:
    found = recognise_picture(picture.luma)
    return next((mark.number for mark in found if (mark.party, mark.token) == (sender, canaries.token)), None)


def _strip(film: Film) -> Box:
    """What the strip with the number covers: the upper tenth, and what an encoder's blocks smear of it."""
    height, width = film.luma(0).shape
    return 0, 0, width, height // 10 + 4


def _scored(
    party: str, sender: str, figure: Figure, value: float, span: tuple[float, float], of: float, by: str
) -> Scored:
    return Scored(
        party=party, sender=sender, figure=figure, value=round(value, 4), from_ms=span[0], to_ms=span[1], of=of, by=by
    )


def _tried(judged: Callable[[], Iterator[Scored]]) -> Scores:
    scores = Scores()
    try:
        scores.found += judged()
    except BenchError as error:
        scores.missing.append(str(error))
    return scores
