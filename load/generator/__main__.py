"""``python -m load.generator --socket FD --bots N``: started by ``load.generator.client``, never by hand."""

import argparse
import asyncio
import contextlib
import gc
import socket

from load.generator.host import Host
from load.pump.media import opus, silence, video
from load.pump.pump import Pump


async def generate(connection: socket.socket, bots: int, codec: str, address: str, sealed: bool) -> None:
    """Serves one asker until it goes."""
    reader, writer = await asyncio.open_connection(sock=connection, limit=1 << 20)
    pump = Pump([opus(sealed=sealed), video(codec, sealed=sealed)], bots, host=address, silence=silence(sealed))
    pump.start()
    # What is there now stays: going through it again and again would make ticks late.
    gc.collect()
    gc.freeze()
    try:
        await Host(pump, writer).serve(reader)
    finally:
        pump.stop()
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m load.generator")
    parser.add_argument("--socket", type=int, required=True, help="file descriptor of the socket it is asked by")
    parser.add_argument("--bots", type=int, required=True, help="how many bots there may be at once")
    parser.add_argument("--codec", choices=("vp8", "vp9"), default="vp9", help="of the picture (default: vp9)")
    parser.add_argument("--address", default="", help="the own address that media comes from (default: found out)")
    parser.add_argument("--plain", action="store_true", help="media without end-to-end encryption, to compare")
    options = parser.parse_args()
    asyncio.run(
        generate(socket.socket(fileno=options.socket), options.bots, options.codec, options.address, not options.plain)
    )


if __name__ == "__main__":
    main()
