"""How a peer connection comes into the pump. Written for the insides of aiortc 1.16.0 and aioice 0.13.0.

aiortc does SDP, ICE and DTLS as ever. Its ICE agents get a line in one of the pump's lanes instead of a socket of their
own, and keep answering and asking for consent there; its senders and receivers, which would start a task or a thread
each, hand the connected transport to the pump. ``tests/load/test_pump_takeover.py`` fails when any of this moves.
"""

import asyncio
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from aioice.candidate import Candidate, candidate_foundation, candidate_priority
from aioice.ice import StunProtocol
from aiortc import RTCCertificate, RTCPeerConnection, rtcdtlstransport, rtcrtpreceiver

from load.pump.aiortc_parts import EstimatorLater, SharedCertificate, peer_connection, session
from load.pump.connection import Connection
from load.pump.errors import PumpError
from load.pump.header import Agreed
from load.pump.lane import Line
from load.pump.pump import Pump
from load.pump.srtp import Sealing

PINNED = {"aiortc": "1.16.0", "aioice": "0.13.0", "pylibsrtp": "1.0.0"}


def check_versions() -> None:
    """Raises ``PumpError`` where another release is installed than the one that this file was written for."""
    for name, wanted in PINNED.items():
        if (found := version(name)) != wanted:
            raise PumpError(
                f"The pump reaches into {name} {wanted}; installed is {found}: look at load/pump/takeover.py."
            )


class Takeover:
    """A peer connection on its way into the pump.

    ``done`` is called with the connection once its transport stands, ``lost`` when it ends without being closed: when
    the other side stopped consenting.
    """

    _certificate: RTCCertificate | None = None

    def __init__(
        self,
        pump: Pump,
        done: Callable[[Connection], None] = lambda connection: None,
        lost: Callable[[], None] = lambda: None,
    ) -> None:
        if Takeover._certificate is None:
            check_versions()
            vars(rtcrtpreceiver)["RemoteBitrateEstimator"] = EstimatorLater
            vars(rtcdtlstransport)["Session"] = session
            Takeover._certificate = SharedCertificate.generateCertificate()
        self._pump = pump
        self._done, self._lost = done, lost
        self._lines: list[Line] = []
        self.connection: Connection | None = None
        self._joining = self._closing = False
        self.peer: RTCPeerConnection = peer_connection(Takeover._certificate)

    def listen(self) -> None:
        """Be the server of DTLS, where the other side left that open, so that it speaks first: when it is ready.

        To be called between the other side's offer and the answer. aiortc's usual "active" speaks as soon as ICE is
        done here; a media server whose DTLS is made a moment later does not hear it, and a second is lost until it is
        said again.
        """
        if "a=setup:actpass" in self.peer.remoteDescription.sdp:
            for transceiver in self.peer.getTransceivers():
                transceiver.receiver.transport._set_role("server")

    def hook(self) -> None:
        """To be called when the transceivers are there, before candidates are gathered."""
        self._joins(True)
        for transport in self.peer._RTCPeerConnection__iceTransports:  # type: ignore[attr-defined]
            agent = transport._connection
            agent.gather_candidates = lambda agent=agent: self._gather(agent)
        for transceiver in self.peer.getTransceivers():
            sender, receiver = transceiver.sender, transceiver.receiver

            async def send(parameters: Any, sender: Any = sender) -> None:
                self._sends(sender, parameters)

            async def receive(parameters: Any, receiver: Any = receiver) -> None:
                self._receives(receiver, parameters)

            sender.send, receiver.receive = send, receive  # type: ignore[method-assign]

    def _let_go(self) -> None:
        """Also when the agent closes its line itself: without consent nothing may be sent (RFC 7675, section 5.1)."""
        self._joins(False)
        if self.connection is None:
            return  # an agent that is not needed: all media go over one transport (RFC 9143)
        self._pump.release(self.connection)
        if not self._closing:
            self._closing = True
            self._lost()

    def _joins(self, joining: bool) -> None:
        if joining != self._joining:
            self._joining = joining
            self._pump.joining += 1 if joining else -1

    async def close(self) -> None:
        """Let the pump go of it, say goodbye by DTLS, and close the rest."""
        self._closing = True
        self._let_go()
        await self.peer.close()
        for line in self._lines:
            line.close()

    async def _gather(self, agent: Any) -> None:
        if agent._local_candidates_start:
            return
        agent._local_candidates_start = True
        lane = self._pump.lane()
        protocol = StunProtocol(agent)
        line = Line(lane, protocol)
        line.name, line.on_close = agent.local_username, self._let_go
        lane.lines.append(line)
        self._lines.append(line)
        protocol.connection_made(line)
        host, port = line.get_extra_info("sockname")
        protocol.local_candidate = Candidate(
            candidate_foundation("host", "udp", host), 1, "udp", candidate_priority(1, "host"), host, port, "host"
        )
        agent._protocols.append(protocol)
        agent._local_candidates.append(protocol.local_candidate)
        agent._local_candidates_end = True

    def _connected(self, transport: Any) -> Connection:
        if self.connection is None:
            pair = transport.transport._connection._nominated[1]
            lane = pair.protocol.transport._lane
            sealing = Sealing(transport._tx_srtp, transport._rx_srtp)
            self.connection = self._pump.connect(lane, pair.remote_addr, sealing)
            self._joins(False)
            asyncio.get_running_loop().call_soon(self._done, self.connection)
        return self.connection

    def _sends(self, sender: Any, parameters: Any) -> None:
        connection = self._connected(sender.transport)
        codec = parameters.codecs[0]
        rtx = next(
            (each.payloadType for each in parameters.codecs if each.parameters.get("apt") == codec.payloadType), 0
        )
        agreed = Agreed(
            sender._ssrc, codec.payloadType, parameters.muxId,
            {extension.uri: extension.id for extension in parameters.headerExtensions},
            sender._rtx_ssrc if rtx else 0, rtx, parameters.rtcp.cname or "bot",
        )  # fmt: skip
        try:
            self._pump.send(connection, sender.kind, agreed)
        except PumpError as error:  # aiortc would let it pass unseen, and the server would seem to send nothing
            self._pump.faults.append(error)

    def _receives(self, receiver: Any, parameters: Any) -> None:
        connection = self._connected(receiver.transport)
        for encoding in parameters.encodings:
            codec = next(each for each in parameters.codecs if each.payloadType == encoding.payloadType)
            rtx = encoding.rtx.ssrc if encoding.rtx else 0
            if encoding.ssrc in connection.inbound:
                continue
            try:
                self._pump.expect(connection, encoding.ssrc, codec.clockRate, codec.name.lower(), rtx)
            except PumpError as error:
                self._pump.faults.append(error)
