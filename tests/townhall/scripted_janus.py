"""A Janus that answers by script and remembers what it was asked."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection


@dataclass
class ScriptedJanus:
    """Speaks as much of Janus' protocol as the town hall uses; ``heard`` is what it was asked, in order."""

    url: str = ""
    heard: list[dict[str, Any]] = field(default_factory=list)
    refuse: dict[str, tuple[int, str]] = field(default_factory=dict)  # request -> (error_code, error)
    connections: list[ServerConnection] = field(default_factory=list)
    _next: int = 100

    def requests(self, name: str) -> list[dict[str, Any]]:
        """Return the bodies of all requests of a name to the plugin."""
        return [one["body"] for one in self.heard if one["janus"] == "message" and one["body"]["request"] == name]

    def talk(self, connection: ServerConnection) -> None:
        self.connections.append(connection)
        try:
            for text in connection:
                message = json.loads(text)
                self.heard.append(message)
                for answer in self._answers(message):
                    connection.send(json.dumps(answer))
        except ConnectionClosed:
            return

    def _answers(self, message: dict[str, Any]) -> Iterator[dict[str, Any]]:
        reply = {"transaction": message["transaction"]}
        match message["janus"]:
            case "create" | "attach":
                self._next += 1
                yield reply | {"janus": "success", "data": {"id": self._next}}
            case "detach":
                yield reply | {"janus": "success"}
            case "ping":
                yield reply | {"janus": "pong"}
            case "keepalive" | "trickle":
                yield reply | {"janus": "ack"}
            case "message":
                yield from self._plugin(message, reply | {"sender": message["handle_id"]})

    def _plugin(self, message: dict[str, Any], reply: dict[str, Any]) -> Iterator[dict[str, Any]]:
        request = message["body"]["request"]
        if request in self.refuse:
            code, text = self.refuse[request]
            yield reply | {"janus": "success", "plugindata": {"data": {"error_code": code, "error": text}}}
        elif request in ("create", "destroy", "allowed"):
            yield reply | {"janus": "success", "plugindata": {"data": {"videoroom": "success"}}}
        else:
            candidate = {"candidate": f"candidate:{request}", "sdpMid": "0", "sdpMLineIndex": 0}
            yield reply | {"janus": "ack"}
            # A candidate may come before the description it belongs to.
            yield {"janus": "trickle", "sender": message["handle_id"], "candidate": candidate}
            jsep = {"joinandconfigure": "answer of Janus", "join": "offer of Janus"}.get(request)
            event = reply | {"janus": "event", "plugindata": {"data": {"videoroom": "event"}}}
            yield event | ({"jsep": {"type": "x", "sdp": jsep}} if jsep else {})
            if request == "joinandconfigure":
                yield {"janus": "webrtcup", "sender": message["handle_id"]}
