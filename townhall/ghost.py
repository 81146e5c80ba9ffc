"""The flaw ghost-subscriber: a participant whom nobody sees receives what everybody sends.

It joins the SFU's room as any browser would, with an ICE and a DTLS transport of its own, and lets the packets fall.
"""

import asyncio
import re
from secrets import token_urlsafe

from aiortc import RTCCertificate, RTCDtlsTransport, RTCIceGatherer, RTCIceTransport
from aiortc.sdp import SessionDescription, candidate_to_sdp

from townhall.errors import MediaServerError
from townhall.hub import Hub
from townhall.logs import complain
from townhall.participants import Call, detach
from townhall.rooms import Room

# Attributes of an SDP that speak of the side that made it (RFC 8839, RFC 8122, RFC 4145, RFC 5576, RFC 8830).
_OF_THE_OFFERER = re.compile(r"a=(?:ice-ufrag|ice-pwd|fingerprint|setup|candidate|end-of-cand|ssrc|msid|sendonly)")


class Ghost:
    """Follows every publication of every call; one a town hall."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._feeds: set[int] = set()
        self._tasks: dict[tuple[str, str], list[asyncio.Task[None]]] = {}

    def heard(self, event: str, appointment_id: str, role: str) -> None:
        """A listener of the hub: whoever publishes gets a listener more, until he leaves."""
        tasks = self._tasks.setdefault((appointment_id, role), [])
        if event == "left":
            for task in tasks:
                task.cancel()
            tasks.clear()
        call = self._hub.running(appointment_id)
        if call is None or event != "publishing":
            return
        senders = [person for person in call.people.values() if person.role == role]
        for publication in [one for sender in senders for one in sender.publications.values()]:
            if publication.up and publication.leg.feed not in self._feeds:
                self._feeds.add(publication.leg.feed)
                tasks.append(asyncio.create_task(self._listen(call, publication.leg.feed)))

    async def _listen(self, call: Call, feed: int) -> None:
        try:
            if call.room is not None:
                await receive(call.room, feed)
        except (MediaServerError, ConnectionError) as error:
            complain("ghost not connected", error, appointment=call.appointment_id)


async def receive(room: Room, feed: int) -> None:
    """Subscribe to a feed and receive it until cancelled."""
    token = token_urlsafe(24)
    await room.admit(token)
    leg = await room.leg(lambda candidate: None)
    gatherer = RTCIceGatherer(iceServers=[])
    ice = RTCIceTransport(gatherer)
    dtls = RTCDtlsTransport(ice, [RTCCertificate.generateCertificate()])
    try:
        offer = await room.subscribe(leg, feed, token)
        server = SessionDescription.parse(offer).media[0]
        assert server.ice is not None
        assert server.dtls is not None
        await gatherer.gather()
        await room.start(leg, _answer(offer, gatherer, dtls))
        for candidate in server.ice_candidates:
            await ice.addRemoteCandidate(candidate)
        await ice.start(server.ice)
        await dtls.start(server.dtls)
        await asyncio.get_running_loop().create_future()
    finally:
        await dtls.stop()
        await ice.stop()
        await detach(leg)


def _answer(offer: str, gatherer: RTCIceGatherer, dtls: RTCDtlsTransport) -> str:
    """Everything that was offered, with own transport parameters in the place of the server's."""
    own = gatherer.getLocalParameters()
    prints = dtls.getLocalParameters().fingerprints
    lines = [f"a=ice-ufrag:{own.usernameFragment}", f"a=ice-pwd:{own.password}", "a=setup:active", "a=recvonly"]
    lines += [f"a=fingerprint:{one.algorithm} {one.value}" for one in prints if one.algorithm == "sha-256"]
    lines += [f"a=candidate:{candidate_to_sdp(candidate)}" for candidate in gatherer.getLocalCandidates()]
    answer = []
    for line in offer.splitlines():
        if not _OF_THE_OFFERER.match(line):
            answer.append(line)
        if line.startswith("c="):  # the connection line: the attributes of a medium follow
            answer += lines
    return "\r\n".join([*answer, ""])
