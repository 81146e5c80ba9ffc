"""Of the pictures that were compared a pair to look at: what was sent beside what was seen of it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from harness.model.observations import Media
from harness.model.observations.quality import Figure
from harness.scores.film import Film, Luma
from harness.scores.kept import KeptPicture
from harness.scores.video import Box, Seen, pairs

_QUALITY = 80  # of JPEG: what a codec took away before is to be seen, and nothing besides


@dataclass(frozen=True, slots=True)
class Pair:
    """``figure`` names the score that they belong to; ``at_ms`` is when it was shown, ``number`` that in the film."""

    figure: Figure
    media: Media
    at_ms: float
    number: int | None
    given: Luma
    seen: Luma


def worst_pair(seen: Sequence[Seen], kept: Sequence[KeptPicture], film: Film, hidden: Sequence[Box]) -> Pair:
    """The pair that differs most (mean square, what is ``hidden`` aside). ``seen`` are of ``kept``, and not none."""
    apart = [
        float(np.mean(np.square(given.astype(np.float64) - came))) for given, came in pairs(seen, film, list(hidden))
    ]
    worst = seen[int(np.argmax(apart))]
    at_ms = next(each.at_ms for each in kept if each.luma is worst.luma)
    given = film.luma(worst.number, worst.colours)
    return Pair("vmaf", "video", at_ms, worst.number % len(film), given, worst.luma)


def jpeg(luma: Luma) -> bytes:
    """A picture of brightness as JPEG."""
    out = io.BytesIO()
    Image.fromarray(luma).save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
