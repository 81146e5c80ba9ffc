"""What was seen of the ways between the browsers and the servers: relay, certificates, TLS, packets, codecs."""

from typing import Literal

from harness.model.observations.base import Media, Observation


class RelayCredential(Observation):
    """A credential for the relay that the page of ``party`` was given in the call number ``turn`` of its browser.

    ``credential_id`` is 16 hex of the SHA-256 of user name and password. ``expires_at`` (seconds since the epoch) is
    what the user name says (draft-uberti-behave-turn-rest-00, section 2.2), None where it says nothing.
    """

    kind: Literal["relay-credential"] = "relay-credential"
    turn: int
    credential_id: str
    given_at: float
    expires_at: float | None = None


class RelayTry(Observation):
    """Somebody asked the relay for an address (RFC 8656, section 7) with a credential.

    ``fresh``: one that a page was given just now; ``old``: one that the deployment gave out ``age`` seconds ago by the
    relay's clock; ``forged``: a fresh user name with another password. ``code`` is the STUN error of a refusal.
    """

    kind: Literal["relay-try"] = "relay-try"
    when: Literal["fresh", "old", "forged"]
    transport: Literal["udp", "tcp", "tls"]
    age: float = 0.0
    allocated: bool
    code: int = 0


class CallCertificates(Observation):
    """The SHA-256 fingerprints of the certificates that ``party`` described as its own in the call number ``turn``.

    The calls of a party are held one after the other in one browser profile.
    """

    kind: Literal["call-certificates"] = "call-certificates"
    turn: int
    fingerprints: tuple[str, ...]


class RelayPath(Observation):
    """The way that the media of ``party`` took while its browser sent nothing by UDP.

    ``candidates`` are the local candidates of its connections, as ``type/protocol to the relay``, each once; ``pairs``
    those of them in use by connections that stand. ``direct_udp`` counts candidates that were open to UDP: above 0 the
    block did not work.
    """

    kind: Literal["relay-path"] = "relay-path"
    connected: bool
    candidates: tuple[str, ...]
    pairs: tuple[str, ...]
    direct_udp: int = 0


class TlsOffered(Observation):
    """What an endpoint speaks: one record a protocol version that was asked for; no suite: it was refused.

    ``suites`` are the names (IANA) of the cipher suites that the server chose, one by one, from those it was offered;
    ``asked`` is how many it was offered first.
    """

    kind: Literal["tls-offered"] = "tls-offered"
    endpoint: Literal["web", "wss", "turns", "smtp"]
    version: Literal["TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"]
    suites: tuple[str, ...] = ()
    asked: int


class WireTraffic(Observation):
    """The packets of a call on the network, at the media server's and the relay's sockets.

    ``kinds`` counts them by RFC 7983 (``stun``, ``zrtp``, ``dtls``, ``turn-channel``, ``rtp``, ``rtcp``; TCP streams by
    message, also ``tls``); ``unknown`` is what is none of these. Whether RTP is SRTP no header tells: ``held`` counts
    the RTP packets that the media server recorded after SRTP, ``matched`` those of them for which one of the same size,
    but for what SRTP adds, was seen on its way to the server, ``compared`` the packets whose payload was compared with
    what the server recorded and the encoders made, ``readable`` those that carry 16 bytes of it in a row;
    ``readable_to`` names where they went (``address:port``). ``plain_rtcp`` counts RTCP packets without the index and
    tag of SRTCP.
    """

    kind: Literal["wire-traffic"] = "wire-traffic"
    kinds: dict[str, int]
    packets: int
    dropped: int = 0
    held: int
    matched: int
    compared: int
    readable: int = 0
    readable_to: tuple[str, ...] = ()
    plain_rtcp: int = 0


class CodecTried(Observation):
    """A call in which the browser of ``party`` offers one codec alone.

    ``page`` is the state that the call had on the page (see ``Journey.state``), ``sent`` the packets that it says it
    sent. ``frames`` counts what the media server held, ``clear`` those of them that carry 16 bytes of the encoder's in
    a row, ``made`` the frames that the encoder was seen to make.
    """

    kind: Literal["codec-tried"] = "codec-tried"
    media: Media
    codec: str  # as the browser names it, in lower case: "vp8"
    page: str
    sent: int
    made: int
    frames: int
    clear: int


class CodecsOffered(Observation):
    """The codecs that the browser of ``party`` can send (RTCRtpSender.getCapabilities), without RTX, RED and FEC."""

    kind: Literal["codecs-offered"] = "codecs-offered"
    media: Media
    codecs: tuple[str, ...]
