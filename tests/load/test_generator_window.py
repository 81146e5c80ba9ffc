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


async def quiet(pump: Pump, connection: Connection) -> None:
    """What was on its way has come: nothing more does in many ticks."""
    still, before = 0, -1
    while still < 20:
        await pump.ticked()
        came = received(pump, connection)
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
            told = window.end([one, two, three, four])
            came = received(pump, one) + received(pump, two) - before
            assert (told.streams, told.silent, told.lost) == (4, 0, 0)
            assert told.expected == came
            assert told.delay_p95 is not None
            assert told.memory > 1 << 20
        finally:
            pump.stop()

    asyncio.run(run())


def test_stream_that_falls_silent_is_told() -> None:
    async def run() -> None:
        pump = Pump(LOOPS, 2, host="127.0.0.1")
        pump.start()
        try:
            [(one, two)] = await calls(pump, 1, LOOPS)
            await until(pump, lambda: received(pump, one) > 20 and received(pump, two) > 20)
            for table, row in two.outbound.values():
                table.remove(row)
            await quiet(pump, one)
            window = Window.begin(pump, [one])
            await quiet(pump, one)
            told = window.end([one])
            assert (told.streams, told.silent, told.expected) == (2, 2, 0)
        finally:
            pump.stop()

    asyncio.run(run())
