"""A run as a plan that a flaw can change in one place: who called whom, and which way every frame went."""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Literal

from harness.model.observations import AnyObservation, Hit, Media
from tests.flaws.agreements import agreements
from tests.flaws.beside import DIRECT, EXTRAS, QUALITY, beside
from tests.flaws.network import network
from tests.flaws.visiting import PACE, REKEYED, coming

ATTACKED = "winterbach-7"  # the call whose server is malicious
DOWNGRADED = {"winterbach-8": "announced", "winterbach-9": "old-client"}  # the calls said to be without encryption
PARTIES = ("citizen", "clerk")
MEDIA: tuple[Media, ...] = ("audio", "video")
FRAMES: dict[Media, int] = {"audio": 60, "video": 40, "screen": 30}
PLACES = ("http", "url", "websocket", "mail", "mail-rewritten", "log", "database", "memory")
Fault = Literal["", "worker-killed", "script-blocked", "key-withheld"]


class Way(Enum):
    """What became of one frame on its way from the encoder to the other person."""

    SEALED = auto()  # through the application's transform, encrypted
    FORWARDED = auto()  # through the transform as it was; the receiver's transform drops it
    LEFT_ALONE = auto()  # through both transforms as it was
    BARE = auto()  # past any transform: only the bench's pass-through saw it
    SWALLOWED = auto()  # into the transform and not out of it
    UNKNOWN = auto()  # at the server, and nobody saw it leave
    NEVER = auto()  # not encoded at all


@dataclass(slots=True)
class SealPlan:
    """How a stream's frames are sealed; ``blocks``: each block on its own, ``clear``: so many bytes at the
    head not at all, ``clear_front``: the first half."""

    suite: str = "0005"
    tag: int = 16
    nonce: Literal["counter", "fixed"] = "counter"
    blocks: bool = False
    long_header: bool = False
    clear: int = 0
    clear_front: bool = False


@dataclass(slots=True)
class StreamPlan:
    """One stream; ``ways[i]`` is what happened to its frame ``i``. ``glimpses``: pictures that a decoder without a key
    makes of it all the same."""

    call: str
    party: str
    media: Media
    segment: int
    began: float
    ways: list[Way]
    key: str
    first_counter: int
    direct: bool = False  # from page to page, past the media server
    seal: SealPlan = field(default_factory=SealPlan)
    glimpses: int = 0
    silent: range = range(0)  # frames that are digital silence, three bytes each
    pace: int = 1  # how much slower than usual its frames follow each other

    @property
    def interval(self) -> float:
        """Seconds from frame to frame."""
        return self.pace * (0.02 if self.media == "audio" else 0.033)


@dataclass(slots=True)
class CallPlan:
    """One call, the streams in it, and what was found where."""

    name: str
    fault: Fault
    began: float
    fault_at: float | None
    streams: list[StreamPlan]
    hits: dict[str, list[Hit]] = field(default_factory=dict)
    sdp: str = (
        "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=fingerprint:sha-256 AB:CD:EF\r\n"
        "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nm=video 9 UDP/TLS/RTP/SAVPF 98\r\n"
    )
    tls_version: str = "FEFD"
    dtls_cipher: str = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
    srtp_cipher: str = "AEAD_AES_128_GCM"
    fragment: tuple[str, ...] = ()
    sfu: Literal["ok", "silent"] = "ok"
    keys: bool = True  # whether the recorder in the browser saw any
    parties: tuple[str, ...] = PARTIES
    focus: Literal["", "extras", "quality", "direct", "attacked", "downgraded"] = ""
    rekeyed: tuple[float, ...] = ()  # seconds after which new keys came into use
    code: int = 8  # digits of the safety code
    committed: int = 1  # commitments that a page had before it revealed
    lock: Literal["true", "always", "blind"] = "true"  # blind: what is sealed in part counts as sealed
    accepted: dict[str, tuple[int, int, int]] = field(default_factory=dict)  # attack -> opened, passed on, keys tried


@dataclass(slots=True)
class RunPlan:
    """A whole run."""

    calls: list[CallPlan]
    beside: list[AnyObservation] = field(default_factory=list)  # what was seen beside picture, sound and keys

    def streams(self, *, fault: Fault | None = None) -> list[StreamPlan]:
        """All streams, or those of the calls with one fault (``""``: the calls without one)."""
        return [stream for call in self.calls if fault in (None, call.fault) for stream in call.streams]

    @property
    def regular(self) -> list[CallPlan]:
        """The calls that the bench left alone."""
        return [call for call in self.calls if not call.fault and not call.focus]


def clean_run() -> RunPlan:
    """Two regular calls (in the first the citizen connects again), one call for each fault, one with screen, form, chat
    and a third person, one in which picture and sound are measured, one that begins on a direct path, one whose server
    tampers with frames, and two whose server says that there is no encryption; nothing is wrong."""
    first = _call("winterbach-1", 1000.0)
    for media in MEDIA:
        again = _stream(first, "citizen", media, segment=1)
        again.began, again.first_counter = first.began + 10, 500 + _offset(media)
        first.streams.append(again)
    second = _call("kernen-1", 1100.0)
    killed = _call("winterbach-2", 1200.0, "worker-killed", 0.5)
    for stream in killed.streams:
        if stream.party == "citizen":
            sent = int(0.5 / stream.interval)
            stream.ways[sent:] = [Way.NEVER] * (len(stream.ways) - sent)
    blocked = _call("winterbach-3", 1300.0, "script-blocked", 0.0)
    blocked.streams.clear()
    withheld = _call("winterbach-4", 1400.0, "key-withheld", 0.0)
    for stream in withheld.streams:
        stream.ways = [Way.SWALLOWED] * len(stream.ways)
    extras = _call(EXTRAS, 1500.0, parties=("citizen", "clerk", "guest"))
    extras.streams.append(_stream(extras, "clerk", "screen"))
    extras.focus, extras.rekeyed = "extras", REKEYED
    for stream in extras.streams:
        stream.pace = PACE
    quality = _call(QUALITY, 1600.0)
    quality.focus, quality.keys = "quality", False
    quality.streams.clear()
    direct = _call(DIRECT, 2100.0, parties=("citizen", "clerk", "guest"))
    direct.focus = "direct"
    for stream in direct.streams:
        stream.began, stream.first_counter = direct.began + 10, 500 + _offset(stream.media)
    before = [_stream(direct, party, media) for party in PARTIES for media in MEDIA]
    for stream in before:
        stream.direct = True
    direct.streams += before
    attacked = _call(ATTACKED, 1700.0)
    attacked.focus, attacked.keys = "attacked", False
    attacked.streams.clear()  # what it sent is nobody's business; what was delivered to it is rendered apart
    downgraded = [_call(name, 1800.0 + 100 * number) for number, name in enumerate(DOWNGRADED)]
    for call in downgraded:
        call.focus = "downgraded"
    for stream in downgraded[1].streams:
        stream.ways = [Way.SWALLOWED] * len(stream.ways)  # nobody agrees on keys with an old program
    calls = [first, second, killed, blocked, withheld, extras, quality, attacked, *downgraded, direct]
    return RunPlan(calls, [*beside(extras.began), *coming(extras.began), *network(), *agreements()])


def _call(
    name: str,
    began: float,
    fault: Fault = "",
    fault_after: float | None = None,
    parties: tuple[str, ...] = PARTIES,
) -> CallPlan:
    call = CallPlan(name, fault, began, None if fault_after is None else began + fault_after, [], parties=parties)
    call.streams = [_stream(call, party, media) for party in parties for media in MEDIA]
    return call


def _stream(call: CallPlan, party: str, media: Media, segment: int = 0) -> StreamPlan:
    ways = [Way.SEALED] * FRAMES[media]
    return StreamPlan(
        call.name, party, media, segment, call.began, ways, f"key of the {party} in {call.name}", _offset(media)
    )


def _offset(media: Media) -> int:
    return {"audio": 0, "video": 200, "screen": 400}[media]  # one key and one counter serve all media of a party
