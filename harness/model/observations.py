"""What was seen, without judgement: one frozen model a kind of record.

Every observation names the call it belongs to (empty: the whole run) and, where it has one, the party whose media,
page or process it concerns. Binary material lies beside the records as blobs, named by a path inside the run's
``evidence/`` folder and bound by SHA-256.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Media = Literal["audio", "video"]
Party = str  # "citizen", "clerk", later "interpreter"


class Blob(BaseModel):
    """A file of the evidence: ``path`` below ``evidence/``, ``sha256`` of its bytes (hex), ``size`` in bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    sha256: str
    size: int


class Observation(BaseModel):
    """The base of all observations."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    call: str = ""
    party: Party = ""


class CallFact(Observation):
    """A call was held (or attempted). ``fault`` names what the bench did to it; a call without fault is regular."""

    kind: Literal["call"] = "call"
    tenant: str
    fault: Literal["", "worker-killed", "script-blocked", "key-withheld"] = ""
    fault_at: float | None = None  # seconds since the epoch, the bench's clock; before it the call was regular
    parties: tuple[Party, ...]
    connected: bool  # both parties saw and heard each other's canary
    began_at: float
    ended_at: float
    clicks: int | None = None  # clicks the citizen needed from the mail to the picture, the link itself included


class TapStatus(Observation):
    """Whether a vantage point delivered. ``state`` is ``silent`` when it was there and returned nothing."""

    kind: Literal["tap"] = "tap"
    vantage: str  # "sfu", "encoded-frames", "keys", "http", "websocket", "mail", "log", "database", "memory", "glass"
    state: Literal["ok", "silent", "absent", "failed"]
    reason: str = ""


class ServerFrames(Observation):
    """One stream as the media server held it after SRTP, from its first packet on; ``party`` is who sent it.

    ``blob`` holds the reassembled frames in the format of ``harness.wire.frames``. A stream that was set up again
    (reconnect) is another record with the next ``segment``.
    """

    kind: Literal["server-frames"] = "server-frames"
    media: Media
    codec: str
    segment: int = 0
    frames: int
    lost_packets: int = 0
    blob: Blob


class SenderFrames(Observation):
    """Frames in the sending page, ``before`` (as the encoder made them) or ``after`` the transform.

    ``via`` is ``app`` when the application's own transform carried them, ``observer`` when the application had set
    none and the bench's pass-through watched instead.
    """

    kind: Literal["sender-frames"] = "sender-frames"
    media: Media
    via: Literal["app", "observer"]
    stage: Literal["before", "after"]
    frames: int
    blob: Blob


class TransformSet(Observation):
    """A transform was put on a track's sender or receiver; ``at``: seconds since the epoch. See ``SenderFrames``."""

    kind: Literal["transform-set"] = "transform-set"
    media: Media
    side: Literal["sender", "receiver"]
    via: Literal["app", "observer"]
    at: float


class ReceiverFrames(Observation):
    """Frames in the receiving page (``party``), coming from ``sender``: digests only.

    ``before`` are the first 8 bytes (hex) of the SHA-256 of each frame as it came from the network into the
    application's receiving transform; ``after`` holds for each frame that left it the index of its ``before``.
    """

    kind: Literal["receiver-frames"] = "receiver-frames"
    sender: Party
    media: Media
    before: tuple[str, ...]
    after: tuple[int, ...]


class KeySeen(Observation):
    """A secret key in use in a page or worker. The key itself is never stored: ``key_id`` is 16 hex of its SHA-256.

    ``parent`` is the id of the key it was derived from, where the recorder saw the derivation.
    ``opens`` counts captured frames (at the server, else in the browser) that this key opened.
    """

    kind: Literal["key"] = "key"
    scope: Literal["page", "worker"]
    algorithm: str
    bits: int
    key_id: str
    parent: str = ""
    opens: int = 0


class OpenedFrames(Observation):
    """What the participants' own keys made of a server stream, frame by frame (columns of equal length).

    ``keys[i]`` indexes ``key_ids`` or is -1 where no key opened frame ``i``; ``kids`` and ``ctrs`` are read from the
    SFrame header of opened frames (-1 where not opened). ``party``, ``media``, ``segment`` name the server stream.
    """

    kind: Literal["opened-frames"] = "opened-frames"
    media: Media
    segment: int = 0
    suite: str = ""  # "0004", "0005" or ""
    key_ids: tuple[str, ...]
    keys: tuple[int, ...]
    kids: tuple[int, ...]
    ctrs: tuple[int, ...]


class Recognition(Observation):
    """A search for the canary of ``party`` at one place.

    ``place``: ``sfu-keyless`` (what a decoder without keys makes of the server's frames), ``sfu-with-keys`` (the
    same frames opened with the participants' keys: the positive control), ``glass`` (what the other person saw or
    heard). ``part`` is ``early`` for frames before a stream's first sealed frame, ``steady`` for the rest.
    ``looked`` counts pictures or 20 ms sound frames offered, ``decoded`` those the decoder gave back, ``found`` the
    canaries recognised; ``score`` is the speech correlation (-1 to 1) for audio.
    """

    kind: Literal["recognition"] = "recognition"
    place: Literal["sfu-keyless", "sfu-with-keys", "glass"]
    part: Literal["early", "steady"] = "steady"
    media: Media
    looked: int
    decoded: int
    found: int
    score: float | None = None
    picture: Blob | None = None


class Hit(BaseModel):
    """A key (or canary text) found where it must not be. ``where`` names the item, never its content."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key_id: str
    encoding: str
    where: str


class SearchResult(Observation):
    """One place searched for every recorded key in every encoding.

    ``place``: ``http``, ``url`` (request lines and referrers), ``websocket``, ``mail``, ``mail-rewritten``, ``log``,
    ``database``, ``memory``; ``source`` names the file, process or page. ``control`` is a harmless mark that must be
    there and ``control_found`` how often it was: a search that cannot find its control has proven nothing.
    """

    kind: Literal["search"] = "search"
    place: str
    source: str
    items: int
    searched_bytes: int
    keys: tuple[str, ...]
    control: str
    control_found: int
    hits: tuple[Hit, ...] = ()


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


class LinkSeen(Observation):
    """The invitation link as mailed. ``query`` and ``fragment`` hold only the names of what they carry."""

    kind: Literal["link"] = "link"
    path_shape: str
    query: tuple[str, ...] = ()
    fragment: tuple[str, ...] = ()


class ScenarioResult(Observation):
    """A story that was played: what it is called, how it ended and, where it did not end well, the sentence why."""

    kind: Literal["scenario"] = "scenario"
    name: str
    title: str  # German
    title_en: str = ""
    outcome: Literal["passed", "failed", "error", "skipped"]
    sentence: str = ""
    seconds: float


class PictureSeen(Observation):
    """A picture for the report: what a person or a place saw."""

    kind: Literal["picture"] = "picture"
    place: Literal["citizen", "clerk", "server"]
    caption_de: str
    caption_en: str
    blob: Blob


AnyObservation = Annotated[
    CallFact
    | TapStatus
    | ServerFrames
    | SenderFrames
    | TransformSet
    | ReceiverFrames
    | KeySeen
    | OpenedFrames
    | Recognition
    | SearchResult
    | SessionDescription
    | TransportStats
    | SenderStats
    | LinkSeen
    | ScenarioResult
    | PictureSeen,
    Field(discriminator="kind"),
]


class Record(BaseModel):
    """An observation with its place in the evidence: ``id`` is unique in the run, ``at`` seconds since the epoch."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    at: float
    seen: AnyObservation
