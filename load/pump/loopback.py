"""Bots that talk to each other without a server: what the generator itself can carry, and a test of its whole way.

Every bot sends and receives a stream of each loop. So many lanes are opened that no two calls share a pair of sockets.
"""

import asyncio
import math
import secrets
from collections.abc import Sequence

from load.pump.connection import Connection
from load.pump.header import MID, SEND_TIME, Agreed
from load.pump.media import Loop
from load.pump.pump import Pump
from load.pump.srtp import joined
from load.pump.statistics import PumpStatistics

_KEY = 44  # bytes of key and salt of AEAD_AES_256_GCM (RFC 7714)


def pair(pump: Pump, sides: tuple[int, int], number: int, loops: Sequence[Loop]) -> tuple[Connection, Connection]:
    """One call between two lanes, its streams' sources made of its number."""
    keys = secrets.token_bytes(_KEY), secrets.token_bytes(_KEY)
    lanes = pump.lanes[sides[0]], pump.lanes[sides[1]]
    both = tuple(
        pump.connect(lanes[side], lanes[1 - side].socket.getsockname(), joined(keys[side], keys[1 - side]))
        for side in (0, 1)
    )
    for side, own in enumerate(both):
        for at, loop in enumerate(loops):
            ssrc = number << 8 | side << 4 | at << 1 | 1
            rtx = ssrc + 256 * (1 << 20) if loop.kind == "video" else 0
            ids = {MID: 1, SEND_TIME: 3} if loop.kind == "video" else {MID: 1}
            pump.send(own, loop.kind, Agreed(ssrc, 96 + at, str(at), ids, rtx, 99 if rtx else 0))
            pump.expect(both[1 - side], ssrc, loop.clock, loop.codec, rtx)
    return both[0], both[1]


async def calls(pump: Pump, count: int, loops: Sequence[Loop]) -> list[tuple[Connection, Connection]]:
    """So many calls of two bots each, begun."""
    width = max(1, math.isqrt(count - 1) + 1)
    while len(pump.lanes) < 2 * width:
        pump.new_lane()
    return [pair(pump, (at % width, width + at // width), at + 1, loops) for at in range(count)]


def measure(
    loops: Sequence[Loop], bots: int, seconds: float, warm: float = 1.5, offload: bool = True
) -> PumpStatistics:
    """What so many two-way bots cost one process; ``bots`` is rounded up to pairs."""

    async def run() -> PumpStatistics:
        pump = Pump(loops, bots + 1, host="127.0.0.1", offload=offload)
        pump.start()
        try:
            await calls(pump, (bots + 1) // 2, loops)
            await asyncio.sleep(warm)
            pump.reset()
            await asyncio.sleep(seconds)
            return pump.statistics()
        finally:
            pump.stop()

    return asyncio.run(run())
