"""Media frames at the server and in the pages."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from harness.model.observations.base import Blob, Media, Observation, Party

DIRECT = -1  # the segment of OpenedFrames that no server held


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
    none and the bench's pass-through watched instead. ``path`` is ``direct`` for what went to another
    page's connection.
    """

    kind: Literal["sender-frames"] = "sender-frames"
    path: Literal["server", "direct"] = "server"
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
    application's receiving transform; ``after`` holds for each frame that left it the index of its ``before``. ``at``
    says when each of ``before`` came (seconds since the epoch); empty where that is not known.
    """

    kind: Literal["receiver-frames"] = "receiver-frames"
    sender: Party
    media: Media
    before: tuple[str, ...]
    after: tuple[int, ...]
    at: tuple[float, ...] = ()


class FrameForm(BaseModel):
    """How frames were sealed, as opening them has shown.

    ``suite``: for which cipher suite the key was derived (RFC 9605 section 4.4.2), four hexadecimal digits;
    ``tag_bytes``: how long the authentication tag is that held; ``nonce``: whether the ``counter`` goes into it, or it
    is ``fixed``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    suite: str
    tag_bytes: int
    nonce: Literal["counter", "fixed"] = "counter"


class OpenedFrames(Observation):
    """What the participants' own keys made of a server stream, frame by frame (columns of equal length).

    ``keys[i]`` indexes ``key_ids`` or is -1 where no key opened frame ``i``; ``kids`` and ``ctrs`` are read from the
    SFrame header of opened frames (-1 where not opened); ``formed[i]`` indexes ``forms`` (-1 where not opened).
    ``party``, ``media``, ``segment`` name the server stream; segment ``DIRECT`` is what the page sent to another page
    directly.
    """

    kind: Literal["opened-frames"] = "opened-frames"
    media: Media
    segment: int = 0
    suite: str = ""  # "0004", "0005" or ""
    key_ids: tuple[str, ...]
    keys: tuple[int, ...]
    kids: tuple[int, ...]
    ctrs: tuple[int, ...]
    forms: tuple[FrameForm, ...] = ()
    formed: tuple[int, ...] = ()
