"""Runs the application in one uvicorn process, on a socket that is bound before anything else."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Literal

import uvicorn
from starlette.types import ASGIApp

from townhall import logs
from townhall.app import build_app, build_hall, set_up_clerks
from townhall.errors import SettingsError
from townhall.messages import MAX_BYTES
from townhall.secure import tls_context
from townhall.settings import Settings

_GOODBYE_SECONDS = 3


class _Server(uvicorn.Server):
    """Says when it is ready, and ends with exit code 0 on SIGTERM (uvicorn would end by the signal)."""

    ready_line = ""
    beside: "_Beside | None" = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End, and with it the one that serves the same by TLS."""
        super().handle_exit(sig, frame)
        if self.beside is not None:
            self.beside.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the line that others wait for."""
        await super().startup(sockets)
        if self.started:
            print(self.ready_line, flush=True)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on SIGTERM and SIGINT."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


class _Beside(uvicorn.Server):
    """Serves the same application on another port; what the pages need, the first one begins and ends."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """None of its own."""
        yield


async def serve(settings: Settings) -> None:
    """Serve until SIGTERM; prints ``ready http://host:port``. Raises SettingsError if it cannot even start."""
    try:
        logs.configure(settings.log_file)
    except OSError as error:
        raise SettingsError(f"The log file {settings.log_file} cannot be written: {error.strerror}.") from error
    listener = _listen(settings.host, settings.port)
    address = f"http://{settings.host}:{listener.getsockname()[1]}"
    hall, janus = build_hall(settings, settings.base_url.rstrip("/") or address)
    made_up = await asyncio.to_thread(set_up_clerks, hall)
    if made_up is not None:
        print(f"clerk password {made_up}", flush=True)
    app = build_app(hall, janus)
    server = _Server(_config(app))
    server.ready_line = f"ready {address}"
    if not settings.tls_port:
        await server.serve(sockets=[listener])
        return
    assert settings.tls_certificate is not None
    assert settings.tls_key is not None
    secure = server.beside = _Beside(_config(app, lifespan="off"))
    secure.config.load()
    secure.config.ssl = tls_context(settings.tls_certificate, settings.tls_key, old=hall.has_flaw("old-tls"))
    await asyncio.gather(
        server.serve(sockets=[listener]), secure.serve(sockets=[_listen(settings.host, settings.tls_port)])
    )


def _config(app: ASGIApp, lifespan: Literal["auto", "off"] = "auto") -> uvicorn.Config:
    return uvicorn.Config(
        app,
        lifespan=lifespan,
        log_config=None,
        access_log=False,  # ours leaves the invitation's token out
        server_header=False,
        ws_max_size=MAX_BYTES,
        timeout_graceful_shutdown=_GOODBYE_SECONDS,
    )


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        sentence = f"Port {port} on {host} cannot be used ({error.strerror}): choose another one with --port."
        raise SettingsError(sentence) from error
    return listener
