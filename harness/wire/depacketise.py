"""From the RTP packets of one stream to its encoded frames: VP9 (RFC 9628), VP8 (RFC 7741), Opus (RFC 7587)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from harness.model.errors import WireError
from harness.wire.frames import Frame
from harness.wire.rtp import RtpPacket
from harness.wire.vp8 import parse_vp8
from harness.wire.vp9 import parse_vp9

Arrival = tuple[float, RtpPacket]  # seconds since the epoch, packet
Part = tuple[bytes, bool, bool]  # bytes of the frame, begins a frame, ends it


@dataclass(slots=True)
class Depacketised:
    """The complete frames of a stream in sending order, and what did not become one.

    ``lost`` counts sequence numbers never seen between the first and the last, ``duplicates`` packets seen again,
    ``malformed`` packets whose payload descriptor is broken, ``incomplete`` frames of which a part is missing.
    A frame's ``at`` is when its last part arrived: from then on the server held it whole.
    """

    frames: list[Frame] = field(default_factory=list)
    packets: int = 0
    lost: int = 0
    duplicates: int = 0
    malformed: int = 0
    incomplete: int = 0


def depacketise(codec: str, packets: Iterable[Arrival]) -> Depacketised:
    """Reassemble the packets of one stream, given in order of arrival.

    ``codec`` is "vp9", "vp8" or "opus" in any case; another one raises ``WireError``. Sequence numbers and timestamps
    may wrap. A change of SSRC starts counting afresh. Packets of padding alone (bandwidth probing) are no frames. Of
    VP9 with spatial layers each layer frame is a frame of its own, as the encoder and its transform see them.
    """
    split = _SPLITTERS.get(codec.lower())
    if split is None:
        raise WireError(f"no depacketiser for codec {codec!r}; known are {', '.join(sorted(_SPLITTERS))}")
    result = Depacketised()
    sources: dict[int, list[Arrival]] = {}
    for arrival in packets:
        sources.setdefault(arrival[1].ssrc, []).append(arrival)
    for arrivals in sources.values():
        _reassemble(split, _in_order(arrivals, result), result)
    return result


def _in_order(arrivals: list[Arrival], result: Depacketised) -> list[tuple[int, Arrival]]:
    """The packets by extended sequence number (RFC 3550 appendix A.1), each once."""
    seen: dict[int, Arrival] = {}
    newest = arrivals[0][1].sequence
    for arrival in arrivals:
        step = (arrival[1].sequence - newest + 0x8000) % 0x10000 - 0x8000
        extended = newest + step
        newest = max(newest, extended)
        if extended in seen:
            result.duplicates += 1
        else:
            seen[extended] = arrival
    result.packets += len(seen)
    result.lost += max(seen) - min(seen) + 1 - len(seen)
    return sorted(seen.items())


def _reassemble(split: Callable[[RtpPacket], Part], ordered: list[tuple[int, Arrival]], result: Depacketised) -> None:
    """Join neighbours from a beginning part to an ending one; whatever stays unfinished is an incomplete frame."""
    broken: set[int] = set()  # timestamps with a part that joined no frame
    open_parts: list[bytes] = []
    open_timestamp = previous = -1
    arrived = 0.0
    for extended, (at, packet) in ordered:
        if not packet.payload:
            previous = extended if previous == extended - 1 else previous
            continue
        try:
            data, begins, ends = split(packet)
        except WireError:
            result.malformed += 1
            broken.add(packet.timestamp)
            continue
        follows = bool(open_parts) and extended == previous + 1 and packet.timestamp == open_timestamp
        if open_parts and (begins or not follows):
            broken.add(open_timestamp)
            open_parts = []
        previous = extended
        if begins:
            open_parts, open_timestamp, arrived = [data], packet.timestamp, at
        elif follows:
            open_parts.append(data)
            arrived = max(arrived, at)
        else:
            broken.add(packet.timestamp)
            continue
        if ends:
            result.frames.append(Frame(packet.timestamp, arrived, b"".join(open_parts)))
            open_parts = []
    if open_parts:
        broken.add(open_timestamp)
    result.incomplete += len(broken)


def _split_vp9(packet: RtpPacket) -> Part:
    descriptor = parse_vp9(packet.payload)
    return packet.payload[descriptor.size :], descriptor.begins, descriptor.ends


def _split_vp8(packet: RtpPacket) -> Part:
    descriptor = parse_vp8(packet.payload)
    return packet.payload[descriptor.size :], descriptor.begins, packet.marker


def _split_opus(packet: RtpPacket) -> Part:
    return packet.payload, True, True


_SPLITTERS: dict[str, Callable[[RtpPacket], Part]] = {"vp9": _split_vp9, "vp8": _split_vp8, "opus": _split_opus}
