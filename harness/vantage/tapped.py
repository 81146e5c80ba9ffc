"""What one party's pages and workers told the bench, kept in memory until the call is written down.

Key bytes live here and nowhere else; they are never written (see ``keys.py``).
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass, field
from typing import Any, Literal

from harness.model.errors import WireError
from harness.model.observations import LockChange, Media
from harness.vantage.instrument import parse_batch
from harness.vantage.websocket import WebSocketTap
from harness.wire.frames import Frame

MAX_FRAMES = 200_000  # of one party; a page that sends more is hostile or the call is longer than the bench keeps
MAX_ATTACKS = 1000  # that one party's pages may tell of
MAX_SENT = 256 * 1024 * 1024  # bytes of files and blobs that one party's pages may send


_MEDIA: dict[str, Media] = {"audio": "audio", "video": "video", "screen": "screen"}


@dataclass(frozen=True, slots=True)
class Transform:
    """A transform as it was set: on which end, by whom, for which medium, when (seconds since the epoch)."""

    id: str
    side: Literal["sender", "receiver"]
    via: Literal["app", "observer"]
    media: Media
    pc: int
    at: float


@dataclass(frozen=True, slots=True)
class Received:
    """A frame of a receiving transform: RTP timestamp, time, and the first 8 bytes (hex) of its SHA-256."""

    timestamp: int
    at: float
    digest: str


@dataclass(frozen=True, slots=True)
class RecordedKey:
    """A secret key that the page used, first seen ``at`` (seconds since the epoch). ``raw`` stays in memory."""

    raw: bytes
    parent: bytes
    scope: Literal["page", "worker"]
    algorithm: str
    at: float = 0.0

    @property
    def id(self) -> str:
        """16 hex digits of its SHA-256: how evidence names it."""
        return key_id(self.raw)


Device = Literal["camera", "microphone", "screen"]
_DEVICES: tuple[Device, ...] = ("camera", "microphone", "screen")


@dataclass(frozen=True, slots=True)
class Asked:
    """Devices that the page asked for; ``consented``: the person had pressed the button for each of them before."""

    devices: tuple[Device, ...]
    consented: bool


@dataclass(frozen=True, slots=True)
class IceServer:
    """A STUN or TURN server as the page gave it to a connection; user name and password stay in memory."""

    url: str
    user: str = ""
    password: str = ""


def key_id(raw: bytes) -> str:
    """16 hex digits of the SHA-256 of a key."""
    return hashlib.sha256(raw).hexdigest()[:16]


@dataclass(slots=True)
class Tapped:
    """One party's side of a call, as its instrumentation told it."""

    transforms: dict[str, Transform] = field(default_factory=dict)
    frames: dict[tuple[str, str, Media], list[Frame]] = field(default_factory=dict)  # (transform, stage, media)
    received: dict[tuple[str, str, Media], list[Received]] = field(default_factory=dict)
    keys: dict[bytes, RecordedKey] = field(default_factory=dict)
    descriptions: list[tuple[str, str, str]] = field(default_factory=list)  # (side, type, sdp)
    devices: list[Asked] = field(default_factory=list)
    ice: list[str] = field(default_factory=list)  # addresses of STUN and TURN servers given to connections
    ice_servers: list[IceServer] = field(default_factory=list)  # the same with what they ask for, each once
    bodies: list[tuple[str, bytes]] = field(default_factory=list)  # address, file or blob that was sent there by HTTP
    attacks: list[dict[str, Any]] = field(default_factory=list)  # what became of frames that the bench changed
    clicks: int = 0  # real clicks in this party's pages
    lock: list[LockChange] = field(default_factory=list)  # when the page showed that the call is encrypted
    refused: int = 0  # messages that were not what the instrumentation sends
    websockets: WebSocketTap = field(default_factory=WebSocketTap)
    _count: int = 0
    _sent: int = 0

    def take(self, text: str) -> None:
        """Takes a message of a page; what cannot be read is counted, never believed."""
        try:
            items = parse_batch(text)
        except WireError:
            self.refused += 1
            return
        for item in items:
            try:
                self._take_item(item)
            except (KeyError, TypeError, ValueError, binascii.Error):
                self.refused += 1

    def _take_item(self, item: dict[str, Any]) -> None:
        kind = item["t"]
        if kind == "frame":
            self._count += 1
            if self._count > MAX_FRAMES:
                raise ValueError("too many frames")
            where = (str(item["id"]), str(item["stage"]), self._media(item))
            rtp, at = int(item["rtp"]) & 0xFFFFFFFF, float(item["at"]) / 1000
            if "sha" in item:
                self.received.setdefault(where, []).append(Received(rtp, at, str(item["sha"])[:16]))
                return
            data = base64.b64decode(item["data"])
            self.frames.setdefault(where, []).append(Frame(rtp, at, data))
            self.received.setdefault(where, []).append(Received(rtp, at, hashlib.sha256(data).hexdigest()[:16]))
        elif kind == "key":
            raw = base64.b64decode(item["raw"])
            parent = base64.b64decode(item["parent"])
            scope: Literal["page", "worker"] = "worker" if item["scope"] == "worker" else "page"
            if raw not in self.keys and _looks_secret(raw):
                at = float(item.get("at", 0.0)) / 1000
                self.keys[raw] = RecordedKey(raw, parent, scope, str(item["alg"])[:40], at)
        elif kind == "transform":
            self.transforms[str(item["id"])] = Transform(
                id=str(item["id"]),
                side="receiver" if item["side"] == "receiver" else "sender",
                via="observer" if item["via"] == "observer" else "app",
                media=_MEDIA.get(str(item["kind"]), "audio"),
                pc=int(item["pc"]),
                at=float(item["at"]) / 1000,
            )
        elif kind == "click":
            self.clicks += 1
        elif kind == "lock":
            self.lock.append(LockChange(at=float(item["at"]) / 1000, shown=item["shown"] is True))
        elif kind == "attack":
            if len(self.attacks) >= MAX_ATTACKS:
                raise ValueError("too many attacks")
            self.attacks.append({name: value for name, value in item.items() if name != "t"})
        elif kind == "devices":
            devices = tuple(device for device in _DEVICES if device in item["devices"])
            self.devices.append(Asked(devices, item["consented"] is True))
        elif kind == "ice":
            self.ice.append(str(item["url"])[:300])
            server = IceServer(self.ice[-1], str(item.get("user", ""))[:300], str(item.get("password", ""))[:300])
            if server not in self.ice_servers:
                self.ice_servers.append(server)
        elif kind == "body":
            data = base64.b64decode(item["data"])
            self._sent += len(data)
            if self._sent > MAX_SENT:
                raise ValueError("too much was sent")
            self.bodies.append((str(item["url"]).split("#", 1)[0][:300], data))
        elif kind == "sdp":
            self.descriptions.append((str(item["side"]), str(item["type"]), str(item["sdp"])))
        elif kind == "socket":
            self.websockets.opened(str(item["url"]))
        elif kind == "message":
            data = base64.b64decode(item["data"])
            (self.websockets.sent if item["way"] == "sent" else self.websockets.received)(data)

    def _media(self, item: dict[str, Any]) -> Media:
        """A frame knows sound from picture; whether a picture is a screen, the transform that it went through knows."""
        transform = self.transforms.get(str(item["id"]))
        if item["media"] != "video":
            return "audio"
        return "screen" if transform and transform.media == "screen" else "video"


def _looks_secret(raw: bytes) -> bool:
    # A run of zeros or another constant as a "key" is a default argument somewhere, and would be found everywhere.
    return len(set(raw)) >= 8
