"""The call's WebSocket: lets clerk, citizen and guest in, relays what they seal, and serves their media."""

import asyncio
from typing import Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from townhall import guests, media, messages, window
from townhall.errors import MediaServerError
from townhall.hall import Hall
from townhall.hub import Arrival, InUse
from townhall.logs import complain, note
from townhall.participants import Call, Outbox, Participant, Role

Code = Literal[
    "refused",
    "too-late",
    "in-use",
    "not-joined",
    "not-allowed",
    "unknown-type",
    "bad-message",
    "no-such-feed",
    "no-direct-path",
    "media-server",
]

_SENTENCES: dict[Code, str] = {
    "refused": "You have no access to this call.",
    "too-late": "The appointment is over.",
    "in-use": "Somebody is already in the call in this role.",
    "not-joined": "Join first, and only once.",
    "not-allowed": "Only the clerk may do this.",
    "unknown-type": "There is no message of this type.",
    "bad-message": "The message is not what its type says.",
    "no-such-feed": "This participant sends nothing.",
    "no-direct-path": "There is no direct path to this participant.",
    "media-server": "The media server did not do what was asked.",
}


class _Refused(Exception):
    """The browser may not join; ``code`` says why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code: Code = code


def routes(hall: Hall) -> APIRouter:
    """Return the route of the call's WebSocket."""
    router = APIRouter()

    @router.websocket("/api/call/{appointment_id}/ws")
    async def call(websocket: WebSocket, appointment_id: str) -> None:
        if not _same_origin(websocket):
            await websocket.close()
            return
        await websocket.accept()
        outbox: Outbox = asyncio.Queue()
        sender = asyncio.create_task(_send_all(websocket, outbox))
        try:
            await _Conversation(hall, appointment_id, websocket, outbox).hold()
        finally:
            outbox.put_nowait(None)
            await sender

    return router


def _same_origin(websocket: WebSocket) -> bool:
    """Refuse other sites' scripts: browsers let them open WebSockets to us, and send our cookies along."""
    origin = websocket.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == websocket.headers.get("host")


async def _send_all(websocket: WebSocket, outbox: Outbox) -> None:
    """Send what is put into the outbox, in order; None closes the WebSocket."""
    try:
        while (message := await outbox.get()) is not None:
            await websocket.send_json(message)
        await websocket.close()
    except (WebSocketDisconnect, RuntimeError):
        return  # the browser went away first; whoever receives from it notices, too


class _Conversation:
    """One browser's WebSocket, from ``join`` to its end."""

    def __init__(self, hall: Hall, appointment_id: str, websocket: WebSocket, outbox: Outbox) -> None:
        self._hall = hall
        self._appointment_id = appointment_id
        self._websocket = websocket
        self._outbox = outbox
        self._place: tuple[Call, Participant] | None = None

    def _error(self, code: Code) -> None:
        self._outbox.put_nowait({"type": "error", "code": code, "message": _SENTENCES[code]})

    async def hold(self) -> None:
        """Receive until the browser goes away, hangs up or is refused."""
        try:
            async for text in self._websocket.iter_text():
                if not await self._hear(text):
                    return
        finally:
            if self._place is not None:
                self._hall.hub.lost(*self._place, self._outbox)

    async def _hear(self, text: str) -> bool:
        """Do what one message asks for; False ends the conversation."""
        try:
            return await self._do(messages.parse(text))
        except messages.BadMessage as error:
            self._error(error.code)
        except media.NoSuchFeed:
            self._error("no-such-feed")
        except media.NotAllowed:
            self._error("not-allowed")
        except MediaServerError as error:
            complain("media server", error, appointment=self._appointment_id)
            self._error("media-server")
        except _Refused as refusal:
            self._error(refusal.code)
            return False
        return True

    async def _do(self, said: messages.Said) -> bool:
        if isinstance(said, messages.Ping):
            self._outbox.put_nowait({"type": "pong"})
        elif isinstance(said, messages.Join) and self._place is None:
            await self._join(said)
        elif isinstance(said, messages.Join) or self._place is None:
            self._error("not-joined")
        elif isinstance(said, messages.Leave):
            await self._hall.hub.leave(*self._place)
            return False
        elif self._place[1].pid not in self._place[0].people:
            self._error("not-joined")  # still at the door, or not in the call any more
        else:
            await self._serve(said, *self._place)
        return True

    async def _join(self, said: messages.Join) -> None:
        arrival = await asyncio.to_thread(self._arrival)
        try:
            self._place = await self._hall.hub.enter(arrival, self._outbox, said)
        except InUse as error:
            raise _Refused("in-use") from error

    def _arrival(self) -> Arrival:
        """Return who the browser is in this call, and when the call closes; raise _Refused."""
        appointment = self._hall.store.appointment(self._appointment_id)
        session = self._hall.gate.session(self._websocket)
        tenant = self._hall.tenants.get(appointment.tenant) if appointment else None
        role: Role
        if appointment is None or appointment.kind != "video" or tenant is None:
            raise _Refused("refused")
        # A browser may hold several cookies (somebody trying all sides); the page says which side it is.
        wanted = self._websocket.query_params.get("role")
        if wanted == "guest":
            guest = guests.guest_in(self._hall, self._websocket, appointment.id)
            if guest is None:
                raise _Refused("refused")
            role, name = "guest", guest.name
        elif session and session.tenant == appointment.tenant and wanted != "citizen":
            clerk = tenant.clerk(session.user)
            role, name = "clerk", clerk.display_name if clerk else ""
        elif self._hall.gate.is_citizen_of(self._websocket, appointment.id):
            role, name = "citizen", appointment.name
        else:
            raise _Refused("refused")
        match window.state(appointment, self._hall.clock.now()):
            case "too-early":
                raise _Refused("refused")
            case "over" | "cancelled":
                raise _Refused("too-late")
        direct = not {tenant.id, f"{tenant.id}/{appointment.service}"}.isdisjoint(self._hall.settings.direct_path)
        return Arrival(appointment.id, role, name, window.closing(appointment), direct)

    async def _serve(self, said: messages.Said, call: Call, participant: Participant) -> None:
        match said:
            case messages.E2ee(to=to, body=body):
                for other in call.others(participant):
                    if to in (None, other.pid):
                        other.tell({"type": "e2ee", "from": participant.pid, "body": body})
            case messages.E2eeStatus():
                # The flaw key-in-signalling is that the key has come this far; nothing is done with it.
                if not self._hall.has_flaw("key-in-signalling"):
                    self._error("unknown-type")
            case messages.Data(body=body):
                call.tell_others(participant, {"type": "data", "from": participant.pid, "body": body})
            case messages.Direct(to=to, body=body):
                peer = call.people.get(to)
                if not call.direct or peer is None or peer is participant:
                    self._error("no-direct-path")
                else:
                    peer.tell({"type": "direct", "from": participant.pid, "body": body})
            case messages.DirectUp() if call.direct:
                call.happened("publishing", participant)
                note("direct path", appointment=call.appointment_id, pid=participant.pid)
            case messages.DirectUp():
                self._error("no-direct-path")
            case messages.Admit(pid=pid) if participant.role == "clerk":
                await self._hall.hub.admit(call, pid)
            case messages.TurnAway(pid=pid) if participant.role == "clerk":
                await self._hall.hub.turn_away(call, pid)
            case messages.Admit() | messages.TurnAway():
                self._error("not-allowed")
            case messages.Publish():
                await media.publish(call, participant, said)
            case messages.Unpublish():
                await media.unpublish(call, participant, said)
            case messages.Subscribe():
                await media.subscribe(call, participant, said)
            case messages.Answer():
                await media.answer(call, participant, said)
            case messages.Candidate():
                await media.trickle(participant, said)
