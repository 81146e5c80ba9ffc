"""What a participant does with its PeerConnections: publish, subscribe, answer, trickle."""

from townhall.errors import MediaServerError
from townhall.janus import Message
from townhall.logs import note
from townhall.messages import Answer, Candidate, Publish, Subscribe
from townhall.participants import Call, Participant, detach
from townhall.rooms import Leg, Room


class NoSuchFeed(Exception):
    """The participant does not exist or sends nothing."""


async def publish(call: Call, participant: Participant, said: Publish) -> None:
    """Send (anew): a new handle takes the place of the old one, so the browser needs a new PeerConnection, too."""
    await call.drop_publisher(participant)
    leg = await _leg(call, participant, "publisher")
    participant.publisher = leg
    number, participant.publishes = participant.publishes, participant.publishes + 1

    def up() -> None:
        # Only now can others subscribe: Janus refuses a feed whose DTLS handshake is not done.
        if participant.publisher is leg:
            participant.publishing = True
            call.tell_others(participant, {"type": "feed", "pid": participant.pid})
            note("publishing", appointment=call.appointment_id, pid=participant.pid, number=number)

    def down() -> None:
        if participant.publisher is leg:
            participant.publishing = False
            note("stopped publishing", appointment=call.appointment_id, pid=participant.pid, number=number)

    leg.on_up, leg.on_down = up, down
    filename = f"{call.appointment_id}-{participant.role}-{number}"
    sdp = await _room(call).publish(leg, participant.admission, said.sdp, filename)
    participant.tell({"type": "published", "sdp": sdp})
    leg.release()


async def subscribe(call: Call, participant: Participant, said: Subscribe) -> None:
    """Receive what another participant sends; raise NoSuchFeed if it sends nothing."""
    sender = call.people.get(said.feed)
    if sender is None or sender is participant or sender.publisher is None or not sender.publishing:
        raise NoSuchFeed
    source = sender.publisher
    former = participant.subscriptions.pop(said.feed, None)
    if former is not None:
        await detach(former)
    leg = await _leg(call, participant, said.feed)
    participant.subscriptions[said.feed] = leg
    sdp = await _room(call).subscribe(leg, source.feed, participant.admission)
    participant.tell({"type": "offer", "feed": said.feed, "sdp": sdp})
    leg.release()


async def answer(call: Call, participant: Participant, said: Answer) -> None:
    """Start a subscription; raise NoSuchFeed if there is none (any more)."""
    leg = participant.subscriptions.get(said.feed)
    if leg is None:
        raise NoSuchFeed
    await _room(call).start(leg, said.sdp)


async def trickle(participant: Participant, said: Candidate) -> None:
    """Pass on a browser's candidate; one for a PeerConnection that is gone by now is of no use to anybody."""
    leg = participant.publisher if said.pc == "publisher" else participant.subscriptions.get(said.pc)
    if leg is not None:
        candidate = said.candidate
        await leg.handle.trickle(candidate.model_dump(by_alias=True, exclude_none=True) if candidate else None)


async def _leg(call: Call, participant: Participant, name: str) -> Leg:
    def forward(candidate: Message | None) -> None:
        participant.tell({"type": "candidate", "pc": name, "candidate": candidate})

    return await _room(call).leg(forward)


def _room(call: Call) -> Room:
    if call.room is None:
        raise MediaServerError("The room is closed.")
    return call.room
