"""The asker's side of a generator. It uses only sockets and threads, so that it works in a gevent process as well."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from harness.processes import die_with_parent
from load.errors import LoadError
from load.generator.messages import (
    Ask,
    Begin,
    Behaves,
    Figures,
    Gone,
    Join,
    Joined,
    Leave,
    Ready,
    Role,
    Tell,
    Told,
    line_of,
    read_told,
)

_ROOT = Path(__file__).resolve().parents[2]
_START = 60.0  # seconds until a generator must be ready: it encodes a few seconds of picture and sound first
_ANSWER = 20.0  # seconds until it must answer
_GOODBYE = 10.0  # seconds in which everybody must have hung up


Heard = Callable[[Joined | Gone | None], None]


def _nobody(told: Joined | Gone | None) -> None:
    del told


class Generator:
    """A generator process. ``heard`` is called in a thread of its own for every bot that joined or is gone, and with
    None when the generator itself has ended."""

    def __init__(
        self,
        bots: int,
        log: Path,
        *,
        codec: str = "vp9",
        sealed: bool = True,
        address: str = "",
        heard: Heard = _nobody,
    ) -> None:
        """Starts it, on the host that this thread is on; its media come from ``address``, or from one that is found.

        Raises ``LoadError`` when it does not come up.
        """
        own, its = socket.socketpair()
        command = [sys.executable, "-m", "load.generator", "--socket", str(its.fileno()), "--bots", str(bots)]
        command += ["--codec", codec, *([] if sealed else ["--plain"])]
        command += ["--address", address] if address else []
        with log.open("ab") as sink:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, cwd=_ROOT, pass_fds=[its.fileno()],
                preexec_fn=die_with_parent, env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
            )  # fmt: skip
        its.close()
        self._socket, self._log, self._heard = own, log, heard
        self._figures: dict[int, Figures] = {}
        self._asked = 0
        self._changed = threading.Condition()
        self._ready = self._over = False
        self._reader = threading.Thread(target=self._read, name="generator", daemon=True)
        self._reader.start()
        try:
            self._wait(lambda: self._ready, _START, "did not come up")
        except BaseException:
            self.process.kill()
            self.close()
            raise

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return not self._over and self.process.poll() is None

    def join(self, bot: int, role: Role, url: str, cookies: str, behaves: Behaves | None = None) -> None:
        """Bring a bot into a call; ``heard`` tells how it went."""
        self._ask(Join(bot=bot, role=role, url=url, cookies=cookies, behaves=behaves))

    def leave(self, bot: int) -> None:
        """Have a bot hang up."""
        self._ask(Leave(bot=bot))

    def begin(self) -> None:
        """Begin to measure."""
        self._ask(Begin())

    def figures(self) -> Figures:
        """What was measured since ``begin``. Raises ``LoadError`` when the generator has died."""
        self._asked += 1
        number = self._asked
        self._ask(Tell(number=number))
        self._wait(lambda: number in self._figures, _ANSWER, "gave no figures")
        return self._figures.pop(number)

    def close(self) -> None:
        """Have everybody hang up, and end it."""
        with suppress(OSError):  # it has closed its end already
            self._socket.shutdown(socket.SHUT_WR)
        try:
            self.process.wait(_GOODBYE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._reader.join(_GOODBYE)
        self._socket.close()

    def _ask(self, ask: Ask) -> None:
        try:
            self._socket.sendall(line_of(ask))
        except OSError as error:
            raise LoadError(f"The load generator has ended: {self._last_words()}") from error

    def _read(self) -> None:
        try:
            with self._socket.makefile("rb") as lines:
                for line in lines:
                    self._take(read_told(line))
        except (OSError, LoadError):
            pass  # a socket that breaks has ended, and whoever says what nobody knows is asked no more
        with self._changed:
            self._over = True
            self._changed.notify_all()
        self._heard(None)

    def _take(self, told: Told) -> None:
        match told:
            case Joined() | Gone():
                self._heard(told)
                return
            case Ready():
                self._ready = True
            case Figures():
                self._figures[told.number] = told
        with self._changed:
            self._changed.notify_all()

    def _wait(self, wanted: Callable[[], bool], seconds: float, what: str) -> None:
        with self._changed:
            self._changed.wait_for(lambda: wanted() or self._over, seconds)
            if not wanted():
                raise LoadError(f"The load generator {what}: {self._last_words()}")

    def _last_words(self) -> str:
        lines = self._log.read_text("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else "its log is empty."
