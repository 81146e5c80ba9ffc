"""What the keys of somebody who was in a call for a time opened of what the media server held before, while and "
"after."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from harness.call import Call
from harness.model.observations import MemberChange, OutsiderOpened
from harness.opening import Opener
from harness.store import RunStore
from harness.vantage.sfu import ServerStream

Period = Literal["before", "present", "leaving", "late", "after"]
PERIODS: tuple[Period, ...] = ("before", "present", "leaving", "late", "after")
LEAVING, LATE = 5.0, 10.0  # seconds after leaving; see ``OutsiderOpened``


def write_outsiders(store: RunStore, call: Call, streams: Sequence[ServerStream]) -> None:
    """For everybody who came or went while the others stayed: their keys, tried on every frame of the others."""
    changes = [seen for seen in call.noted if isinstance(seen, MemberChange)]
    for party in dict.fromkeys(change.party for change in changes):
        own = [change for change in changes if change.party == party]
        for seen in outsider_opened(call, party, own, streams):
            store.add(seen)


def outsider_opened(
    call: Call, outsider: str, changes: Iterable[MemberChange], streams: Iterable[ServerStream]
) -> Iterator[OutsiderOpened]:
    """One record for each medium of each of the others and each period in which the server held frames of it."""
    joined = next((change.at for change in changes if change.change == "joined"), float("-inf"))
    left = next((change.at for change in changes if change.change == "left"), float("inf"))
    opener = Opener(call.people[outsider].tapped.keys.values())
    counts: dict[tuple[str, str, Period], list[int]] = {}
    last: dict[tuple[str, str, Period], float] = {}
    for stream in streams:
        if stream.party == outsider:
            continue
        frames = [frame for frame in stream.frames if frame.at > 0]
        opened = opener.open_stream(call.label, stream.party, stream.media, stream.segment, frames).plaintexts
        for index, frame in enumerate(frames):
            place = stream.party, stream.media, period_of(frame.at, joined, left)
            count = counts.setdefault(place, [0, 0])
            count[0] += 1
            if index in opened:
                count[1] += 1
                last[place] = max(frame.at - left, last.get(place, 0.0))
    for (party, media, period), (held, count_opened) in counts.items():
        after = last.get((party, media, period)) if period in ("leaving", "late", "after") else None
        yield OutsiderOpened.model_validate(
            {"call": call.label, "party": party, "outsider": outsider, "media": media, "period": period}
            | {"frames": held, "opened": count_opened, "last": None if after is None else round(after, 3)}
        )


def period_of(at: float, joined: float, left: float) -> Period:
    """The period of a moment, all in seconds since the epoch."""
    if at < joined:
        return "before"
    if at < left:
        return "present"
    return "leaving" if at < left + LEAVING else "late" if at < left + LATE else "after"
