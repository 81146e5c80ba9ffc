"""A browser's side of the call's WebSocket, without a browser."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection


class Browser:
    """One side's WebSocket."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.pid = ""
        self.resume_token = ""

    def say(self, kind: str, **rest: Any) -> None:
        self.socket.send(json.dumps({"type": kind, **rest}))

    def hear(self, *fields: str) -> Any:
        """Return the next message, or only some of its fields, as a tuple."""
        message = json.loads(self.socket.recv(timeout=10))
        return tuple(message.get(name) for name in fields) if fields else message

    def join(self, resume: dict[str, str] | None = None) -> Any:
        self.say("join", resume=resume)
        welcome = self.hear()
        assert welcome["type"] == "welcome", welcome
        self.pid, self.resume_token = welcome["you"], welcome["resume_token"]
        return welcome

    def knock(self, **rest: Any) -> Any:
        """Come to the door, where somebody who is not the clerk has to wait."""
        self.say("join", resume=None, **rest)
        lobby = self.hear()
        assert lobby["type"] == "lobby", lobby
        self.pid, self.resume_token = lobby["you"], lobby["resume_token"]
        return lobby

    def admitted_by(self, clerk: "Browser") -> Any:
        """Come to the door and be let in by the clerk, who hears of it; returns the welcome."""
        self.knock()
        assert clerk.hear("type", "pid") == ("knock", self.pid)
        clerk.say("admit", pid=self.pid)
        welcome = self.hear()
        assert welcome["type"] == "welcome", welcome
        heard = {clerk.hear("type") for _ in range(2)}
        assert heard == {("knock-gone",), ("joined",)}
        return welcome

    def is_closed(self) -> bool:
        try:
            self.socket.recv(timeout=10)
        except ConnectionClosed:
            return True
        return False


Dial = Callable[..., AbstractContextManager[Browser]]
