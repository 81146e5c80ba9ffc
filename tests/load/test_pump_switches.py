"""A stream that falls silent and talks again, or goes dark, is still one stream: its numbers and times go on."""

import asyncio
import socket
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from load.pump import media
from load.pump.connection import Connection
from load.pump.header import LEVEL, Agreed, header
from load.pump.loopback import calls
from load.pump.pump import Pump

LOOPS = (media.opus(0.5), media.video("vp9", 0.5))
FEW = media.silence()


def test_silence_is_one_small_packet_in_400_ms() -> None:
    assert FEW.seconds == 0.4
    assert FEW.rate == 2.5
    assert 16 < int(FEW.size.max()) < int(media.opus(0.5).size.mean())
    assert int(media.silence(sealed=False).size.min()) >= media.STAMP + 8, "there is room for when it was sent"


def test_silence_is_told_in_the_header_that_servers_read_the_level_from() -> None:
    agreed = Agreed(1, 96, "0", {LEVEL: 2})
    speaks, silent = header(agreed).tolist(), header(agreed, level=90).tolist()
    [at] = [at for at, (one, other) in enumerate(zip(speaks, silent, strict=True)) if one != other]
    assert (speaks[at], silent[at]) == (0x80 | 30, 90)


class Clock:
    """Time that a test lets pass."""

    at = 1_000_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for module in ("pump", "sender", "switches"):
        monkeypatch.setattr(f"load.pump.{module}.now", made)
    return made


@pytest.fixture
def ground() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        made.bind(("127.0.0.1", 0))
        yield made


_ACTS = st.lists(
    st.tuples(st.sampled_from(["talk", "silent", "on", "off", "wait"]), st.floats(0, 0.45), st.booleans()), max_size=30
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(acts=_ACTS)
def test_whatever_is_switched_times_and_numbers_go_on(
    acts: list[tuple[str, float, bool]], clock: Clock, ground: socket.socket
) -> None:
    async def run() -> None:
        pump = Pump(LOOPS, 2, host="127.0.0.1", silence=FEW)
        try:
            [(one, _)] = await calls(pump, 1, LOOPS)
            told: dict[int, tuple[int, int]] = {}  # by source: packets, and the last frame's timestamp
            offsets: dict[int, int] = {}
            numbers: dict[int, int] = {}
            assert pump.switches is not None
            for act, seconds, late in acts:
                clock.at += seconds
                for table in () if late else (*pump.outbound.values(), pump.switches.silence):
                    table.send([ground.fileno()] * 4)
                for ssrc, (table, row) in one.outbound.items():
                    packets, timestamp = int(table.packets[row]), int(table.timestamp[row])
                    loop = table.loop
                    offset = (timestamp - round(float(table.due[row] - 1e6) * loop.clock)) % 2**32
                    assert (offset - offsets.setdefault(ssrc, offset) + 9) % 2**32 <= 18, "timestamps are times"
                    number = (int(table.sequence[row]) - packets) % 65536
                    assert numbers.setdefault(ssrc, number) == number, "no number is left out or used twice"
                    before = told.get(ssrc)
                    if before and packets > before[0]:
                        last = (timestamp - loop.step) % 2**32
                        assert 0 < (last - before[1]) % 2**32 < 2**31, "no time comes twice"
                        told[ssrc] = packets, last
                    elif not before and packets:
                        told[ssrc] = packets, (timestamp - loop.step) % 2**32
                match act:
                    case "talk" | "silent":
                        pump.switches.sound(one, act == "talk")
                    case "on" | "off":
                        pump.switches.picture(one, act == "on")
                if act == "talk":
                    dues = [float(table.due[row]) for table, row in one.outbound.values() if table.loop.kind == "audio"]
                    assert min(dues) < clock.at + 0.05, "who talks again is heard at once"
            pump.switches.picture(one, on=False)
            assert [table.loop.kind for table, _ in one.outbound.values()] == ["audio"]
            assert len(one.resting) == 1
            pump.switches.picture(one, on=True)
            assert one.resting == {}
        finally:
            pump.stop()

    asyncio.run(run())


async def until(pump: Pump, condition: Callable[[], bool]) -> None:
    """Packets are no events of the loop: look in every tick."""
    async with asyncio.timeout(10):
        while not condition():
            await pump.ticked()


def _came(pump: Pump, connection: Connection, kind: str) -> int:
    return sum(stream.packets for stream in pump.received(connection) if stream.kind == kind)


def test_what_is_off_does_not_come_and_what_is_on_again_begins_with_a_key_frame() -> None:
    async def run() -> None:
        pump = Pump(LOOPS, 2, host="127.0.0.1", silence=FEW)
        pump.start()
        try:
            [(one, two)] = await calls(pump, 1, LOOPS)
            assert pump.switches is not None
            await until(pump, lambda: _came(pump, two, "audio") > 10 and _came(pump, two, "video") > 10)
            pump.switches.sound(one, on=False)
            pump.switches.picture(one, on=False)
            for _ in range(20):  # what is on its way
                await pump.ticked()
            sound, picture = _came(pump, two, "audio"), _came(pump, two, "video")
            await until(pump, lambda: _came(pump, two, "audio") >= sound + 2)
            assert _came(pump, two, "video") == picture
            keys = sum(stream.key_frames for stream in pump.received(two))
            pump.switches.picture(one, on=True)
            await until(pump, lambda: _came(pump, two, "video") > picture + 10)
            assert sum(stream.key_frames for stream in pump.received(two)) > keys
            pump.switches.sound(one, on=True)
            await until(pump, lambda: _came(pump, two, "audio") > sound + 20)
            assert [(stream.lost, stream.late) for stream in pump.received(two)] == [(0, 0), (0, 0)]
            assert pump.faults == []
        finally:
            pump.stop()

    asyncio.run(run())


def test_who_is_released_while_dark_gives_everything_back() -> None:
    async def run() -> None:
        pump = Pump(LOOPS, 2, host="127.0.0.1", silence=FEW)
        pump.start()
        try:
            for _ in range(3):
                [(one, two)] = await calls(pump, 1, LOOPS)
                assert pump.switches is not None
                for side in (one, two):
                    pump.switches.sound(side, on=False)
                    pump.switches.picture(side, on=False)
                pump.release(one)
                pump.release(two)
            assert pump.faults == []
        finally:
            pump.stop()

    asyncio.run(run())
