"""A client of Janus' WebSocket API: one connection, one session, many plugin handles, many requests at a time.

Janus answers a request under the ``transaction`` it came with. A request to a plugin is answered twice: ``ack`` at
once, and an ``event`` when it is done. Everything that happens by itself (``webrtcup``, ``trickle``, ``hangup`` …)
comes without a transaction and names the handle as ``sender``.
"""

import asyncio
import json
from collections.abc import Callable
from secrets import token_hex
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI
from websockets.typing import Subprotocol

from townhall.errors import JanusRefusal, MediaServerError
from townhall.logs import note

Message = dict[str, Any]

_KEEPALIVE_SECONDS = 25  # Janus drops a session after 60 s without a word from its owner
_ANSWER_SECONDS = 10


class _Answer(asyncio.Future[Message]):
    """Where a request's answer arrives; ``beyond_ack``: an ack is not yet the answer."""

    def __init__(self, beyond_ack: bool) -> None:
        super().__init__()
        self.beyond_ack = beyond_ack


class Handle:
    """One attachment to a Janus plugin; ``on_event`` gets what happens by itself."""

    def __init__(self, janus: "Janus", handle_id: int, on_event: Callable[[Message], None]) -> None:
        self._janus = janus
        self._id = handle_id
        self.on_event = on_event

    async def ask(self, body: Message, jsep: Message | None = None) -> Message:
        """Send a request to the plugin and return its answer (``plugindata``, ``jsep``), whichever way it comes."""
        message: Message = {"janus": "message", "handle_id": self._id, "body": body}
        if jsep is not None:
            message["jsep"] = jsep
        answer = await self._janus.request(message)
        data = answer.get("plugindata", {}).get("data", {})
        if "error_code" in data:
            raise JanusRefusal(int(data["error_code"]), str(data.get("error", "")))
        return answer

    async def trickle(self, candidate: Message | None) -> None:
        """Pass on one ICE candidate of the browser; None says there are no more."""
        await self._janus.request(
            {"janus": "trickle", "handle_id": self._id, "candidate": candidate or {"completed": True}}
        )

    async def detach(self) -> None:
        """Give the handle back; a handle that is already gone is fine."""
        self._janus.forget(self._id)
        try:
            await self._janus.request({"janus": "detach", "handle_id": self._id})
        except JanusRefusal:
            note("handle was gone")


class Janus:
    """The connection to Janus; made when first needed, and again after it was lost."""

    handle_type = Handle

    def __init__(self, url: str, api_secret: str, on_lost: Callable[[], None]) -> None:
        self._url = url
        self._secret = api_secret
        self._on_lost = on_lost
        self._connecting = asyncio.Lock()
        self._socket: ClientConnection | None = None
        self._session = 0
        self._pending: dict[str, _Answer] = {}
        self._handles: dict[int, Handle] = {}
        self._tasks: list[asyncio.Task[None]] = []

    async def attach(self, plugin: str, on_event: Callable[[Message], None]) -> Handle:
        """Connect if need be and attach to a plugin; raise MediaServerError if Janus cannot be reached."""
        await self._ensure_session()
        answer = await self.request({"janus": "attach", "plugin": plugin})
        handle = self.handle_type(self, int(answer["data"]["id"]), on_event)
        self._handles[int(answer["data"]["id"])] = handle
        return handle

    def forget(self, handle_id: int) -> None:
        """Stop handing events to a handle."""
        self._handles.pop(handle_id, None)

    async def request(self, message: Message) -> Message:
        """Send one request and return its final answer; raise JanusRefusal or MediaServerError."""
        if self._socket is None:
            raise MediaServerError("Janus is not connected.")
        transaction = token_hex(8)
        message = message | {"transaction": transaction, "apisecret": self._secret}
        if self._session:
            message["session_id"] = self._session
        future = _Answer(beyond_ack=message["janus"] == "message")
        self._pending[transaction] = future
        try:
            await self._socket.send(json.dumps(message))
            answer = await asyncio.wait_for(future, _ANSWER_SECONDS)
        except ConnectionClosed as error:
            raise MediaServerError("Janus closed the connection.") from error
        except TimeoutError as error:
            raise MediaServerError(f"Janus did not answer {message['janus']} in {_ANSWER_SECONDS} s.") from error
        finally:
            self._pending.pop(transaction, None)
        if answer["janus"] == "error":
            raise JanusRefusal(int(answer["error"]["code"]), str(answer["error"]["reason"]))
        return answer

    async def close(self) -> None:
        """End the session and the connection."""
        tasks, socket, self._tasks, self._socket = self._tasks, self._socket, [], None
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if socket is not None:
            # Janus ends the sessions of a connection that closes, and with them their handles.
            await socket.close()

    async def _ensure_session(self) -> None:
        async with self._connecting:
            if self._socket is not None:
                return
            try:
                self._socket = await connect(self._url, subprotocols=[Subprotocol("janus-protocol")])
            except (OSError, InvalidHandshake, InvalidURI) as error:
                raise MediaServerError(f"Janus cannot be reached at {self._url}.") from error
            self._session = 0
            reader = asyncio.create_task(self._read(self._socket))
            self._tasks = [reader]
            try:
                answer = await self.request({"janus": "create"})
            except MediaServerError:
                await self.close()
                raise
            self._session = int(answer["data"]["id"])
            self._tasks.append(asyncio.create_task(self._keep_alive(self._socket)))

    async def _read(self, socket: ClientConnection) -> None:
        try:
            async for text in socket:
                message = json.loads(text)
                if message["janus"] == "timeout":
                    break  # Janus has given up our session, so nothing that we hold is alive any more
                self._dispatch(message)
        except ConnectionClosed:
            note("connection to Janus broke")
        self._lose()
        await socket.close()

    def _dispatch(self, message: Message) -> None:
        waiting = self._pending.get(message.get("transaction", ""))
        if waiting is not None:
            # To a plugin's request, an ack only says that the work has begun.
            if not waiting.done() and (message["janus"] != "ack" or not waiting.beyond_ack):
                waiting.set_result(message)
            return
        handle = self._handles.get(message.get("sender", 0))
        if handle is not None:
            handle.on_event(message)

    def _lose(self) -> None:
        """The connection is gone: whoever waits gets an error, and every handle is gone with it."""
        if self._socket is None:
            return
        self._socket = None
        self._handles.clear()
        for future in self._pending.values():
            if not future.done():
                future.set_exception(MediaServerError("Janus closed the connection."))
        if len(self._tasks) > 1:
            self._tasks[1].cancel()
        self._tasks = []
        self._on_lost()

    async def _keep_alive(self, socket: ClientConnection) -> None:
        try:
            while True:
                await asyncio.sleep(_KEEPALIVE_SECONDS)
                await self.request({"janus": "keepalive"})
        except MediaServerError:
            await socket.close()  # ends the reader, which tells everybody
