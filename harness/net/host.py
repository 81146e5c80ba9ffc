"""One host of a network: a namespace in which programs can be started as they are."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from harness.model.errors import NetworkError
from harness.net import namespaces
from harness.processes import die_with_parent


class Host:
    """Directions are the host's own: ``up`` is from it towards the others."""

    def __init__(self, name: str, address: str, handle: int, moves: Callable[["Host"], str]) -> None:
        self.name = name
        self.address = address
        self._handle = handle
        self._moves = moves
        self._forwarder: subprocess.Popen[str] | None = None
        self._forwards: dict[int, tuple[Host, int]] = {}

    def command(self, argv: Sequence[str]) -> list[str]:
        """The same program inside this host, for as long as the network stands."""
        return [shutil.which("nsenter") or "nsenter", f"--net=/proc/{os.getpid()}/fd/{self._handle}", "--", *argv]

    def wrapper(self, program: str, folder: Path) -> Path:
        """A script that is ``program`` inside this host, its descriptors and arguments passed on."""
        script = folder / f"{Path(program).name}-in-{self.name}"
        script.write_text(f'#!/bin/sh\nexec {shlex.join(self.command([program]))} "$@"\n', "utf-8")
        script.chmod(0o755)
        return script

    def entered(self) -> AbstractContextManager[None]:
        """This thread, and whatever it starts and opens, is inside until the end of the block."""
        return namespaces.inside(self._handle)

    def forward(self, port: int, to: "Host", to_port: int | None = None) -> None:
        """TCP to 127.0.0.1:``port`` in this host leads to ``to``, which must listen on its address.

        It follows ``to`` when that gets another address. Raises ``NetworkError`` when the port is taken.
        """
        self._forwards[port] = (to, to_port or port)
        self._tell({"port": port, "to": [to.address, to_port or port]})

    def readdress(self) -> str:
        """Gives the host another address, as on a change of network, and returns it.

        Its sockets of the old one fall silent; connections that it forwards are broken, as a phone breaks them.
        """
        return self._moves(self)

    def follows(self, moved: "Host") -> None:
        """For the network: a host has moved; what leads to it leads to its new address, what came from it breaks."""
        if moved is self and self._forwarder is not None:
            self._tell({"drop": True})
        for port, (to, to_port) in self._forwards.items():
            if to is moved:
                self._tell({"port": port, "to": [to.address, to_port]})

    def close(self) -> None:
        """For the network: ends what forwards, and lets the namespace go."""
        if self._forwarder is not None:
            self._forwarder.kill()
            self._forwarder.communicate()

    def _tell(self, wish: dict[str, object]) -> None:
        if self._forwarder is None:
            self._forwarder = subprocess.Popen(
                self.command([sys.executable, "-m", "harness.net.forwarder"]),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=Path(__file__).parents[2],
                preexec_fn=die_with_parent,
            )
        assert self._forwarder.stdin is not None
        assert self._forwarder.stdout is not None
        try:
            self._forwarder.stdin.write(json.dumps(wish) + "\n")
            self._forwarder.stdin.flush()
            answer = self._forwarder.stdout.readline()
        except BrokenPipeError:
            answer = ""
        problem = json.loads(answer) if answer else "the forwarding process has ended"
        if problem is not None:
            raise NetworkError(f"Host {self.name} cannot forward port {wish.get('port')}: {problem}.")
