"""What the bots send: a few seconds of real Opus and VP8 or VP9, sealed by SFrame and cut into packets beforehand.

One loop serves all bots of a process: each begins elsewhere in it, and what a server can tell streams apart by (source,
sequence numbers, timestamps, picture ids) is written anew for each packet. Nobody opens the frames, so that
bytes near the end of every payload can say when it was sent (``STAMP``).
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from harness.wire.sframe import SUITES, SFrameKey, derive_key, seal
from load.pump.encoded import AUDIO_CLOCK, FRAME_RATE, HEIGHT, WIDTH, pictures, speech

STAMP = 8  # bytes: when a packet was sent, in ns since the epoch, little-endian; 0: sent again. Where: ``stamp_at``
VIDEO_CLOCK = 90_000
LARGEST = 1150  # bytes of a payload with its descriptor: with RTP header, SRTP tag, UDP and IPv6 below 1280
_SUITE = 5  # AES_256_GCM_SHA512_128, as the town hall's client uses
VP8_CLEAR = {
    True: 10,
    False: 3,
}  # bytes that stay readable, by whether it is a key frame: a browser's decoder wants them


@dataclass(frozen=True, slots=True)
class Loop:
    """Frames in a circle, the first of them a key frame. Columns: ``payload`` uint8 [packets, width], ``size`` of each,
    ``last`` (128 where a packet ends its frame, the marker bit); of each frame its ``first`` packet and ``count``.
    ``step``: the RTP timestamp's from each to the next. ``picture_at``: where in a payload the picture id is, or -1.
    All packets of a frame but the last have one size: what segmentation offload asks for.
    """

    kind: str
    codec: str
    clock: int
    payload: NDArray[np.uint8]
    size: NDArray[np.int32]
    last: NDArray[np.uint8]
    first: NDArray[np.int64]
    count: NDArray[np.int64]
    step: int
    picture_at: int = -1

    @property
    def octets(self) -> NDArray[np.int64]:
        """The bytes of each frame."""
        return np.add.reduceat(self.size.astype(np.int64), self.first)

    @property
    def frames(self) -> int:
        """How many frames the circle has."""
        return len(self.first)

    @property
    def seconds(self) -> float:
        """The time between two frames."""
        return self.step / self.clock

    @property
    def rate(self) -> float:
        """Packets a second."""
        return len(self.size) / (self.frames * self.seconds)


@lru_cache(maxsize=8)
def opus(seconds: float = 4.0, sealed: bool = True) -> Loop:
    """Speech-like sound in frames of 20 ms, each in one packet; ``sealed`` by SFrame, or as the encoder made it."""
    seal = _seal if sealed else _leave
    frames = [seal(number, each) for number, each in enumerate(speech(round(seconds * 50)))]
    return _loop("audio", "opus", AUDIO_CLOCK, [[each] for each in frames], AUDIO_CLOCK // 50)


@lru_cache(maxsize=8)
def silence(sealed: bool = True) -> Loop:
    """What Opus with DTX sends while nobody talks: one frame of a quiet room in 400 ms (RFC 6716, section 2.1.9).

    The encoder at hand cannot be told DTX: these are frames that it makes of such a room, and the others are left out.
    """
    seal = _seal if sealed else _leave
    frames = [seal(number, each) for number, each in enumerate(speech(50, voice=0, breath=1))][25:]
    return _loop("audio", "opus", AUDIO_CLOCK, [[each] for each in frames], AUDIO_CLOCK * 2 // 5)


@lru_cache(maxsize=8)
def video(codec: str, seconds: float = 4.0, sealed: bool = True) -> Loop:
    """A moving picture of 640x360 with 30 frames a second in ``vp8`` or ``vp9``, a key frame at its beginning."""
    packets = []
    seal = _seal if sealed else _leave
    for number, (frame, key) in enumerate(pictures(codec, round(seconds * FRAME_RATE))):
        if codec == "vp8":
            clear = VP8_CLEAR[key]
            packets.append(_vp8(frame[:clear] + seal(number, frame[clear:], frame[:clear])))
        else:
            packets.append(_vp9(seal(number, frame), key))
    step = VIDEO_CLOCK // FRAME_RATE
    return _loop("video", codec, VIDEO_CLOCK, packets, step, 2 if codec == "vp8" else 1)


def _seal(number: int, frame: bytes, clear: bytes = b"") -> bytes:
    return seal(_key(), number, frame, clear)


def _leave(number: int, frame: bytes, clear: bytes = b"") -> bytes:
    """A frame as an encoder made it: what sealing costs is seen by leaving it out."""
    del number, clear
    return frame


@lru_cache(maxsize=1)
def _key() -> SFrameKey:
    return derive_key(next(each for each in SUITES.values() if each.id == _SUITE), 1, secrets.token_bytes(32))


def _loop(
    kind: str, codec: str, clock: int, packets: Sequence[Sequence[bytes]], step: int, picture_at: int = -1
) -> Loop:
    flat = [payload for frame in packets for payload in frame]
    count = np.array([len(frame) for frame in packets], np.int64)
    table = np.zeros((len(flat), max(map(len, flat)) + STAMP), np.uint8)
    for row, payload in zip(table, flat, strict=True):
        row[: len(payload)] = np.frombuffer(payload, np.uint8)
    size = np.array([len(payload) for payload in flat], np.int32)
    ends = np.cumsum(count)
    last = np.zeros(len(flat), np.uint8)
    last[ends - 1] = 0x80
    return Loop(kind, codec, clock, table, size, last, ends - count, count, step, picture_at)


def stamp_at(size: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where in payloads of these sizes the stamp is: the last eight bytes that begin at a multiple of eight."""
    return (size >> 3) - 1 << 3


def split(data: bytes, room: int, less_in_first: int = 0) -> list[bytes]:
    """Cut into as few parts as ``room`` allows, all of one size but the last, which may be smaller.

    The first leaves ``less_in_first`` bytes for a longer descriptor.
    """
    parts = -(-(len(data) + less_in_first) // room)
    each = -(-(len(data) + less_in_first) // parts)
    first = each - less_in_first
    return [data[:first], *(data[at : at + each] for at in range(first, len(data), each))]


def _vp8(frame: bytes) -> list[bytes]:
    """VP8 payload descriptors with a 15-bit picture id (RFC 7741, section 4.2)."""
    parts = split(frame, LARGEST - 4)
    return [bytes([0x80 | 0x10 * (number == 0), 0x80, 0x80, 0]) + part for number, part in enumerate(parts)]


def _vp9(frame: bytes, key: bool) -> list[bytes]:
    """VP9 descriptors with a 15-bit picture id, non-flexible, one layer (RFC 9628, section 4.2).

    A key frame's first packet has the scalability structure with the picture's size, as Chromium sends it.
    """
    structure = bytes([0x10]) + WIDTH.to_bytes(2, "big") + HEIGHT.to_bytes(2, "big") if key else b""
    parts = split(frame, LARGEST - 3, len(structure))
    packets = []
    for number, part in enumerate(parts):
        begins, ends = number == 0, number == len(parts) - 1
        flags = 0x80 | 0x40 * (not key) | 0x08 * begins | 0x04 * ends | 0x02 * bool(begins and key)
        packets.append(bytes([flags, 0x80, 0]) + (structure if begins else b"") + part)
    return packets
