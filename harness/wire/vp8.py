"""The VP8 RTP payload descriptor (RFC 7741 section 4.2)."""

from dataclasses import dataclass

from harness.model.errors import WireError


@dataclass(frozen=True, slots=True)
class Vp8Descriptor:
    """The descriptor of one packet; ``size`` is its length in bytes. ``begins``: S is set and the partition is 0."""

    size: int
    begins: bool


def parse_vp8(payload: bytes) -> Vp8Descriptor:
    """Read the descriptor at the start of an RTP payload. Raises ``WireError`` where it is cut short."""
    try:
        at = 1
        if payload[0] & 0x80:
            extended = payload[at]
            at += 1
            if extended & 0x80:
                at += 2 if payload[at] & 0x80 else 1
            at += bool(extended & 0x40) + bool(extended & 0x30)
        begins = payload[0] & 0x17 == 0x10  # without the reserved bit between S and the partition
    except IndexError as error:
        raise WireError("VP8: cut inside the payload descriptor") from error
    if at > len(payload):
        raise WireError("VP8: cut inside the payload descriptor")
    return Vp8Descriptor(at, begins)
