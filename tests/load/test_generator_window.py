"""A window counts what was lost in it, of the streams that were there all the time."""

import asyncio
from collections.abc import Callable

from load.generator.window import Window
from load.pump import media
from load.pump.connection import Connection
from load.pump.loopback import calls
from load.pump.pump import Pump

LOOPS = (media.opus(0.5), media.video("vp9", 0.5))


async def until(pump: Pump, condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await pump.ticked()


async def quiet(pump: Pump, connection: Connection, ssrc: int) -> None:
    """What was on its way of a stream has come: nothing more does in many ticks."""
    still, before = 0, -1
    while still < 20:
        await pump.ticked()
        [came] = [stream.packets for stream in pump.received(connection) if stream.ssrc == ssrc]
        still, before = (still + 1, came) if came == before else (0, came)


def received(pump: Pump, connection: Connection) -> int:
    return sum(stream.packets for stream in pump.received(connection))


def test_window_counts_its_own_packets_and_leaves_out_who_came_later() -> None:
    async def run() -> None:
        pump = Pump(LOOPS, 4, host="127.0.0.1")
        pump.start()
        try:
            (one, two), (three, four) = await calls(pump, 2, LOOPS)
            await until(pump, lambda: received(pump, one) > 40 and received(pump, three) > 20)
            window = Window.begin(pump, [one, two])  # the others are not there yet
            before = received(pump, one) + received(pump, two)
            await until(pump, lambda: received(pump, one) > 80)
            told = window.end(7, [one, two, three, four], [one, two])
            came = received(pump, one) + received(pump, two) - before
            assert (told.number, told.streams, told.silent, told.lost, told.faults) == (7, 4, 0, 0, 0)
            assert told.expected == came
            assert told.delay_p95 is not None
            assert told.memory > 1 << 20
        finally:
            pump.stop()

    asyncio.run(run())


def test_connection_that_was_released_is_no_part_of_the_figures() -> None:
    async def run() -> None:
        pump = Pump(LOOPS, 2, host="127.0.0.1")
        pump.start()
        try:
            [(one, two)] = await calls(pump, 1, LOOPS)
            await until(pump, lambda: received(pump, one) > 20)
            window = Window.begin(pump, [one, two])
            pump.release(one)
            assert pump.received(one) == []
            assert window.end(1, [one, two], [one]).streams == 2, "the other's"
        finally:
            pump.stop()

    asyncio.run(run())


def test_stream_that_falls_silent_has_lost_what_it_should_have_brought() -> None:
    async def run() -> None:
        pump = Pump(LOOPS, 2, host="127.0.0.1")
        pump.start()
        try:
            [(one, two)] = await calls(pump, 1, LOOPS)
            await until(pump, lambda: received(pump, one) > 20 and received(pump, two) > 20)
            [(table, row)] = [each for each in two.outbound.values() if each[0].loop.kind == "video"]
            table.remove(row)
            [video] = [ssrc for ssrc, (each, _) in two.outbound.items() if each is table]
            await quiet(pump, one, video)
            window = Window.begin(pump, [one])
            await quiet(pump, one, video)
            told = window.end(1, [one], [])
            assert (told.streams, told.silent) == (2, 1)
            assert told.lost == round(table.loop.rate * told.seconds) > 0
            assert told.expected > told.lost, "the sound went on"
            assert told.round_trip_p50 is None
        finally:
            pump.stop()

    asyncio.run(run())
