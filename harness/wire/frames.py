"""The bench's own container of encoded media frames, kept as a blob beside the records of a run.

Layout, big-endian: ``PSFRAMES``, version (1 byte), count (4 bytes); then for each frame RTP timestamp (4 bytes),
arrival in seconds since the epoch (8 bytes, IEEE 754), length (4 bytes) and the bytes.
"""

import math
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from harness.model.errors import WireError

MAGIC = b"PSFRAMES"
VERSION = 1
_HEAD = struct.Struct("!8sBI")
_FRAME = struct.Struct("!IdI")


@dataclass(frozen=True, slots=True)
class Frame:
    """One encoded frame. ``timestamp``: RTP, unsigned 32 bits; ``at``: seconds since the epoch, 0.0 where unknown."""

    timestamp: int
    at: float
    data: bytes


def pack_frames(frames: Iterable[Frame]) -> bytes:
    """The frames as one blob, in their order. Raises ``WireError`` for a field that does not fit the container."""
    parts: list[bytes] = []
    for frame in frames:
        if not math.isfinite(frame.at):
            raise WireError("frame container: the arrival time is not a finite number")
        try:
            parts += [_FRAME.pack(frame.timestamp, frame.at, len(frame.data)), frame.data]
        except struct.error as error:
            raise WireError(f"frame container: timestamp {frame.timestamp} is not an unsigned 32-bit number") from error
    return b"".join([_HEAD.pack(MAGIC, VERSION, len(parts) // 2), *parts])


def unpack_frames(data: bytes) -> list[Frame]:
    """The frames of a blob. Raises ``WireError`` where it is of another format, cut short or has bytes left over."""
    if len(data) < _HEAD.size:
        raise WireError("frame container: cut inside the header")
    magic, version, count = _HEAD.unpack_from(data)
    if magic != MAGIC:
        raise WireError("frame container: does not begin with PSFRAMES")
    if version != VERSION:
        raise WireError(f"frame container: version {version} is unknown")
    frames: list[Frame] = []
    at = _HEAD.size
    for index in range(count):
        if len(data) - at < _FRAME.size:
            raise WireError(f"frame container: cut inside frame {index} of {count}")
        timestamp, arrival, length = _FRAME.unpack_from(data, at)
        at += _FRAME.size
        if len(data) - at < length:
            raise WireError(f"frame container: cut inside frame {index} of {count}")
        if not math.isfinite(arrival):
            raise WireError(f"frame container: frame {index} has no finite arrival time")
        frames.append(Frame(timestamp, arrival, data[at : at + length]))
        at += length
    if at != len(data):
        raise WireError(f"frame container: {len(data) - at} bytes left over")
    return frames
