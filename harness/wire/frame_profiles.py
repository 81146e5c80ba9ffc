"""How products frame what they encrypt, and which bytes of a frame they say they leave in the clear.

``sframe`` is RFC 9605: nothing is clear. Jitsi and LiveKit encrypt with AES-GCM behind the first bytes of the frame,
which a media server of theirs reads, and put a trailer behind it::

    clear bytes || ciphertext || tag (16) || IV (12) || length of the IV (1) || key index (1)
"""

from collections.abc import Mapping
from dataclasses import dataclass

from harness.model.errors import WireError

TAG = 16
IV = 12


@dataclass(frozen=True, slots=True)
class ClearBytes:
    """How many bytes at the head of a frame may be clear: of a picture's key and delta frames, and of sound."""

    key_frame: int = 0
    delta_frame: int = 0
    audio: int = 0


@dataclass(frozen=True, slots=True)
class FrameProfile:
    """A product's way: ``header``: an SFrame header comes first; ``trailer``: a trailer comes last; ``clear_frames``:
    the short frames (hex) that it says it does not encrypt at all."""

    name: str
    title: str
    clear: ClearBytes
    header: bool = False
    trailer: bool = False
    clear_frames: tuple[str, ...] = ()


# A VP8 key frame's header has 10 bytes and a delta frame's 3 (RFC 6386, section 9.1); Opus begins with one (RFC 6716).
_VP8_AND_OPUS = ClearBytes(key_frame=10, delta_frame=3, audio=1)

PROFILES: Mapping[str, FrameProfile] = {
    profile.name: profile
    for profile in (
        FrameProfile("sframe", "SFrame (RFC 9605)", ClearBytes(), header=True),
        FrameProfile("jitsi", "Jitsi Meet", _VP8_AND_OPUS, trailer=True),
        FrameProfile("livekit", "LiveKit", _VP8_AND_OPUS, trailer=True),
    )
}


@dataclass(frozen=True, slots=True)
class TrailedFrame:
    """The parts of a frame with a trailer."""

    clear: bytes
    ciphertext: bytes
    tag: bytes
    iv: bytes
    key_index: int


def parse_trailed(data: bytes, clear: int) -> TrailedFrame:
    """Reads a frame whose first ``clear`` bytes are not encrypted.

    Raises ``WireError`` where it is too short for its parts or its trailer tells of another IV than one of 12 bytes.
    """
    if clear < 0:
        raise WireError("frame trailer: no frame has fewer than 0 clear bytes")
    if len(data) < 2:
        raise WireError("frame trailer: cut inside the trailer")
    size, key_index = data[-2], data[-1]
    if size != IV:
        raise WireError(f"frame trailer: an IV of {size} bytes is unknown")
    end = len(data) - 2 - IV
    if end - TAG < clear:
        raise WireError("frame trailer: too short for clear bytes, tag and IV")
    return TrailedFrame(data[:clear], data[clear : end - TAG], data[end - TAG : end], data[end:-2], key_index)


def build_trailed(frame: TrailedFrame) -> bytes:
    """The bytes of a frame with a trailer. Raises ``WireError`` for a part that does not fit."""
    if len(frame.tag) != TAG or len(frame.iv) != IV or not 0 <= frame.key_index < 256:
        raise WireError("frame trailer: a tag has 16 bytes, an IV 12 and a key index one")
    return frame.clear + frame.ciphertext + frame.tag + frame.iv + bytes((IV, frame.key_index))


def is_key_frame(codec: str, data: bytes) -> bool:
    """Whether an encoder's picture begins anew, as its first byte says; False where the codec does not say it there."""
    if not data:
        return False
    if codec == "vp8":
        return not data[0] & 1  # RFC 6386, section 9.1
    if codec == "vp9":
        return data[0] >> 4 == 0b1000 and not data[0] & 0b1100  # profile 0, a new frame, of type KEY_FRAME
    return False


def permitted(clear: ClearBytes, codec: str, data: bytes) -> int:
    """How many bytes of an encoder's frame ``data`` may be seen at its head."""
    if codec == "opus":
        return clear.audio
    return clear.key_frame if is_key_frame(codec, data) else clear.delta_frame
