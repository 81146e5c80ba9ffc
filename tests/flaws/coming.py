"""The flaws of people coming and going, of the safety code and of the lock; and what pages showed of the latter two."""

from collections.abc import Callable, Iterator
from typing import Any, Literal

from harness.model.observations import (
    AnyObservation,
    Hit,
    LockChange,
    LockSeen,
    OutsiderOpened,
    RevealSeen,
    SafetyCodeSeen,
)
from tests.flaws.beside import key_id
from tests.flaws.plan import CallPlan, RunPlan, StreamPlan, Way
from tests.flaws.seeded_beside import alter

_GAP = 1.0  # seconds without a frame after which the lock goes off
_CLEAR = (Way.FORWARDED, Way.LEFT_ALONE, Way.BARE)


def kid_of(call: CallPlan, at: float) -> int:
    """The key id under which a frame of a call was sent, at a moment in seconds since the epoch."""
    return 7 + sum(at >= call.began + change for change in call.rekeyed)


def trust(call: CallPlan) -> Iterator[AnyObservation]:
    """Code and reveals of a regular call, and the lock of every call that has one."""
    if call.focus or call.fault not in ("", "worker-killed"):
        return
    for party in call.parties:
        yield LockSeen(call=call.name, party=party, changes=_lock(call, party), until=call.began + 60)
        if call.fault:
            continue
        yield SafetyCodeSeen(call=call.name, party=party, length=call.code, alphabet=10)
        yield RevealSeen(call=call.name, party=party, round="2", others=1, committed=call.committed, bound=True)


def _lock(call: CallPlan, party: str) -> tuple[LockChange, ...]:
    opened = LockChange(at=call.began - 5, shown=call.lock == "always")
    if call.lock == "always":
        return (opened, LockChange(at=call.began + 30, shown=False))
    if call.lock == "blind":
        return (opened, LockChange(at=call.began - 2, shown=True), LockChange(at=call.began + 4, shown=False))
    own = [stream for stream in call.streams if stream.party == party]
    if any(way in _CLEAR for stream in own for way in stream.ways[len(stream.ways) // 2 :]):
        return (opened,)
    times = sorted(
        stream.began + index * stream.interval
        for stream in own
        for index, way in enumerate(stream.ways)
        if way is Way.SEALED
    )
    changes = [opened]
    for before, at, after in zip([float("-inf"), *times], times, [*times[1:], float("inf")], strict=False):
        if at - before > _GAP:
            changes.append(LockChange(at=at + 0.1, shown=True))
        if after - at > _GAP:
            changes.append(LockChange(at=at + 0.2, shown=False))
    return tuple(changes)


Change = Callable[[RunPlan], None]


def _extras(run: RunPlan) -> CallPlan:
    return next(call for call in run.calls if call.focus == "extras")


def _opens(period: str, **update: Any) -> Change:
    return alter(OutsiderOpened, update, period=period)


def _later(run: RunPlan, opened: int) -> None:
    """What was sent more than 10 s after leaving: 90 frames of each medium, of which so many were opened."""
    run.beside += [
        seen.model_copy(update={"period": "after", "frames": 90, "opened": opened, "last": 60.0 if opened else None})
        for seen in run.beside
        if isinstance(seen, OutsiderOpened) and seen.period == "late"
    ]


def late_keys(run: RunPlan) -> None:
    """New keys come 8 s after the leaving."""
    _opens("leaving", opened=100, last=4.9)(run)
    _opens("late", opened=30, last=8.0)(run)
    _later(run, 0)


def no_rotation_on_leave(run: RunPlan) -> None:
    """The keys stay as they are."""
    _opens("leaving", opened=100, last=4.9)(run)
    _opens("late", opened=60, last=9.9)(run)
    _later(run, 90)
    call = _extras(run)
    call.rekeyed = call.rekeyed[:1]


def slow_rotation(run: RunPlan) -> None:
    """New keys come a minute late."""
    _opens("leaving", opened=100, last=4.9)(run)
    _opens("late", opened=60, last=9.9)(run)
    _later(run, 50)


def no_rotation_on_join(run: RunPlan) -> None:
    """The key in use is handed to who joins."""
    _opens("before", opened=30)(run)
    call = _extras(run)
    call.rekeyed = call.rekeyed[1:]


def unchecked_code(run: RunPlan) -> None:
    """Three digits, and reveals that wait for nobody."""
    for call in run.calls:
        call.code, call.committed = 3, 0


def false_lock(run: RunPlan) -> None:
    """The lock is shown from the opening of the page on."""
    for call in run.calls:
        call.lock = "always"


def server_made_key(run: RunPlan) -> None:
    """The server says the key in its messages, and has it in its memory."""
    for call in run.regular:
        _found(call, "websocket", "base64url")
        _found(call, "memory", "raw")


def weak_key(run: RunPlan) -> None:
    """The key is the room's name, which the server says in its messages."""
    for number, call in enumerate(run.calls):
        for stream in call.streams:
            _share(stream, number)
        if call in run.regular:
            _found(call, "websocket", "raw")


def _share(stream: StreamPlan, number: int) -> None:
    stream.key = f"name of the {stream.party}'s room"
    stream.first_counter += 10_000 * number


def _found(call: CallPlan, place: Literal["websocket", "memory"], encoding: str) -> None:
    for key in dict.fromkeys(stream.key for stream in call.streams):
        call.hits.setdefault(place, []).append(Hit(key_id=key_id(key), encoding=encoding, where="a message"))


COMING: dict[str, tuple[Change, tuple[str, ...], tuple[str, ...]]] = {
    "no-rotation-on-leave": (no_rotation_on_leave, ("K02", "K03"), ()),
    "slow-rotation": (slow_rotation, ("K02",), ()),
    "late keys": (late_keys, (), ("K02",)),
    "no-rotation-on-join": (no_rotation_on_join, ("K01", "K03"), ()),
    "unchecked-code": (unchecked_code, ("K06",), ()),
    "false-lock": (false_lock, ("K11",), ()),
    "server-made-key": (server_made_key, ("K07",), ()),
    "weak-key": (weak_key, ("K04", "K07"), ()),
}
