"""The SFU tap: what the media server held after SRTP, from each stream's first packet on, as its recorder wrote it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from harness.model.errors import WireError
from harness.model.observations import Media
from harness.targets.protocol import Deployment
from harness.wire.depacketise import depacketise
from harness.wire.frames import Frame
from harness.wire.mjr import parse_mjr


@dataclass(frozen=True, slots=True)
class ServerStream:
    """One recorded stream of a party; a stream that was set up anew has the next ``segment``."""

    party: str
    media: Media
    segment: int
    codec: str
    frames: list[Frame]
    lost: int


def held_sizes(deployment: Deployment, appointment: str) -> Counter[int]:
    """How many RTP packets of each size (header included) the media server recorded of an appointment.

    Its recorder numbers packets anew: only their sizes are those on the wire, less what SRTP adds.
    """
    folder = deployment.observables.recordings
    found: Counter[int] = Counter()
    for file in sorted(folder.glob("*.mjr*")) if folder is not None else ():
        named = deployment.stream_of(file)
        if named is not None and named.appointment == appointment:
            with suppress(WireError):  # a recording without its header holds no packet yet
                found.update(packet.size for _, packet in parse_mjr(file.read_bytes()).packets)
    return found


def held_packets(deployment: Deployment, appointment: str) -> Counter[tuple[str, int]]:
    """How many RTP packets the media server recorded of each party and segment of an appointment; 0 where it tried."""
    folder = deployment.observables.recordings
    found: Counter[tuple[str, int]] = Counter()
    for file in sorted(folder.glob("*.mjr*")) if folder is not None else ():
        named = deployment.stream_of(file)
        if named is not None and named.appointment == appointment:
            found[named.party, named.segment] += 0
            with suppress(WireError):  # a recording without its header holds no packet yet
                found[named.party, named.segment] += len(parse_mjr(file.read_bytes()).packets)
    return found


def streams_of(deployment: Deployment, appointment: str) -> Iterator[ServerStream]:
    """The streams of an appointment that carry at least one frame, in the order of their files."""
    folder = deployment.observables.recordings
    if folder is None or not folder.is_dir():
        return
    for file in sorted(folder.glob("*.mjr*")):
        named = deployment.stream_of(file)
        if named is None or named.appointment != appointment:
            continue
        try:
            recording = parse_mjr(file.read_bytes())
            whole = depacketise(recording.codec, recording.packets)
        except WireError:
            continue  # a recording without its header holds no packet yet: the tap's state tells if nothing came
        if whole.frames:
            media: Media = "screen" if named.screen and recording.media == "video" else recording.media
            yield ServerStream(named.party, media, named.segment, recording.codec, whole.frames, whole.lost)
