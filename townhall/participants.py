"""One appointment's call: who is in it, who waits, who hears what, and each person's PeerConnections at Janus."""

import asyncio
import hmac
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex, token_urlsafe
from typing import Literal

from townhall.errors import MediaServerError
from townhall.janus import Message
from townhall.logs import complain
from townhall.messages import Source
from townhall.rooms import Leg, Room

Role = Literal["clerk", "citizen", "guest"]
Event = Literal["joined", "left", "lost", "resumed", "publishing", "ended"]
Outbox = asyncio.Queue[Message | None]


@dataclass
class Publication:
    """What a participant sends from one source; ``up`` once its media can reach Janus."""

    leg: Leg
    up: bool = False


@dataclass
class Participant:
    """A person in the call or at its door; ``outbox`` is None while the WebSocket is lost and may come back."""

    role: Role
    outbox: Outbox | None
    name: str = ""
    pid: str = field(default_factory=lambda: f"p-{token_hex(8)}")
    resume_token: str = field(default_factory=lambda: token_urlsafe(24))
    admission: str = field(default_factory=lambda: token_urlsafe(24))
    publications: dict[Source, Publication] = field(default_factory=dict)
    publishes: Counter[Source] = field(default_factory=Counter)
    subscriptions: dict[tuple[str, Source], Leg] = field(default_factory=dict)
    grace: asyncio.TimerHandle | None = None

    def tell(self, message: Message) -> None:
        """Put a message on its way to the browser; lost if the WebSocket is."""
        if self.outbox is not None:
            self.outbox.put_nowait(message)

    def hang_up(self, reason: str) -> None:
        """Tell the browser that it is over for it, and have its WebSocket closed."""
        self.tell({"type": "ended", "reason": reason})
        if self.outbox is not None:
            self.outbox.put_nowait(None)
        self.outbox = None
        if self.grace is not None:
            self.grace.cancel()

    def may_resume(self, token: str) -> bool:
        """Say whether the token proves to be this participant."""
        return hmac.compare_digest(self.resume_token.encode(), token.encode())

    def sends(self, source: Source) -> bool:
        """Say whether others can receive this source now."""
        return source in self.publications and self.publications[source].up

    def card(self) -> Message:
        """Return what others may know."""
        return {
            "pid": self.pid,
            "role": self.role,
            "name": self.name,
            "publishing": self.sends("camera"),
            "screen": self.sends("screen"),
        }

    def knock(self) -> Message:
        """Return what the clerk hears of somebody at the door."""
        return {"type": "knock", "pid": self.pid, "role": self.role, "name": self.name}


class Call:
    """The participants of one appointment, those who wait for the clerk, and their room."""

    def __init__(
        self, appointment_id: str, closes: datetime, on_event: Callable[[str, str, str], None], *, direct: bool = False
    ) -> None:
        self.appointment_id = appointment_id
        self.closes = closes
        self.direct = direct  # whether two may send each other their media past the media server
        self.room: Room | None = None
        self.people: dict[str, Participant] = {}
        self.lobby: dict[str, Participant] = {}
        self.roster = 0  # how often somebody came or went: browsers agree on new keys for each roster
        self.door = asyncio.Lock()  # one person enters or leaves at a time
        self._on_event = on_event

    def happened(self, event: Event, participant: Participant) -> None:
        """Tell whoever counts what happens in calls; roles only, never names."""
        self._on_event(event, self.appointment_id, participant.role)

    def others(self, participant: Participant) -> list[Participant]:
        """Return everyone else in the call."""
        return [other for other in self.people.values() if other is not participant]

    def tell_others(self, participant: Participant, message: Message) -> None:
        """Send a message to everyone else in the call."""
        for other in self.others(participant):
            other.tell(message)

    def tell_clerk(self, message: Message) -> None:
        """Send a message to the clerk, if one is there."""
        clerk = in_role(self.people.values(), "clerk")
        if clerk is not None:
            clerk.tell(message)

    async def drop_legs(self, participant: Participant) -> None:
        """Give back all of a participant's PeerConnections, and the others' that receive from it."""
        legs = list(participant.subscriptions.values())
        participant.subscriptions.clear()
        for source in list(participant.publications):
            await self.drop_publication(participant, source)
        for leg in legs:
            await detach(leg)

    async def drop_publication(self, participant: Participant, source: Source) -> bool:
        """Give back what a participant sends from a source, and the others' ends of it; False if there is nothing."""
        key = (participant.pid, source)
        legs = [leg for other in self.others(participant) if (leg := other.subscriptions.pop(key, None))]
        former = participant.publications.pop(source, None)
        if former is not None:
            legs.append(former.leg)
        for leg in legs:
            await detach(leg)
        return former is not None


def in_role(people: Iterable[Participant], role: Role) -> Participant | None:
    """Return the first of the people in this role, or None."""
    return next((one for one in people if one.role == role), None)


async def detach(leg: Leg) -> None:
    """Give back one handle; if Janus is gone, so is the handle."""
    try:
        await leg.handle.detach()
    except MediaServerError as error:
        complain("handle could not be given back", error)
