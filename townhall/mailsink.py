"""An SMTP server that keeps every mail as a file and delivers none: for trying and testing the town hall."""

import asyncio
import os
import signal
from pathlib import Path
from secrets import token_hex

from aiosmtpd.smtp import SMTP, Envelope, Session

from townhall.errors import SettingsError


class _Keep:
    """Writes each mail to ``<dir>/<number>-<random>.eml``, whole or not at all."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._count = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep one mail, byte for byte."""
        content = envelope.content or b""
        self._count += 1
        name = f"{self._count:04d}-{token_hex(4)}"
        unfinished = self._folder / f".{name}.part"
        unfinished.write_bytes(content if isinstance(content, bytes) else content.encode())
        os.replace(unfinished, self._folder / f"{name}.eml")
        return "250 kept"


async def run(host: str, port: int, folder: Path) -> None:
    """Accept mails until SIGTERM or SIGINT; print ``ready smtp://host:port`` when listening (port 0: a free one)."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        keep = _Keep(folder)
    except OSError as error:
        raise SettingsError(f"The folder {folder} for mails cannot be written ({error.strerror}).") from error
    try:
        server = await loop.create_server(lambda: SMTP(keep, enable_SMTPUTF8=True, hostname="mailsink"), host, port)
    except OSError as error:
        sentence = f"The mail sink cannot listen on {host}:{port} ({error}): choose another one with --port."
        raise SettingsError(sentence) from error
    async with server:
        print(f"ready smtp://{host}:{server.sockets[0].getsockname()[1]}", flush=True)
        await stop.wait()
