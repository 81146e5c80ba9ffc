"""What a run would have kept of a made-up call: pictures that say their number by their grey, and sound with a gap."""

import hashlib
import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from harness.media.flac import write_flac
from harness.model.evidence import Evidence
from harness.model.observations import (
    AnyObservation,
    Blob,
    CameraFilm,
    PairCompared,
    PicturesDrawn,
    PicturesKept,
    PicturesShown,
    Record,
    SoundKept,
)
from tests.quality_checks.calls import BEGAN, PARTIES

RATE = 16000
FILM = 12  # pictures


def grey(level: int) -> bytes:
    """A picture of one grey."""
    out = io.BytesIO()
    Image.new("RGB", (64, 36), (level, level, level)).save(out, "JPEG", quality=90)
    return out.getvalue()


def level_of(data: bytes) -> int:
    """The grey of such a picture."""
    with Image.open(io.BytesIO(data)) as opened:
        return round(float(np.asarray(opened.convert("L")).mean()))


def ends(pictures: Sequence[bytes]) -> tuple[int, ...]:
    return tuple(int(end) for end in np.cumsum([len(each) for each in pictures]))


def hum(seconds: float, gap: tuple[float, float] = (0, 0)) -> NDArray[np.int16]:
    """A hum of 400 Hz with a gap in it."""
    times = np.arange(round(seconds * RATE)) / RATE
    sound = 0.2 * np.sin(2 * np.pi * 400 * times) * ((times < gap[0]) | (times >= gap[1]))
    return np.round(sound * 32767).astype(np.int16)


class Blobs(dict[str, bytes]):
    """The files of the evidence."""

    def keep(self, path: str, data: bytes) -> Blob:
        self[path] = data
        return Blob(path=path, sha256=hashlib.sha256(data).hexdigest(), size=len(data))


def with_sights(
    seen: Sequence[AnyObservation], *, seconds: float = 40.0, gap: tuple[float, float] = (20.0, 23.0)
) -> Evidence:
    """The evidence of a call together with its album: two pictures a second, and the sound with a gap."""
    blobs = Blobs()
    found: list[AnyObservation] = []
    for each in seen:
        if isinstance(each, PicturesDrawn) and each.media == "video":
            each = each.model_copy(update={"film": tuple(number % FILM for number in each.number)})
        found.append(each)
        if isinstance(each, PicturesShown):
            found += _pictures(each, seconds, blobs)
    call = seen[0].call
    for speaker in PARTIES:
        for party in PARTIES:
            sound = hum(seconds, gap if party != speaker else (0, 0))
            blob = blobs.keep(f"album/{call}-{party}-{speaker}.flac", write_flac(sound, RATE))
            found.append(
                SoundKept(call=call, party=party, sender=speaker, blob=blob, from_ms=BEGAN * 1000, seconds=seconds)
            )
    return Evidence([Record(id=f"r{number}", at=BEGAN, seen=each) for number, each in enumerate(found)], blobs)


def _pictures(shown: PicturesShown, seconds: float, blobs: Blobs) -> list[AnyObservation]:
    times = [(BEGAN + 0.25 + 0.5 * number) * 1000 for number in range(int(2 * seconds))]
    places = [max(0, int(np.searchsorted(shown.at_ms, at)) - 1) for at in times]
    kept = [grey(100 + (shown.number[place] or 0) % 100) for place in places]
    film = [grey(20 * number + 10) for number in range(FILM)]
    call, party, sender = shown.call, shown.party, shown.sender
    film_blob = blobs.keep(f"album/film-{sender}.mjpeg", b"".join(film))
    pair = blobs.keep("album/given.jpg", grey(200)), blobs.keep("album/seen.jpg", grey(50))
    return [
        CameraFilm(call=call, party=sender, media="video", blob=film_blob, ends=ends(film)),
        PicturesKept(call=call, party=party, sender=sender, media="video", ends=ends(kept), at_ms=tuple(times),
                     blob=blobs.keep(f"album/{call}-{party}.mjpeg", b"".join(kept)),
                     number=tuple(shown.number[place] for place in places)),
        PairCompared(call=call, party=party, sender=sender, media="video", figure="vmaf", at_ms=(BEGAN + 48) * 1000,
                     number=3, given=pair[0], seen=pair[1]),
    ]  # fmt: skip
