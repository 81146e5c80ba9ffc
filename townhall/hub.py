"""All running calls: waiting at the door, entering, resuming, leaving, and ending a call from outside."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from townhall.errors import MediaServerError
from townhall.janus import Message
from townhall.logs import complain, note
from townhall.messages import Join
from townhall.participants import Call, Outbox, Participant, Role, in_role
from townhall.rooms import Rooms

RESUME_SECONDS = 30


class InUse(Exception):
    """Somebody is already in the call in this role."""


@dataclass(frozen=True)
class Arrival:
    """Who comes to a call, as whom, under which name, when the call closes, and whether two may go a direct path."""

    appointment_id: str
    role: Role
    name: str
    closes: datetime
    direct: bool = False


class Hub:
    """Keeps the calls by appointment.

    ``network(pid)`` gives the part of a participant's welcome that says how to reach the media server (TURN);
    ``beside(appointment id, roster)`` what every message says beside the number of the roster, which is nothing. With
    ``waiting_room``, everybody but the clerk waits at the door until the clerk lets them in.
    ``listeners`` are called as (event, appointment id, role) for each ``participants.Event``.
    """

    def __init__(
        self,
        rooms: Rooms,
        network: Callable[[str], Message],
        waiting_room: bool = True,
        beside: Callable[[str, int], Message] = lambda appointment_id, roster: {},
    ) -> None:
        self.listeners: list[Callable[[str, str, str], None]] = []
        self._rooms = rooms
        self._network = network
        self._waiting_room = waiting_room
        self._beside = beside
        self._calls: dict[str, Call] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def _announce(self, event: str, appointment_id: str, role: str) -> None:
        for listener in self.listeners:
            listener(event, appointment_id, role)

    def running(self, appointment_id: str) -> Call | None:
        """Return the call of an appointment, if somebody is in it or at its door."""
        return self._calls.get(appointment_id)

    async def enter(self, arrival: Arrival, outbox: Outbox, join: Join) -> tuple[Call, Participant]:
        """Bring somebody to the call's door or into the call, as who they were before if they can prove it.

        Raises InUse if the role is taken by a living connection, MediaServerError if Janus makes no room.
        """
        while True:
            new = Call(arrival.appointment_id, arrival.closes, self._announce, direct=arrival.direct)
            call = self._calls.setdefault(arrival.appointment_id, new)
            async with call.door:
                # While this one waited at the door, the last one inside may have left and closed the call.
                if self._calls.get(arrival.appointment_id) is call:
                    try:
                        return call, await self._receive(call, arrival, outbox, join)
                    finally:
                        self._forget_if_empty(call)

    async def _receive(self, call: Call, arrival: Arrival, outbox: Outbox, join: Join) -> Participant:
        present, waiting = in_role(call.people.values(), arrival.role), in_role(call.lobby.values(), arrival.role)
        resume = join.resume
        if present and resume and present.pid == resume.pid and present.may_resume(resume.token):
            await self._resume(call, present, outbox)
            return present
        if ((present and present.outbox is not None) or waiting) and not join.takeover:
            raise InUse
        participant = Participant(arrival.role, outbox, arrival.name)
        if waiting:
            waiting.hang_up("taken-over")
            self._from_the_door(call, waiting)
        # Who takes over has opened the same link, and the clerk has let that person in already.
        if arrival.role == "clerk" or not self._waiting_room or (present and join.takeover):
            await self._let_in(call, participant)
        else:
            call.lobby[participant.pid] = participant
            participant.tell({"type": "lobby", "you": participant.pid, "resume_token": participant.resume_token})
            call.tell_clerk(participant.knock())
            note("waiting", appointment=call.appointment_id, pid=participant.pid, role=participant.role)
        return participant

    async def admit(self, call: Call, pid: str) -> None:
        """Let somebody in who waits; nobody is let in who has gone meanwhile."""
        async with call.door:
            if (participant := call.lobby.get(pid)) is not None:
                await self._let_in(call, participant)

    async def _let_in(self, call: Call, participant: Participant) -> None:
        if call.room is not None:
            await call.room.admit(participant.admission)
        else:
            call.room = await self._rooms.open(participant.admission)
            note("room opened", appointment=call.appointment_id, room=call.room.id)
        former = in_role(call.people.values(), participant.role)
        if former:  # on another device, or its time to come back is over: somebody has come anew
            former.hang_up("taken-over")
            await self._take_out(call, former)
        self._from_the_door(call, participant)
        call.people[participant.pid] = participant
        call.roster += 1
        participant.tell(self._welcome(call, participant))
        call.tell_others(participant, {"type": "joined", "participant": participant.card()} | self._roster(call))
        if participant.role == "clerk":
            self._knock_again(call, participant)
        call.happened("joined", participant)
        note("joined", appointment=call.appointment_id, pid=participant.pid, role=participant.role)

    def _knock_again(self, call: Call, clerk: Participant) -> None:
        for waiting in call.lobby.values():
            clerk.tell(waiting.knock())

    def _from_the_door(self, call: Call, participant: Participant) -> None:
        if call.lobby.pop(participant.pid, None) is not None:
            call.tell_clerk({"type": "knock-gone", "pid": participant.pid})

    async def turn_away(self, call: Call, pid: str) -> None:
        """Do not let somebody in who waits."""
        if (participant := call.lobby.get(pid)) is not None:
            await self.leave(call, participant, "turned-away")

    async def _resume(self, call: Call, participant: Participant, outbox: Outbox) -> None:
        if participant.outbox is not None:
            participant.outbox.put_nowait(None)  # the old WebSocket hangs somewhere; this one replaces it
        participant.outbox = outbox
        if participant.grace is not None:
            participant.grace.cancel()
        await call.drop_legs(participant)
        participant.tell(self._welcome(call, participant))
        call.tell_others(participant, {"type": "rejoined", "pid": participant.pid})
        if participant.role == "clerk":
            self._knock_again(call, participant)
        call.happened("resumed", participant)
        note("resumed", appointment=call.appointment_id, pid=participant.pid)

    def _welcome(self, call: Call, participant: Participant) -> Message:
        return (
            {
                "type": "welcome",
                "you": participant.pid,
                "resume_token": participant.resume_token,
                "role": participant.role,
                "name": participant.name,
                "direct": call.direct,
                "participants": [other.card() for other in call.others(participant)],
            }
            | self._roster(call)
            | self._network(participant.pid)
        )

    def _roster(self, call: Call) -> Message:
        return {"roster": call.roster} | self._beside(call.appointment_id, call.roster)

    def lost(self, call: Call, participant: Participant, outbox: Outbox) -> None:
        """A WebSocket broke: keep the participant for a while, unless it has come back on another one already."""
        if participant.outbox is not outbox:
            return
        if participant.pid in call.lobby:
            self._from_the_door(call, participant)
            self._forget_if_empty(call)
            return
        if participant.pid not in call.people:
            return
        participant.outbox = None
        loop = asyncio.get_running_loop()
        participant.grace = loop.call_later(RESUME_SECONDS, lambda: self._spawn(self._expire(call, participant)))
        call.happened("lost", participant)
        note("connection lost", appointment=call.appointment_id, pid=participant.pid)

    async def _expire(self, call: Call, participant: Participant) -> None:
        async with call.door:
            if participant.outbox is None and participant.pid in call.people:
                await self._remove(call, participant)

    async def leave(self, call: Call, participant: Participant, reason: str = "left") -> None:
        """Take somebody out of the call or from its door; the last one closes the room."""
        async with call.door:
            participant.hang_up(reason)
            self._from_the_door(call, participant)
            if participant.pid in call.people:
                await self._remove(call, participant)
            self._forget_if_empty(call)

    async def _remove(self, call: Call, participant: Participant) -> None:
        await self._take_out(call, participant)
        if not call.people:
            room, call.room = call.room, None
            self._forget_if_empty(call)
            call.happened("ended", participant)
            try:
                if room is not None:
                    await room.destroy()
                    note("room closed", appointment=call.appointment_id, room=room.id)
            except MediaServerError as error:
                complain("room could not be closed", error, appointment=call.appointment_id)

    async def _take_out(self, call: Call, participant: Participant) -> None:
        if call.people.pop(participant.pid, None) is None:
            return
        call.roster += 1
        # Told first: the others change their keys at once, and Janus may take a while.
        call.tell_others(participant, {"type": "left", "pid": participant.pid} | self._roster(call))
        call.happened("left", participant)
        note("left", appointment=call.appointment_id, pid=participant.pid)
        await call.drop_legs(participant)
        try:
            if call.room is not None:
                await call.room.expel(participant.admission)
        except MediaServerError as error:
            complain("admission could not be withdrawn", error, appointment=call.appointment_id)

    def _forget_if_empty(self, call: Call) -> None:
        if not call.people and not call.lobby and self._calls.get(call.appointment_id) is call:
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
        for participant in [*call.people.values(), *call.lobby.values()]:
            await self.leave(call, participant, reason)

    def media_server_lost(self) -> None:
        """Janus is gone and with it every room: end all calls without asking it for anything."""
        for call in self._calls.values():
            for participant in [*call.people.values(), *call.lobby.values()]:
                participant.hang_up("media-server")
            call.people.clear()
            call.lobby.clear()
            call.room = None
        self._calls.clear()
        note("media server lost")

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
