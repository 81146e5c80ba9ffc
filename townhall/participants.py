"""One appointment's call: who is in it, who hears what, and each person's PeerConnections at Janus."""

import asyncio
import hmac
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex, token_urlsafe
from typing import Literal

from townhall.errors import MediaServerError
from townhall.janus import Message
from townhall.logs import complain
from townhall.rooms import Leg, Room

Role = Literal["clerk", "citizen"]
Outbox = asyncio.Queue[Message | None]


@dataclass
class Participant:
    """A person in the call; ``outbox`` is None while the WebSocket is lost and may come back."""

    role: Role
    outbox: Outbox | None
    pid: str = field(default_factory=lambda: f"p-{token_hex(8)}")
    resume_token: str = field(default_factory=lambda: token_urlsafe(24))
    admission: str = field(default_factory=lambda: token_urlsafe(24))
    publisher: Leg | None = None
    publishing: bool = False
    publishes: int = 0
    subscriptions: dict[str, Leg] = field(default_factory=dict)
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

    def card(self) -> Message:
        """Return what others may know."""
        return {"pid": self.pid, "role": self.role, "publishing": self.publishing}


class Call:
    """The participants of one appointment and their room."""

    def __init__(self, appointment_id: str, closes: datetime) -> None:
        self.appointment_id = appointment_id
        self.closes = closes
        self.room: Room | None = None
        self.people: dict[str, Participant] = {}
        self.door = asyncio.Lock()  # one person enters or leaves at a time

    def others(self, participant: Participant) -> list[Participant]:
        """Return everyone else."""
        return [other for other in self.people.values() if other is not participant]

    def tell_others(self, participant: Participant, message: Message) -> None:
        """Send a message to everyone else."""
        for other in self.others(participant):
            other.tell(message)

    def in_role(self, role: Role) -> Participant | None:
        """Return the participant in this role, if there is one."""
        return next((one for one in self.people.values() if one.role == role), None)

    async def drop_legs(self, participant: Participant) -> None:
        """Give back all of a participant's PeerConnections, and the others' that receive from it."""
        legs = list(participant.subscriptions.values())
        participant.subscriptions.clear()
        await self.drop_publisher(participant)
        for leg in legs:
            await detach(leg)

    async def drop_publisher(self, participant: Participant) -> None:
        """Give back what a participant sends with, and the PeerConnections of those who receive it."""
        legs = [leg for other in self.others(participant) if (leg := other.subscriptions.pop(participant.pid, None))]
        if participant.publisher is not None:
            legs.append(participant.publisher)
        participant.publisher, participant.publishing = None, False
        for leg in legs:
            await detach(leg)


async def detach(leg: Leg) -> None:
    """Give back one handle; if Janus is gone, so is the handle."""
    try:
        await leg.handle.detach()
    except MediaServerError as error:
        complain("handle could not be given back", error)
