"""Frames too short to hold anything but silence, which some applications send without encrypting them.

The DAVE protocol, for one, lets the silence of Opus pass, which a media server may also put in by itself
(daveprotocol.com, "Silence packet passthrough").
"""

from collections.abc import Sequence
from typing import Literal

SHORT = 16  # bytes: whatever is shorter has no run of bytes by which it could be known to be an encoder's
SILENCE = bytes.fromhex("f8fffe")  # of Opus: 20 ms, mono

Kind = Literal["", "empty", "silence", "pause"]


def kind_of(codec: str, data: bytes) -> Kind:
    """What a frame as an encoder makes it says of itself, whoever made it; "" where it is none of these.

    ``silence``: Opus in its CELT mode (RFC 6716, section 3.1) with the silence flag alone, which its range coder writes
    as FF FE (section 4.3). ``pause``: hardly more than the byte with which each packet of Opus begins, as it sends it
    when nobody speaks (DTX; sections 2.1.9 and 3.2.1).
    """
    if not data:
        return "empty"
    if codec != "opus":
        return ""
    if len(data) < len(SILENCE):
        return "pause"
    is_celt, one_frame = data[0] >= 0x80, not data[0] & 3
    return "silence" if is_celt and one_frame and data[1:] == SILENCE[1:] else ""


def short_and_clear(frames: Sequence[bytes], clear: Sequence[bool]) -> tuple[bool, ...]:
    """For each frame: is it in the clear (``clear``) and ``SHORT``?"""
    return tuple(is_clear and len(frame) < SHORT for frame, is_clear in zip(frames, clear, strict=True))
