"""The album of a call: what its screens showed now and then, and its sound, kept for people (``inject/album.js``).

It is made of every measured call. Only streams that bear the bench's own marks are kept: what other people send is
neither looked at nor listened to.
"""

import base64
import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Error, Page

from harness.media.canary import Canaries
from harness.media.flac import write_flac
from harness.media.strip import SCREEN, read_strip
from harness.model.errors import BenchError
from harness.model.observations import (
    CameraFilm,
    Observation,
    PicturesKept,
    SoundKept,
    SoundMarks,
    TapStatus,
)
from harness.quality.people import Meeting
from harness.scores.film import split_film
from harness.store import RunStore

RATE = 16000  # Hz, of what tape.js keeps
WIDE, QUALITY = 448, 75  # of a film's picture: pixels, of JPEG
_AT_ONCE = 40  # pictures or blocks of sound in one message
_BITS = np.int16(-16)  # of a sample that are kept: the highest twelve, for what lies beneath nobody sees or hears
_SILENT = 16 / 32768
_LATE = 60.0  # ms by which a block may come late before time is taken for missing
_NEAR = 4  # blocks around one, the most punctual of which tells the clock

Samples = NDArray[np.int16]
Which = Literal["said", "heard"]


@dataclass(slots=True)
class Album:
    """Keeps the pictures and the sound of a call from ``begin`` to ``end``; neither raises."""

    meeting: Meeting
    canaries: Canaries
    store: RunStore
    _kept: dict[str, str] = field(default_factory=dict)  # party: why not, empty where all is well

    def begin(self) -> None:
        """From now on."""
        for party, person in self.meeting.people.items():
            try:
                person.page.evaluate("pruefstandAlbum.begin()")
                self._kept[party] = ""
            except Error:
                self._kept[party] = f"The {party}'s page could not begin to keep pictures and sound."

    def end(self, noted: Sequence[Observation]) -> list[Observation]:
        """Until now: what was kept, and for each person whether it was. ``noted`` is what else was seen of the call."""
        found: list[Observation] = []
        call = self.meeting.label
        for person in self.meeting.people.values():  # both at once: to fetch what one kept takes seconds
            with suppress(Error):
                person.page.evaluate("pruefstandAlbum.end()")
        for party in self._kept:
            reason = self._kept[party]
            mine: list[Observation] = []
            if not reason:
                try:
                    mine = [*self._of(party, self.meeting.people[party].page, noted)]
                    reason = "" if mine else f"Nothing that bears the bench's marks reached the {party}."
                except (Error, BenchError, ValueError, OSError):
                    reason = f"What the {party}'s page kept of pictures and sound could not be fetched."
            found += mine
            state: Literal["ok", "silent"] = "ok" if mine else "silent"
            found.append(TapStatus(call=call, party=party, vantage="album", state=state, reason=reason))
        return found

    def _of(self, party: str, page: Page, noted: Sequence[Observation]) -> Iterator[Observation]:
        call, sender = self.meeting.label, self.meeting.call.other(party)
        told: dict[str, Any] = page.evaluate("pruefstandAlbum.told()")
        pictures = _fetched(page, "pictures", len(told["pictures"]))
        numbers = [number_of(each) for each in pictures]
        if any(number is not None for number in numbers):
            yield self._film(sender)
            yield PicturesKept(
                call=call, party=party, sender=sender, media="video",
                blob=self.store.add_blob(f"album/{call}-{party}.mjpeg", b"".join(pictures)),
                ends=_ends(pictures), at_ms=tuple(round(at, 1) for at in told["pictures"]),
                number=tuple(numbers), missed=told["missed"], cost_ms=round(told["cost"], 1),
            )  # fmt: skip
        marked = {one.sender for one in noted if isinstance(one, SoundMarks) and one.party == party and one.at_ms}
        sounds: tuple[tuple[Which, str], ...] = (("said", party), ("heard", sender))
        for which, speaker in sounds:
            blocks = _fetched(page, f"sound/{which}", len(told[which]))
            sound, from_ms, gaps = laid(told[which], [np.frombuffer(each, "<i2") for each in blocks])
            if len(sound) and (speaker in marked or np.abs(sound).max() <= _SILENT * 32768):
                yield SoundKept(
                    call=call, party=party, sender=speaker,
                    blob=self.store.add_blob(f"album/{call}-{party}-{which}.flac", write_flac(sound & _BITS, RATE)),
                    from_ms=round(from_ms, 1), seconds=round(len(sound) / RATE, 3), gaps_ms=round(gaps, 1),
                )  # fmt: skip
        page.evaluate("pruefstandAlbum.forget()")

    def _film(self, party: str) -> CameraFilm:
        small = film_pictures(self.canaries.tall_film(party).read_bytes())
        blob = self.store.add_blob(f"album/film-{party}-{self.canaries.token}.mjpeg", b"".join(small))
        return CameraFilm(call=self.meeting.label, party=party, media="video", blob=blob, ends=_ends(small))


@lru_cache(maxsize=4)
def film_pictures(film: bytes) -> tuple[bytes, ...]:
    """The pictures of a film, small, as JPEG."""
    small = []
    for each in split_film(film):
        with Image.open(io.BytesIO(each)) as picture:
            size = WIDE, 2 * round(WIDE * picture.height / picture.width / 2)
            out = io.BytesIO()
            picture.convert("RGB").resize(size, Image.Resampling.LANCZOS).save(out, "JPEG", quality=QUALITY)
        small.append(out.getvalue())
    return tuple(small)


def number_of(picture: bytes) -> int | None:
    """The number in the strip of a JPEG; None where there is none, and for what is no picture."""
    try:
        with Image.open(io.BytesIO(picture), formats=["JPEG"]) as opened:
            number = read_strip(np.asarray(opened.convert("L"), np.uint8))
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    return None if number is None else number % SCREEN


def laid(told: Sequence[dict[str, float]], blocks: Sequence[Samples]) -> tuple[Samples, float, float]:
    """Blocks of sound laid out by their times: the samples, when the first was there (ms), and the ms missing between.

    ``told`` says of each block the number of its first sample, and how far (ms) the host's clock was ahead of that.
    """
    if not blocks or len(told) != len(blocks):
        return np.zeros(0, np.int16), 0.0, 0.0
    whole: list[Samples] = []
    begins, length, gaps = 0.0, 0, 0.0
    for place, (one, block) in enumerate(zip(told, blocks, strict=True)):
        near = told[max(0, place - _NEAR) : place + _NEAR + 1]
        at = one["first"] * 1000 / RATE + min(each["ahead"] for each in near)
        if not place:
            begins = at
        late = at - (begins + length * 1000 / RATE)
        if late > _LATE:
            gaps += late
            missing = np.zeros(round(late * RATE / 1000), np.int16)
            whole.append(missing)
            length += len(missing)
        whole.append(block)
        length += len(block)
    return np.concatenate(whole), begins, gaps


def _fetched(page: Page, what: str, count: int) -> list[bytes]:
    name, _, which = what.partition("/")
    script = f"([which, from, to]) => pruefstandAlbum.{name}({'which, ' if which else ''}from, to)"
    found: list[str] = []
    for start in range(0, count, _AT_ONCE):
        found += page.evaluate(script, [which, start, min(count, start + _AT_ONCE)])
    return [base64.b64decode(each) for each in found]


def _ends(pictures: Sequence[bytes]) -> tuple[int, ...]:
    return tuple(int(end) for end in np.cumsum([len(each) for each in pictures]))
