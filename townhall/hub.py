"""All running calls: entering, resuming, leaving, and ending a call from outside."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

from townhall.errors import MediaServerError
from townhall.janus import Message
from townhall.logs import complain, note
from townhall.messages import Resume
from townhall.participants import Call, Outbox, Participant, Role
from townhall.rooms import Rooms

RESUME_SECONDS = 30


class InUse(Exception):
    """Somebody is already in the call in this role."""


class Hub:
    """Keeps the calls by appointment; ``ice_servers(pid)`` gives a participant's TURN credentials."""

    def __init__(self, rooms: Rooms, ice_servers: Callable[[str], list[dict[str, object]]]) -> None:
        self._rooms = rooms
        self._ice_servers = ice_servers
        self._calls: dict[str, Call] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def enter(
        self, appointment_id: str, role: Role, closes: datetime, outbox: Outbox, resume: Resume | None
    ) -> tuple[Call, Participant]:
        """Bring somebody into the call, as who they were before if they can prove it.

        Raises InUse if the role is taken by a living connection, MediaServerError if Janus makes no room.
        """
        while True:
            call = self._calls.setdefault(appointment_id, Call(appointment_id, closes))
            async with call.door:
                # While this one waited at the door, the last one inside may have left and closed the call.
                if self._calls.get(appointment_id) is call:
                    return call, await self._let_in(call, role, outbox, resume)

    async def _let_in(self, call: Call, role: Role, outbox: Outbox, resume: Resume | None) -> Participant:
        present = call.in_role(role)
        if present and resume and present.pid == resume.pid and present.may_resume(resume.token):
            await self._resume(call, present, outbox)
            return present
        if present and present.outbox is not None:
            raise InUse
        participant = Participant(role, outbox)
        await self._admit(call, participant)
        if present:
            await self._take_out(call, present)  # its time to come back is over: somebody has come anew
        call.people[participant.pid] = participant
        participant.tell(self._welcome(call, participant))
        call.tell_others(participant, {"type": "joined", "participant": participant.card()})
        note("joined", appointment=call.appointment_id, pid=participant.pid, role=role)
        return participant

    async def _admit(self, call: Call, participant: Participant) -> None:
        if call.room is not None:
            await call.room.admit(participant.admission)
            return
        try:
            call.room = await self._rooms.open(participant.admission)
        except MediaServerError:
            self._forget_if_empty(call)
            raise
        note("room opened", appointment=call.appointment_id, room=call.room.id)

    async def _resume(self, call: Call, participant: Participant, outbox: Outbox) -> None:
        if participant.outbox is not None:
            participant.outbox.put_nowait(None)  # the old WebSocket hangs somewhere; this one replaces it
        participant.outbox = outbox
        if participant.grace is not None:
            participant.grace.cancel()
        await call.drop_legs(participant)
        participant.tell(self._welcome(call, participant))
        call.tell_others(participant, {"type": "rejoined", "pid": participant.pid})
        note("resumed", appointment=call.appointment_id, pid=participant.pid)

    def _welcome(self, call: Call, participant: Participant) -> Message:
        return {
            "type": "welcome",
            "you": participant.pid,
            "resume_token": participant.resume_token,
            "role": participant.role,
            "ice_servers": self._ice_servers(participant.pid),
            "participants": [other.card() for other in call.others(participant)],
        }

    def lost(self, call: Call, participant: Participant, outbox: Outbox) -> None:
        """A WebSocket broke: keep the participant for a while, unless it has come back on another one already."""
        if participant.outbox is not outbox or participant.pid not in call.people:
            return
        participant.outbox = None
        loop = asyncio.get_running_loop()
        participant.grace = loop.call_later(RESUME_SECONDS, lambda: self._spawn(self._expire(call, participant)))
        note("connection lost", appointment=call.appointment_id, pid=participant.pid)

    async def _expire(self, call: Call, participant: Participant) -> None:
        async with call.door:
            if participant.outbox is None and participant.pid in call.people:
                await self._remove(call, participant)

    async def leave(self, call: Call, participant: Participant, reason: str = "left") -> None:
        """Take somebody out of the call; the last one closes the room."""
        async with call.door:
            participant.hang_up(reason)
            if participant.pid in call.people:
                await self._remove(call, participant)

    async def _remove(self, call: Call, participant: Participant) -> None:
        await self._take_out(call, participant)
        if not call.people:
            room, call.room = call.room, None
            self._forget_if_empty(call)
            try:
                if room is not None:
                    await room.destroy()
                    note("room closed", appointment=call.appointment_id, room=room.id)
            except MediaServerError as error:
                complain("room could not be closed", error, appointment=call.appointment_id)

    async def _take_out(self, call: Call, participant: Participant) -> None:
        await call.drop_legs(participant)
        call.people.pop(participant.pid, None)
        call.tell_others(participant, {"type": "left", "pid": participant.pid})
        note("left", appointment=call.appointment_id, pid=participant.pid)
        try:
            if call.room is not None:
                await call.room.expel(participant.admission)
        except MediaServerError as error:
            complain("admission could not be withdrawn", error, appointment=call.appointment_id)

    def _forget_if_empty(self, call: Call) -> None:
        if not call.people and self._calls.get(call.appointment_id) is call:
            del self._calls[call.appointment_id]

    async def end_overdue(self, now: datetime) -> None:
        """End the calls whose appointment is over."""
        for call in list(self._calls.values()):
            if call.closes <= now:
                await self._end(call, "over")

    async def close(self) -> None:
        """End all calls, because the service stops."""
        for call in list(self._calls.values()):
            await self._end(call, "over")

    async def _end(self, call: Call, reason: str) -> None:
        for participant in list(call.people.values()):
            await self.leave(call, participant, reason)

    def media_server_lost(self) -> None:
        """Janus is gone and with it every room: end all calls without asking it for anything."""
        for call in self._calls.values():
            for participant in call.people.values():
                participant.hang_up("media-server")
            call.people.clear()
            call.room = None
        self._calls.clear()
        note("media server lost")

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
