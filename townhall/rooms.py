"""VideoRoom: one room per appointment, closed by a PIN and by an admission token per participant."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from townhall.errors import JanusRefusal
from townhall.janus import Handle, Janus, Message

_PLUGIN = "janus.plugin.videoroom"
_MAX_PUBLISHERS = 8  # three people and a screen, and their handles of a moment ago while Janus still lets go of them
_NO_SUCH_ROOM = 426
VIDEO_CODECS = "vp9"


def random_id() -> int:
    """Return a random Janus id: 52 bits, which JSON numbers carry exactly."""
    return secrets.randbits(52) + 1


@dataclass
class Leg:
    """One PeerConnection between a browser and Janus; candidates wait here until the description has gone out."""

    handle: Handle
    on_candidate: Callable[[Message | None], None]
    on_up: Callable[[], None] = lambda: None
    on_down: Callable[[], None] = lambda: None
    feed: int = 0
    _held: list[Message | None] | None = field(default_factory=list)

    def release(self) -> None:
        """The browser has the description now: give it the candidates that came early, and from now on each one."""
        held, self._held = self._held or [], None
        for candidate in held:
            self.on_candidate(candidate)

    def take(self, message: Message) -> None:
        """Handle what Janus says by itself about this PeerConnection."""
        match message["janus"]:
            case "trickle":
                candidate = message["candidate"]
                ready = None if candidate.get("completed") else candidate
                if self._held is None:
                    self.on_candidate(ready)
                else:
                    self._held.append(ready)
            case "webrtcup":
                self.on_up()
            case "hangup" | "detached":
                self.on_down()


class Room:
    """One appointment's VideoRoom, from ``Rooms.open`` on."""

    def __init__(
        self, janus: Janus, manager: Handle, secret: str, shows_names: bool, video_codecs: str = VIDEO_CODECS
    ) -> None:
        self._shows_names = shows_names  # the flaw name-in-room
        self._video_codecs = video_codecs
        self._janus = janus
        self._manager = manager
        self._secret = secret
        self.id = random_id()
        self.pin = secrets.token_urlsafe(16)

    async def create(self, token: str, record_dir: Path | None) -> None:
        """Make the room with its first admission token; with ``record_dir``, Janus records all that arrives."""
        body: Message = {
            "request": "create",
            "room": self.id,
            "permanent": False,
            "is_private": True,
            "secret": self._secret,
            "pin": self.pin,
            "allowed": [token],
            "publishers": _MAX_PUBLISHERS,
            "audiocodec": "opus",
            "videocodec": self._video_codecs,
            "bitrate": 2_000_000,
            "fir_freq": 0,
            "notify_joining": False,
        }
        if record_dir is not None:
            body |= {"record": True, "rec_dir": str(record_dir)}
        await self._manager.ask(body)

    async def admit(self, token: str) -> None:
        """Add one participant's admission token."""
        await self._allow("add", token)

    async def expel(self, token: str) -> None:
        """Take one participant's admission token away."""
        await self._allow("remove", token)

    async def _allow(self, action: str, token: str) -> None:
        await self._manager.ask(
            {"request": "allowed", "room": self.id, "secret": self._secret, "action": action, "allowed": [token]}
        )

    async def publish(self, leg: Leg, token: str, sdp: str, filename: str, name: str = "") -> str:
        """Join as a publisher with the browser's offer; return Janus' answer. ``leg.feed`` is the feed's id then.

        ``e2ee`` tells Janus not to look into the payload; ``filename`` names the recordings, if there are any.
        """
        leg.feed = random_id()
        body: Message = {
            "request": "joinandconfigure",
            "ptype": "publisher",
            "room": self.id,
            "pin": self.pin,
            "id": leg.feed,
            "token": token,
            "filename": filename,
        }
        if self._shows_names:
            body["display"] = name
        answer = await leg.handle.ask(body, {"type": "offer", "sdp": sdp, "e2ee": True})
        return str(answer["jsep"]["sdp"])

    async def subscribe(self, leg: Leg, feed: int, token: str) -> str:
        """Join as a subscriber of one feed; return Janus' offer."""
        body: Message = {
            "request": "join",
            "ptype": "subscriber",
            "room": self.id,
            "pin": self.pin,
            "token": token,
            "streams": [{"feed": feed}],
        }
        answer = await leg.handle.ask(body)
        return str(answer["jsep"]["sdp"])

    async def start(self, leg: Leg, sdp: str) -> None:
        """Give Janus the browser's answer to a subscription, which starts the media."""
        await leg.handle.ask({"request": "start"}, {"type": "answer", "sdp": sdp, "e2ee": True})

    async def forward(self, feed: int, port: int) -> None:
        """Have a copy of a feed's sound and picture sent to a port of this machine, without SRTP (plain-forward)."""
        streams = [{"mid": str(mid), "port": port + 2 * mid} for mid in range(2)]
        await self._manager.ask(
            {"request": "rtp_forward", "room": self.id, "secret": self._secret, "publisher_id": feed}
            | {"host": "127.0.0.1", "host_family": "ipv4", "streams": streams}
        )

    async def leg(self, on_candidate: Callable[[Message | None], None]) -> Leg:
        """Attach a handle for one PeerConnection."""
        handle = await self._janus.attach(_PLUGIN, lambda message: leg.take(message))
        leg = Leg(handle, on_candidate)
        return leg

    async def destroy(self) -> None:
        """Remove the room; one that is already gone is fine."""
        try:
            await self._manager.ask({"request": "destroy", "room": self.id, "secret": self._secret})
        except JanusRefusal as error:
            if error.code != _NO_SUCH_ROOM:
                raise
        await self._manager.detach()


class Rooms:
    """Opens rooms on one Janus."""

    def __init__(
        self,
        janus: Janus,
        secret: str,
        record_dir: Path | None,
        shows_names: bool = False,
        video_codecs: str = VIDEO_CODECS,
    ) -> None:
        self._shows_names = shows_names
        self._video_codecs = video_codecs  # in the order of preference, divided by commas
        self._janus = janus
        self._secret = secret
        self._record_dir = record_dir

    async def open(self, token: str) -> Room:
        """Create a room that admits this token; raise MediaServerError if Janus cannot be reached or refuses."""
        manager = await self._janus.attach(_PLUGIN, lambda message: None)
        room = Room(self._janus, manager, self._secret, self._shows_names, self._video_codecs)
        await room.create(token, self._record_dir)
        return room
