"""The encoded-frame tap: what went into and came out of the transforms in the pages."""

from collections.abc import Iterator
from itertools import chain

from harness.model.observations import Media, ReceiverFrames
from harness.vantage.tapped import Tapped
from harness.wire.frames import Frame

MEDIA: tuple[Media, ...] = ("audio", "video")


def sender_frames(tapped: Tapped, media: Media, via: str, stage: str) -> list[Frame]:
    """The frames that a page sent (all transforms of that kind in turn), in the order of time."""
    chosen = {
        name for name, transform in tapped.transforms.items() if (transform.side, transform.via) == ("sender", via)
    }
    wanted = [seen for (name, *rest), seen in tapped.frames.items() if name in chosen and rest == [stage, media]]
    return sorted(chain.from_iterable(wanted), key=lambda frame: frame.at)


def receiver_frames(call: str, party: str, sender: str, tapped: Tapped) -> Iterator[ReceiverFrames]:
    """What came into a page's receiving transforms, and which of it left them, as digests."""
    for media in MEDIA:
        before: list[str] = []
        after: list[int] = []
        for name, transform in tapped.transforms.items():
            if transform.side != "receiver":
                continue
            base = len(before)
            incoming = sorted(tapped.received.get((name, "before", media), []), key=lambda frame: frame.at)
            index = {frame.timestamp: base + position for position, frame in enumerate(incoming)}
            before += [frame.digest for frame in incoming]
            left = tapped.received.get((name, "after", media), [])
            after += [index[frame.timestamp] for frame in left if frame.timestamp in index]
        if before:
            yield ReceiverFrames(
                call=call, party=party, sender=sender, media=media, before=tuple(before), after=tuple(after)
            )
