"""Parts of aiortc 1.16.0 in the shape that hundreds of bots in a process need: made once, made later, or not at all.

A certificate and a TLS context for all, a bandwidth estimator only where one is asked for, VP9 in the SDP, and an
encoder that passes on what is cut already. ``load.pump.takeover`` puts them in their places and checks the release.
"""

from typing import Any

from aiortc import RTCCertificate, RTCConfiguration, RTCPeerConnection, codecs, rtcpeerconnection, rtcrtpsender
from aiortc.rate import RemoteBitrateEstimator
from aiortc.rtcdtlstransport import RTCDtlsFingerprint
from aiortc.rtcrtpparameters import RTCRtcpFeedback, RTCRtpCodecCapability, RTCRtpCodecParameters
from pylibsrtp import Policy, Session

from load.pump.srtp import WINDOW

_VP9, _VP9_RTX = 123, 124  # payload types that aiortc leaves free


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


def peer_connection(certificate: RTCCertificate) -> RTCPeerConnection:
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


class EstimatorLater:
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


def session(policy: Policy) -> Session:
    """A session of libsrtp as the pump wants it."""
    policy.window_size = WINDOW
    return Session(policy)


def pass_payloads_through() -> None:
    """Have stock senders take ``load.bots.loop_track.Payloads``: for the bots that the pump is compared with."""
    vars(rtcrtpsender)["get_encoder"] = lambda codec: _PassThrough()
