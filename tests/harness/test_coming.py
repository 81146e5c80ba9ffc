"""Whoever came and went: their keys are tried on all that the server held of the others, and told by time."""

from types import SimpleNamespace
from typing import Any

from harness.model.observations import MemberChange, OutsiderOpened
from harness.vantage.sfu import ServerStream
from harness.vantage.tapped import RecordedKey
from harness.wire.frames import Frame
from harness.wire.sframe import derive_key, seal, suite_by_id
from harness.writing.coming import outsider_opened, period_of

OLD, NEW, LAST = (bytes([number + 1]) * 31 + b"x" for number in range(3))
JOINED, LEFT = 1000.0, 1020.0


def stream(party: str, *sent: tuple[float, bytes]) -> ServerStream:
    """A stream of frames sent at these times under these base keys."""
    suite = suite_by_id(5)
    frames = [
        Frame(number, at, seal(derive_key(suite, 1 + (OLD, NEW, LAST).index(base), base), number, b"picture"))
        for number, (at, base) in enumerate(sent)
    ]
    return ServerStream(party, "audio", 0, "opus", frames, 0)


def opened(
    *streams: ServerStream, changes: tuple[tuple[str, float], ...] = (("joined", JOINED), ("left", LEFT))
) -> list[OutsiderOpened]:
    """What a guest who had only the new key opened."""
    key = RecordedKey(NEW, b"", "worker", "HKDF")
    guest = SimpleNamespace(tapped=SimpleNamespace(keys={NEW: key}))
    call: Any = SimpleNamespace(label="w-1", people={"guest": guest})
    own = [MemberChange.model_validate({"party": "guest", "change": change, "at": at}) for change, at in changes]
    return list(outsider_opened(call, "guest", own, streams))


def test_each_period_has_its_counts() -> None:
    times = [(999.0, OLD), (1000.5, OLD), (1001.0, NEW), (1020.3, NEW), (1021.0, LAST), (1026.0, LAST), (1031.0, NEW)]
    seen = {one.period: (one.frames, one.opened, one.last) for one in opened(stream("clerk", *times))}
    assert seen == {
        "before": (1, 0, None),
        "present": (2, 1, None),
        "leaving": (2, 1, 0.3),
        "late": (1, 0, None),
        "after": (1, 1, 11.0),
    }


def test_own_frames_and_those_without_a_time_do_not_count() -> None:
    assert opened(stream("guest", (999.0, NEW)), stream("clerk", (0.0, OLD))) == []


def test_who_stayed_to_the_end_has_only_a_before() -> None:
    seen = opened(stream("clerk", (999.0, OLD), (1500.0, NEW)), changes=(("joined", JOINED),))
    assert [(one.period, one.opened) for one in seen] == [("before", 0), ("present", 1)]


def test_borders_of_the_periods() -> None:
    moments = [999.999, 1000.0, 1019.999, 1020.0, 1025.0, 1030.0]
    assert [period_of(at, JOINED, LEFT) for at in moments] == [
        "before",
        "present",
        "present",
        "leaving",
        "late",
        "after",
    ]
