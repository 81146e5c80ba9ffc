"""The encoded-frame tap: what went into and came out of the transforms in the pages."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from harness.model.observations import Media, Party, ReceiverFrames
from harness.vantage.tapped import Tapped
from harness.wire.frames import Frame

MEDIA: tuple[Media, ...] = ("audio", "video", "screen")
Origins = Mapping[str, tuple[Party, Media]]  # by the digest of a frame as it was sent


def sender_frames(
    tapped: Tapped, media: Media, via: str, stage: str, within: Callable[[int], bool] = lambda connection: True
) -> list[Frame]:
    """The frames that a page sent (all transforms of that kind in turn), in the order of time.

    ``within`` says of which of the page's connections, by number.
    """
    chosen = {
        name
        for name, transform in tapped.transforms.items()
        if (transform.side, transform.via) == ("sender", via) and within(transform.pc)
    }
    wanted = [seen for (name, *rest), seen in tapped.frames.items() if name in chosen and rest == [stage, media]]
    return sorted(chain.from_iterable(wanted), key=lambda frame: frame.at)


def origins(pages: Mapping[Party, Tapped]) -> Origins:
    """Who sent a frame, and of which medium: what left the senders' transforms, by digest."""
    found: dict[str, tuple[Party, Media]] = {}
    for party, tapped in pages.items():
        for (name, stage, media), frames in tapped.received.items():
            transform = tapped.transforms.get(name)
            if transform and transform.side == "sender" and stage == "after":
                found.update((frame.digest, (party, media)) for frame in frames)
    return found


def receiver_frames(call: str, party: str, sender: str, tapped: Tapped, sent: Origins) -> Iterator[ReceiverFrames]:
    """What came into a page's receiving transforms, and which of it left them, as digests.

    A receiving transform does not say whose frames it gets: they are those of whoever was seen to send them
    (``sent``), and of ``sender`` where nobody was.
    """
    before: dict[tuple[Party, Media], list[str]] = {}
    came: dict[tuple[Party, Media], list[float]] = {}
    after: dict[tuple[Party, Media], list[int]] = {}
    for name, transform in tapped.transforms.items():
        if transform.side != "receiver":
            continue
        for media in MEDIA:
            incoming = sorted(tapped.received.get((name, "before", media), []), key=lambda frame: frame.at)
            if not incoming:
                continue
            known = Counter(sent[frame.digest] for frame in incoming if frame.digest in sent)
            origin = known.most_common(1)[0][0] if known else (sender, media)
            base = len(before.setdefault(origin, []))
            index = {frame.timestamp: base + position for position, frame in enumerate(incoming)}
            before[origin] += [frame.digest for frame in incoming]
            came.setdefault(origin, []).extend(round(frame.at, 3) for frame in incoming)
            left = tapped.received.get((name, "after", media), [])
            after.setdefault(origin, []).extend(index[frame.timestamp] for frame in left if frame.timestamp in index)
    for (whose, media), digests in before.items():
        yield ReceiverFrames(
            call=call,
            party=party,
            sender=whose,
            media=media,
            before=tuple(digests),
            after=tuple(after[whose, media]),
            at=tuple(came[whose, media]),
        )
