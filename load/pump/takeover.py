"""All that the pump knows of aiortc's and aioice's insides. Written for aiortc 1.16.0 and aioice 0.13.0.

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
from aiortc import (
    RTCCertificate,
    RTCConfiguration,
    RTCPeerConnection,
    codecs,
    rtcpeerconnection,
    rtcrtpreceiver,
    rtcrtpsender,
)
from aiortc.rate import RemoteBitrateEstimator
from aiortc.rtcdtlstransport import RTCDtlsFingerprint
from aiortc.rtcrtpparameters import RTCRtcpFeedback, RTCRtpCodecCapability, RTCRtpCodecParameters

from load.pump.connection import Connection
from load.pump.errors import PumpError
from load.pump.header import Agreed
from load.pump.lane import Line
from load.pump.pump import Pump
from load.pump.srtp import Sealing

PINNED = {"aiortc": "1.16.0", "aioice": "0.13.0", "pylibsrtp": "1.0.0"}
_VP9, _VP9_RTX = 123, 124  # payload types that aiortc leaves free


def check_versions() -> None:
    """Raises ``PumpError`` where another release is installed than the one that this file was written for."""
    for name, wanted in PINNED.items():
        if (found := version(name)) != wanted:
            raise PumpError(
                f"The pump reaches into {name} {wanted}; installed is {found}: look at load/pump/takeover.py."
            )


class SharedCertificate(RTCCertificate):
    """One certificate for a process, and one TLS context: making both costs more than the handshake that uses them."""

    _context: Any = None
    _fingerprints: list[RTCDtlsFingerprint] | None = None

    def getFingerprints(self) -> list[RTCDtlsFingerprint]:  # noqa: N802  # aiortc's name
        """Of the certificate, counted once."""
        if self._fingerprints is None:
            self._fingerprints = super().getFingerprints()
        return self._fingerprints

    def _create_ssl_context(self, srtp_profiles: Any) -> Any:
        if self._context is None:
            self._context = super()._create_ssl_context(srtp_profiles)
        return self._context


def _peer_connection(certificate: RTCCertificate) -> RTCPeerConnection:
    """A peer connection with this certificate; aiortc's own makes a new one each time."""

    class Given:
        @staticmethod
        def generateCertificate() -> RTCCertificate:  # noqa: N802  # aiortc's name
            return certificate

    names = vars(rtcpeerconnection)
    names["RTCCertificate"] = Given
    try:
        return RTCPeerConnection(RTCConfiguration(iceServers=[]))
    finally:
        names["RTCCertificate"] = RTCCertificate


def video_codec(name: str) -> list[RTCRtpCodecCapability]:
    """What a transceiver is to prefer for ``vp8`` or ``vp9``, and nothing else: the codec and its retransmission."""
    _offer_vp9()
    return [RTCRtpCodecCapability(f"video/{name.upper()}", 90_000), RTCRtpCodecCapability("video/rtx", 90_000)]


def _offer_vp9() -> None:
    """Have aiortc's SDP know VP9, which it cannot encode and need not."""
    video = codecs.CODECS["video"]
    if any(codec.mimeType == "video/VP9" for codec in video):
        return
    feedback = [RTCRtcpFeedback("nack"), RTCRtcpFeedback("nack", "pli"), RTCRtcpFeedback("goog-remb")]
    video.append(RTCRtpCodecParameters("video/VP9", 90_000, payloadType=_VP9, rtcpFeedback=feedback))
    video.append(RTCRtpCodecParameters("video/rtx", 90_000, payloadType=_VP9_RTX, parameters={"apt": _VP9}))


class _EstimatorLater:
    """aiortc's bandwidth estimator, made when it is first used; the pump never does, and it is large."""

    def __init__(self) -> None:
        self._made: Any = None

    def __getattr__(self, name: str) -> Any:
        if self._made is None:
            self._made = RemoteBitrateEstimator()
        return getattr(self._made, name)


class _PassThrough:
    """In the place of an encoder: a frame that is cut into payloads already needs none."""

    def pack(self, frame: Any) -> tuple[list[bytes], int]:
        return frame.parts, frame.timestamp


def pass_payloads_through() -> None:
    """Have stock senders take ``load.bots.loop_track.Payloads``: for the bots that the pump is compared with."""
    vars(rtcrtpsender)["get_encoder"] = lambda codec: _PassThrough()


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
            vars(rtcrtpreceiver)["RemoteBitrateEstimator"] = _EstimatorLater
            Takeover._certificate = SharedCertificate.generateCertificate()
        self._pump = pump
        self._done, self._lost = done, lost
        self._lines: list[Line] = []
        self.connection: Connection | None = None
        self._joining = self._closing = False
        self.peer: RTCPeerConnection = _peer_connection(Takeover._certificate)

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
