"""The VP9 RTP payload descriptor (RFC 9628 section 4.2), flexible and non-flexible mode."""

from dataclasses import dataclass

from harness.model.errors import WireError


@dataclass(frozen=True, slots=True)
class Vp9Descriptor:
    """The descriptor of one packet; ``size`` is its length in bytes, the rest of the payload is of the frame.

    ``begins`` and ``ends`` are B and E (first and last packet of a layer frame), ``inter`` is P, ``flexible`` F,
    ``structure`` V (a scalability structure is present). Ids are -1 where the packet does not carry them.
    """

    size: int
    begins: bool
    ends: bool
    inter: bool
    flexible: bool
    structure: bool
    picture_id: int = -1
    temporal_id: int = -1
    spatial_id: int = -1
    tl0picidx: int = -1


def parse_vp9(payload: bytes) -> Vp9Descriptor:
    """Read the descriptor at the start of an RTP payload. Raises ``WireError`` where it is cut short or not valid."""
    try:
        return _parse(payload)
    except IndexError as error:
        raise WireError("VP9: cut inside the payload descriptor") from error


def _parse(payload: bytes) -> Vp9Descriptor:
    flags = payload[0]
    has_id, inter, layers, flexible = flags & 0x80, flags & 0x40, flags & 0x20, flags & 0x10
    at = 1
    picture_id = temporal = spatial = tl0picidx = -1
    if has_id:
        picture_id = payload[at] & 0x7F
        if payload[at] & 0x80:
            picture_id = picture_id << 8 | payload[at + 1]
            at += 1
        at += 1
    elif flexible:
        raise WireError("VP9: flexible mode without a picture id")
    if layers:
        temporal, spatial = payload[at] >> 5, payload[at] >> 1 & 7
        at += 1
        if not flexible:
            tl0picidx = payload[at]
            at += 1
    if flexible and inter:
        at = _skip_references(payload, at)
    if flags & 0x02:
        at = _skip_structure(payload, at)
    if at > len(payload):
        raise WireError("VP9: cut inside the payload descriptor")
    return Vp9Descriptor(
        at,
        bool(flags & 0x08),
        bool(flags & 0x04),
        bool(inter),
        bool(flexible),
        bool(flags & 0x02),
        picture_id,
        temporal,
        spatial,
        tl0picidx,
    )


def _skip_references(payload: bytes, at: int) -> int:
    """Up to three P_DIFF bytes, each saying in its last bit whether another follows."""
    for _ in range(3):
        more = payload[at] & 1
        at += 1
        if not more:
            return at
    raise WireError("VP9: more than three reference indices")


def _skip_structure(payload: bytes, at: int) -> int:
    """The scalability structure (section 4.2.1): resolutions of the layers, then the picture group."""
    head = payload[at]
    at += 1
    if head & 0x10:
        at += 4 * ((head >> 5) + 1)
    if head & 0x08:
        pictures = payload[at]
        at += 1
        for _ in range(pictures):
            at += 1 + (payload[at] >> 2 & 3)
    return at
