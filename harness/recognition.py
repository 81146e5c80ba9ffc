"""The search for a canary in a stream's frames: what a decoder makes of them, without keys or with."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from harness.media.canary import Canaries
from harness.media.decode import decode_opus, decode_video, noise_picture
from harness.media.picture import recognise_picture
from harness.media.speech import recognise_speech
from harness.wire.frames import Frame

EVERY = 5  # every fifth decoded picture is searched for its mark: six a second
SOUND_FRAMES = 400  # at most 8 s of sound are compared


@dataclass(frozen=True, slots=True)
class Recognised:
    """The figures of a ``Recognition`` and the picture that goes with it (PNG)."""

    looked: int
    decoded: int
    found: int
    score: float | None
    picture: bytes | None


def recognise_video(codec: str, frames: Sequence[Frame], canaries: Canaries, party: str) -> Recognised:
    """Decodes a video stream and looks for the marks of a party's canary; noise is drawn where nothing decodes."""
    pictures = decode_video(codec, [frame.data for frame in frames])
    found, shown = 0, None
    for picture in pictures[::EVERY]:
        marks = recognise_picture(picture)
        if any(mark.party == party and mark.token == canaries.token for mark in marks):
            found += 1
            shown = picture
    if shown is None:
        shown = pictures[-1] if pictures else noise_picture(b"".join(frame.data for frame in frames[:60]), (640, 360))
    return Recognised(len(pictures[::EVERY]) or len(frames), len(pictures), found, None, _png(shown))


def recognise_audio(frames: Sequence[Frame], canaries: Canaries, party: str) -> Recognised:
    """Decodes Opus frames and compares the sound with what the party's canary speaks."""
    chosen = frames[-SOUND_FRAMES:]
    pcm, rate = decode_opus([frame.data for frame in chosen])
    score = recognise_speech(pcm, rate, canaries.fingerprint(party)) if len(pcm) else None
    return Recognised(len(chosen), len(pcm) * 50 // rate, int(score is not None and score >= 0.5), score, None)


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
