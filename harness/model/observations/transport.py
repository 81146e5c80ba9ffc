"""What pages say of their connections."""

from typing import Literal

from harness.model.observations.base import Media, Observation


class SessionDescription(Observation):
    """An SDP that the page set. ``ice-pwd`` is redacted before storing."""

    kind: Literal["sdp"] = "sdp"
    side: Literal["local", "remote"]
    type: str
    sdp: str


class TransportStats(Observation):
    """The DTLS and SRTP facts of a connected transport from getStats (W3C webrtc-stats, RTCTransportStats)."""

    kind: Literal["transport"] = "transport"
    dtls_state: str
    tls_version: str  # "FEFD" is DTLS 1.2, "FEFC" DTLS 1.3
    dtls_cipher: str
    srtp_cipher: str


class SenderStats(Observation):
    """Frames that the page says it has encoded and sent (RTCOutboundRtpStreamStats), the last sample of a stream."""

    kind: Literal["sender-stats"] = "sender-stats"
    media: Media
    packets_sent: int
    frames_encoded: int | None = None
