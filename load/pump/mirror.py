"""A server that sends everything back, to each connection from an address of its own, and does nothing else.

A media server needs a multiple of what its clients do, so that on one machine it is full long before the pump is. With
this in its place the pump's whole way runs as with a server: few sockets, and a peer's address for each connection. The
mirror needs but one socket, because all of 127.0.0.0/8 is this machine's: the kernel notes to which address a packet
went, and that note is what has the answer sent from there.
"""

import asyncio
import multiprocessing
import secrets
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from load.pump.batch_io import Incoming, open_socket
from load.pump.connection import Connection
from load.pump.header import MID, SEND_TIME, Agreed
from load.pump.lane import Peer
from load.pump.media import Loop
from load.pump.pump import Pump
from load.pump.srtp import joined
from load.pump.statistics import PumpStatistics

PAUSE = 0.002  # seconds between two looks: less than a tick, and enough for batches
_KEY = 44  # bytes of key and salt of AEAD_AES_256_GCM (RFC 7714)
_IP_PKTINFO = 8


def peer(number: int, port: int) -> Peer:
    """The mirror's address for one connection."""
    return f"127.{1 + (number >> 16)}.{number >> 8 & 255}.{number & 255}", port


def _reflect(tell: Any) -> None:
    """The mirror's process: tells its port, and reflects until it is ended."""
    opened = open_socket("0.0.0.0", notes=False)
    opened.setsockopt(socket.IPPROTO_IP, _IP_PKTINFO, 1)
    tell.send(opened.getsockname()[1])
    table, file = Incoming(1024), opened.fileno()
    while True:
        got = table.fetch(file, 0)
        if got:
            table.reflect(file, got)
        if got < table.capacity:
            time.sleep(PAUSE)


@contextmanager
def mirror() -> Iterator[int]:
    """Runs a mirror in a process of its own; gives its port."""
    context = multiprocessing.get_context("spawn")
    mine, its = context.Pipe()
    process = context.Process(target=_reflect, args=(its,), daemon=True)
    process.start()
    try:
        yield int(mine.recv())
    finally:
        process.kill()
        process.join()


def look(pump: Pump, port: int, number: int, loops: Sequence[Loop]) -> Connection:
    """One bot before the mirror: it sends a stream of every loop, and receives them again."""
    key = secrets.token_bytes(_KEY)
    connection = pump.connect(pump.lane(), peer(number, port), joined(key, key))
    connection.lane.reserve()
    for at, loop in enumerate(loops):
        ssrc = number << 8 | at << 1 | 1
        rtx = ssrc + 256 * (1 << 20) if loop.kind == "video" else 0
        ids = {MID: 1, SEND_TIME: 3} if loop.kind == "video" else {MID: 1}
        pump.expect(connection, ssrc, loop.clock, loop.codec, rtx)
        pump.send(connection, loop.kind, Agreed(ssrc, 96 + at, str(at), ids, rtx, 99 if rtx else 0))
    return connection


def measure(loops: Sequence[Loop], bots: int, seconds: float, warm: float = 1.5) -> PumpStatistics:
    """What so many two-way bots cost one process."""

    async def run(port: int) -> PumpStatistics:
        pump = Pump(loops, bots, host="127.0.0.1")
        pump.start()
        try:
            for number in range(1, bots + 1):
                look(pump, port, number, loops)
            await asyncio.sleep(warm)
            pump.reset()
            await asyncio.sleep(seconds)
            return pump.statistics()
        finally:
            pump.stop()

    with mirror() as port:
        return asyncio.run(run(port))
