"""The Janus client against a server that answers out of order, refuses, is silent or goes away."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve

from townhall.errors import JanusRefusal, MediaServerError
from townhall.janus import Handle, Janus

Message = dict[str, Any]


class Script:
    """A Janus that sets up sessions and handles, and answers plugin requests only when the test says so."""

    def __init__(self) -> None:
        self.asked: asyncio.Queue[Message] = asyncio.Queue()
        self.lost = asyncio.Event()
        self.events: list[Message] = []
        self.socket: ServerConnection | None = None

    async def talk(self, socket: ServerConnection) -> None:
        self.socket = socket
        async for text in socket:
            message = json.loads(text)
            if message["janus"] in ("create", "attach"):
                await self.answer(message, janus="success", data={"id": 7})
            else:
                await self.asked.put(message)

    async def answer(self, message: Message, **reply: Any) -> None:
        assert self.socket is not None
        await self.socket.send(json.dumps({"transaction": message["transaction"], **reply}))

    async def event(self, **message: Any) -> None:
        assert self.socket is not None
        await self.socket.send(json.dumps(message))


@asynccontextmanager
async def attached() -> AsyncIterator[tuple[Script, Janus, Handle]]:
    script = Script()
    async with serve(script.talk, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        janus = Janus(f"ws://127.0.0.1:{port}", "secret", script.lost.set)
        handle = await janus.attach("plugin", script.events.append)
        try:
            yield script, janus, handle
        finally:
            await janus.close()


def run(test: Callable[[Script, Janus, Handle], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with attached() as parts, asyncio.timeout(20):
            await test(*parts)

    asyncio.run(whole())


def test_answers_out_of_order_reach_who_asked() -> None:
    async def test(script: Script, janus: Janus, handle: Handle) -> None:
        first, second = (asyncio.create_task(handle.ask({"request": name})) for name in ("first", "second"))
        questions = [await script.asked.get(), await script.asked.get()]
        assert [one["apisecret"] for one in questions] == ["secret", "secret"]
        for question in reversed(questions):
            await script.answer(question, janus="success", plugindata={"data": {"is": question["body"]["request"]}})
        assert (await first)["plugindata"]["data"]["is"] == "first"
        assert (await second)["plugindata"]["data"]["is"] == "second"

    run(test)


def test_ack_is_not_yet_a_plugins_answer() -> None:
    async def test(script: Script, janus: Janus, handle: Handle) -> None:
        asking = asyncio.create_task(handle.ask({"request": "join"}))
        question = await script.asked.get()
        await script.answer(question, janus="ack")
        await script.event(janus="webrtcup", sender=7)
        await script.answer(question, janus="event", sender=7, jsep={"sdp": "x"})
        assert (await asking)["jsep"] == {"sdp": "x"}
        assert [one["janus"] for one in script.events] == ["webrtcup"]

    run(test)


def test_ack_is_all_the_answer_a_candidate_gets() -> None:
    async def test(script: Script, janus: Janus, handle: Handle) -> None:
        trickling = asyncio.create_task(handle.trickle(None))
        question = await script.asked.get()
        assert question["candidate"] == {"completed": True}
        await script.answer(question, janus="ack")
        await trickling

    run(test)


@pytest.mark.parametrize(
    "reply",
    [
        {"janus": "error", "error": {"code": 433, "reason": "Unauthorized"}},
        {"janus": "event", "plugindata": {"data": {"error_code": 433, "error": "Unauthorized"}}},
    ],
)
def test_refusal_carries_janus_own_code_and_words(reply: Message) -> None:
    async def test(script: Script, janus: Janus, handle: Handle) -> None:
        asking = asyncio.create_task(handle.ask({"request": "join"}))
        await script.answer(await script.asked.get(), **reply)
        with pytest.raises(JanusRefusal, match="Janus refused the request with code 433: Unauthorized") as raised:
            await asking
        assert raised.value.code == 433

    run(test)


def test_silence_is_an_error_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("townhall.janus._ANSWER_SECONDS", 0.05)

    async def test(script: Script, janus: Janus, handle: Handle) -> None:
        with pytest.raises(MediaServerError, match=r"Janus did not answer message in 0.05 s."):
            await handle.ask({"request": "join"})

    run(test)


def test_lost_connection_is_told_to_everyone_and_made_anew() -> None:
    async def test(script: Script, janus: Janus, handle: Handle) -> None:
        asking = asyncio.create_task(handle.ask({"request": "join"}))
        await script.asked.get()
        assert script.socket is not None
        await script.socket.close()
        with pytest.raises(MediaServerError, match=r"Janus closed the connection."):
            await asking
        await script.lost.wait()
        with pytest.raises(MediaServerError, match=r"Janus is not connected."):
            await handle.ask({"request": "join"})
        await janus.attach("plugin", script.events.append)

    run(test)


def test_session_given_up_by_janus_is_a_lost_connection() -> None:
    async def test(script: Script, janus: Janus, handle: Handle) -> None:
        await script.event(janus="timeout", session_id=7)
        await script.lost.wait()

    run(test)


def test_session_is_kept_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("townhall.janus._KEEPALIVE_SECONDS", 0.01)

    async def test(script: Script, janus: Janus, handle: Handle) -> None:
        for _ in range(2):
            question = await script.asked.get()
            assert (question["janus"], question["session_id"]) == ("keepalive", 7)
            await script.answer(question, janus="ack")

    run(test)


def test_handle_that_is_gone_can_be_given_back() -> None:
    async def test(script: Script, janus: Janus, handle: Handle) -> None:
        giving = asyncio.create_task(handle.detach())
        await script.answer(await script.asked.get(), janus="error", error={"code": 459, "reason": "No such handle"})
        await giving
        await script.event(janus="hangup", sender=7)
        trickling = asyncio.create_task(handle.trickle(None))
        await script.answer(await script.asked.get(), janus="ack")
        await trickling
        assert script.events == []

    run(test)


def test_janus_that_is_not_there_is_one_sentence() -> None:
    async def test() -> None:
        janus = Janus("ws://127.0.0.1:9", "", lambda: None)
        with pytest.raises(MediaServerError, match=r"Janus cannot be reached at ws://127.0.0.1:9."):
            await janus.attach("plugin", lambda message: None)

    asyncio.run(test())
