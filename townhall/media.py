"""What a participant does with its PeerConnections: publish, subscribe, answer, trickle."""

from townhall.errors import MediaServerError
from townhall.janus import Message
from townhall.logs import note
from townhall.messages import Answer, Candidate, Publish, Source, Subscribe, Unpublish
from townhall.participants import Call, Participant, Publication, detach
from townhall.rooms import Leg, Room


class NoSuchFeed(Exception):
    """The participant does not exist or sends nothing."""


class NotAllowed(Exception):
    """Only the clerk shares a screen."""


async def publish(call: Call, participant: Participant, said: Publish) -> None:
    """Send (anew): a new handle takes the place of the old one, so the browser needs a new PeerConnection, too.

    Raises NotAllowed for the screen of somebody who is not the clerk.
    """
    source = said.source
    if source == "screen" and participant.role != "clerk":
        raise NotAllowed
    await call.drop_publication(participant, source)
    leg = await _leg(call, participant, "publisher", source)
    publication = participant.publications[source] = Publication(leg)
    number = participant.publishes[source]
    participant.publishes[source] += 1

    def up() -> None:
        # Only now can others subscribe: Janus refuses a feed whose DTLS handshake is not done.
        if participant.publications.get(source) is publication:
            publication.up = True
            call.tell_others(participant, {"type": "feed", "pid": participant.pid, "source": source})
            call.happened("publishing", participant)
            note("publishing", appointment=call.appointment_id, pid=participant.pid, source=source, number=number)

    def down() -> None:
        if participant.publications.get(source) is publication:
            publication.up = False
            note("stopped publishing", appointment=call.appointment_id, pid=participant.pid, number=number)

    leg.on_up, leg.on_down = up, down
    what = f"{participant.role}-screen" if source == "screen" else participant.role
    filename = f"{call.appointment_id}-{what}-{number}"
    sdp = await _room(call).publish(leg, participant.admission, said.sdp, filename, participant.name)
    participant.tell({"type": "published", "source": source, "sdp": sdp})
    leg.release()


async def unpublish(call: Call, participant: Participant, said: Unpublish) -> None:
    """Send no more from a source, and tell the others."""
    if await call.drop_publication(participant, said.source):
        call.tell_others(participant, {"type": "feed-gone", "pid": participant.pid, "source": said.source})


async def subscribe(call: Call, participant: Participant, said: Subscribe) -> None:
    """Receive what another participant sends; raise NoSuchFeed if it sends nothing."""
    sender = call.people.get(said.feed)
    if sender is None or sender is participant or not sender.sends(said.source):
        raise NoSuchFeed
    source = sender.publications[said.source].leg
    key = (said.feed, said.source)
    former = participant.subscriptions.pop(key, None)
    if former is not None:
        await detach(former)
    leg = await _leg(call, participant, said.feed, said.source)
    participant.subscriptions[key] = leg
    sdp = await _room(call).subscribe(leg, source.feed, participant.admission)
    participant.tell({"type": "offer", "feed": said.feed, "source": said.source, "sdp": sdp})
    leg.release()


async def answer(call: Call, participant: Participant, said: Answer) -> None:
    """Start a subscription; raise NoSuchFeed if there is none (any more)."""
    leg = participant.subscriptions.get((said.feed, said.source))
    if leg is None:
        raise NoSuchFeed
    await _room(call).start(leg, said.sdp)


async def trickle(participant: Participant, said: Candidate) -> None:
    """Pass on a browser's candidate; one for a PeerConnection that is gone by now is of no use to anybody."""
    if said.pc == "publisher":
        publication = participant.publications.get(said.source)
        leg = publication.leg if publication else None
    else:
        leg = participant.subscriptions.get((said.pc, said.source))
    if leg is not None:
        candidate = said.candidate
        await leg.handle.trickle(candidate.model_dump(by_alias=True, exclude_none=True) if candidate else None)


async def _leg(call: Call, participant: Participant, name: str, source: Source) -> Leg:
    def forward(candidate: Message | None) -> None:
        participant.tell({"type": "candidate", "pc": name, "source": source, "candidate": candidate})

    return await _room(call).leg(forward)


def _room(call: Call) -> Room:
    if call.room is None:
        raise MediaServerError("The room is closed.")
    return call.room
