"""Two bots without a server: real sockets, real SRTP, every packet and every answer of the pump's own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from load.pump import media
from load.pump.connection import Connection
from load.pump.loopback import calls, measure
from load.pump.pump import Pump

LOOPS = (media.opus(0.5), media.video("vp9", 0.5))


async def until(pump: Pump, condition: Callable[[], bool]) -> None:
    """Packets are no events of the loop: look in every tick."""
    async with asyncio.timeout(10):
        while not condition():
            await pump.ticked()


@asynccontextmanager
async def call(count: int = 1, *, offload: bool = True) -> AsyncIterator[tuple[Pump, Connection, Connection]]:
    pump = Pump(LOOPS, 2 * count, host="127.0.0.1", offload=offload)
    pump.start()
    try:
        made = await calls(pump, count, LOOPS)
        yield pump, *made[0]
        assert pump.faults == []
    finally:
        pump.stop()


async def _both_ways(offload: bool) -> None:
    async with call(3, offload=offload) as (pump, one, two):
        await until(pump, lambda: all(each.packets > 30 for side in (one, two) for each in pump.received(side)))
        for side in (one, two):
            for stream in pump.received(side):
                assert (stream.lost, stream.late, stream.repaired) == (0, 0, 0)
                assert stream.delay is not None
            assert all(each.key_frames for each in pump.received(side) if each.kind == "video")
        found = pump.statistics()
        # Frames that were left out because this process did not get its turn are no concern of this test.
        assert (found.dropped, found.refused, found.unopened, found.unknown, found.malformed) == (0, 0, 0, 0, 0)


@pytest.mark.parametrize("offload", [True, False])
def test_packets_go_both_ways_and_none_is_lost(offload: bool) -> None:
    asyncio.run(_both_ways(offload))


def test_reports_tell_loss_jitter_and_round_trip() -> None:
    async def run() -> None:
        async with call() as (pump, one, _):
            await until(pump, lambda: all(each.round_trip is not None for each in pump.sent(one)))
            for stream in pump.sent(one):
                assert stream.reports
                assert stream.lost_reported == 0
                assert stream.jitter_reported is not None
            assert one.remb == 2_000_000

    asyncio.run(run())


def test_a_lost_picture_is_asked_for_and_sent_again_as_rtx() -> None:
    async def run() -> None:
        async with call() as (pump, one, two):
            [(table, row)] = [each for each in one.outbound.values() if each[0].loop.kind == "video"]
            await until(pump, lambda: table.packets[row] > 5)
            table.withheld[row] = True
            # A picture has several packets, which may be asked for and come one after the other, or be asked for twice.
            await until(pump, lambda: any(each.lost == each.repaired > 0 for each in pump.received(two)))
            [seen] = [each for each in pump.received(two) if each.kind == "video"]
            [asked] = [each.nacked for each in pump.sent(one) if each.kind == "video"]
            assert asked >= pump.statistics().retransmitted >= seen.repaired

    asyncio.run(run())


def test_a_key_frame_comes_when_it_is_asked_for() -> None:
    async def run() -> None:
        pump = Pump((media.opus(0.5), media.video("vp9", 2.0)), 2, host="127.0.0.1")
        pump.start()
        try:
            [(one, two)] = await calls(pump, 1, (media.opus(0.5), media.video("vp9", 2.0)))
            [(ssrc, row)] = [(ssrc, row) for ssrc, row in two.inbound.items() if pump.inbound.nacks[row]]
            await until(pump, lambda: pump.inbound.received[row] > 5)
            before = int(pump.inbound.key_frames[row])
            pump.reports.ask_key_frame(two, ssrc)
            await until(pump, lambda: pump.inbound.key_frames[row] > before)
            assert pump.statistics().key_frames == 1
            assert [each.key_frames_asked for each in pump.sent(one) if each.kind == "video"] == [1]
        finally:
            pump.stop()

    asyncio.run(run())


def test_who_is_released_gives_everything_back() -> None:
    async def run() -> None:
        async with call() as (pump, one, two):
            await until(pump, lambda: all(each.packets for each in pump.received(two)))
            pump.release(one)
            pump.release(one)
            pump.release(two)
            sent = pump.statistics().sent
            for _ in range(10):
                await pump.ticked()
            assert pump.statistics().sent == sent
            await calls(pump, 1, LOOPS)  # all rows are free again

    asyncio.run(run())


def test_a_measurement_counts_what_was_sent_and_received() -> None:
    found = measure(LOOPS, 2, 0.3, warm=0.3)
    assert found.sent > 0
    assert found.received > 0
    assert found.own_loss == 0
    assert found.ticks > 0
