"""TCP from a host's loopback to other hosts, as a process inside it: pages keep the origin ``http://127.0.0.1:PORT``.

``python -m harness.net.forwarder`` reads one JSON line a wish and answers each with ``null`` or why not:
``{"port": 8000, "to": ["10.77.0.3", 8000]}``, where a port that is there already leads elsewhere from then on, and
``{"drop": true}``, which breaks what is open, as phones do when their address goes. It ends with its standard input.
"""

import asyncio
import contextlib
import json
import signal
import sys

_CHUNK = 65536


class Forwarder:
    """The ports and what is open."""

    def __init__(self) -> None:
        self._to: dict[int, tuple[str, int]] = {}
        self._servers: list[asyncio.Server] = []
        self._open: set[asyncio.StreamWriter] = set()

    async def forward(self, port: int, to: tuple[str, int]) -> None:
        """From ``port`` to ``to``. Raises ``OSError`` where the port is taken."""
        is_new = port not in self._to

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await self._serve(reader, writer, *self._to[port])

        if is_new:
            self._servers.append(await asyncio.start_server(serve, "127.0.0.1", port))
        self._to[port] = to

    def drop(self) -> None:
        """Breaks every connection."""
        for writer in self._open:
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, address: str, port: int) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(address, port)
        except OSError:
            writer.transport.abort()  # nobody there: as if nobody were here
            return
        both = {writer, far_writer}
        self._open |= both
        try:
            await asyncio.gather(_pump(reader, far_writer), _pump(far_reader, writer))
        finally:
            self._open -= both
            for each in both:
                each.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One direction until its end, which is passed on; a broken one breaks the other, too."""
    try:
        while chunk := await reader.read(_CHUNK):
            writer.write(chunk)
            await writer.drain()
        writer.write_eof()
    except OSError:
        writer.transport.abort()


async def _main() -> None:
    forwarder = Forwarder()
    wishes = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(wishes), sys.stdin)
    while line := await wishes.readline():
        wish = json.loads(line)
        answer: str | None = None
        if "drop" in wish:
            forwarder.drop()
        else:
            try:
                await forwarder.forward(wish["port"], (wish["to"][0], wish["to"][1]))
            except OSError as error:
                answer = error.strerror
        print(json.dumps(answer), flush=True)
    with contextlib.suppress(OSError):
        forwarder.drop()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the bench, which ends this when it has done
    asyncio.run(_main())
