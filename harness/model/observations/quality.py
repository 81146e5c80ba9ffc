"""How good a call was where people sit: what was drawn and shown, spoken and heard, in series over the whole call.

All times are milliseconds since the epoch, of the one clock that every page and process of a host shares: they are
comparable with each other and with ``Record.at``. Columns of one observation have one length.
"""

from typing import Literal

from harness.model.observations.base import Media, Observation, Party

Figure = Literal["vmaf", "ssim", "psnr", "speech", "stoi", "characters"]


class PicturesDrawn(Observation):
    """The pictures that the camera or screen of ``party`` gave to its page: when each was drawn, and its number.

    Numbers count up by one. ``film`` says which picture of the camera's film each was (``CameraFilm``), where that is
    known. ``cost_ms`` is what drawing them took of the page's main thread in all.
    """

    kind: Literal["pictures-drawn"] = "pictures-drawn"
    media: Media
    at_ms: tuple[float, ...]
    number: tuple[int, ...]
    film: tuple[int, ...] = ()
    cost_ms: float = 0.0


class PicturesShown(Observation):
    """The pictures of ``sender`` that ``party`` was shown: when, and the number in each, None where none was readable.

    ``width`` and ``height`` (pixels) are those of each picture. ``untold`` says how many more the browser had composed
    since the one before, of which the page was not told in time to look: those have no row. Either the page was busy,
    or two came so close together that only one was to be seen. ``cost_ms`` is what reading the numbers took of the
    page's main thread in all.
    """

    kind: Literal["pictures-shown"] = "pictures-shown"
    sender: Party
    media: Media
    at_ms: tuple[float, ...]
    number: tuple[int | None, ...]
    width: tuple[int, ...]
    height: tuple[int, ...]
    untold: tuple[int, ...] = ()
    cost_ms: float = 0.0


class SoundMarks(Observation):
    """Marks in sound: ``which`` tells them apart, ``at_ms`` is when each began.

    With ``sender`` equal to ``party`` they are those that its microphone gave to its page; otherwise those that
    ``party`` heard of ``sender``. ``ear_ms`` is the delay of the bench's own microphone, taken off already.
    ``unread`` counts marks that were noticed and could not be told apart: they are missing from the columns.
    ``cost_ms`` is what hearing took of the page's main thread in all.
    """

    kind: Literal["sound-marks"] = "sound-marks"
    sender: Party
    at_ms: tuple[float, ...]
    which: tuple[int, ...]
    ear_ms: float = 0.0
    unread: int = 0
    cost_ms: float = 0.0


class StatsSeries(Observation):
    """One stream of a page's ``getStats`` about every second: cumulative counters as the W3C's webrtc-stats name them.

    ``of`` is its ``type`` there; ``columns`` hold what was told at each of ``at_ms``, None where it was not.
    """

    kind: Literal["stats-series"] = "stats-series"
    of: Literal["inbound-rtp", "outbound-rtp", "remote-inbound-rtp", "candidate-pair"]
    media: Literal["audio", "video", ""] = ""
    stream: str = ""
    at_ms: tuple[float, ...]
    columns: dict[str, tuple[float | None, ...]]


class Moment(Observation):
    """Something that happened once: what a judge measures a time from, or to.

    ``keys-kept`` is told at the end of a call in which nothing was done that changes keys.
    """

    kind: Literal["moment"] = "moment"
    what: Literal[
        "join-clicked", "first-picture", "key-change", "picture-after-key-change", "keys-kept",
        "call-began", "call-ended",
    ]  # fmt: skip
    at_ms: float


class Planted(Observation):
    """A defect of known size between the devices of ``party`` and its page, from ``from_ms`` to ``to_ms`` or the end.

    What devices gave is told before it (``PicturesDrawn``, ``SoundMarks``), so that it is the call's own doing.
    ``freeze-stops``: no new pictures; ``freeze-repeats``: the same picture over and over; ``value`` is ms.
    ``frame-rate``: no more than ``value`` pictures a second. ``sound-later``: by ``value`` ms than the picture,
    negative: earlier. ``blur``: pictures lose all detail of fewer than ``value`` pixels.
    ``smaller``: width and height are divided by ``value``.
    """

    kind: Literal["planted"] = "planted"
    what: Literal["freeze-stops", "freeze-repeats", "frame-rate", "sound-later", "blur", "smaller"]
    media: Media
    value: float
    from_ms: float
    to_ms: float | None = None


class LinkSet(Observation):
    """From ``at_ms`` on the link of ``party`` was like this, towards the others (``up``) and from them (``down``).

    ``profile`` is the name of the network profile, empty for none; ``up`` and ``down`` are sentences in figures, made
    by the bench from its own settings ("delay 50 ms, loss 1 %").
    """

    kind: Literal["link-set"] = "link-set"
    at_ms: float
    profile: str = ""
    up: str = ""
    down: str = ""


class LinkCount(Observation):
    """What the bench's own link of ``party`` did to packets, cumulative, in one direction, by the end of the call.

    With ``of`` "measured" only while it was measured: what statistics of the same time can be held against.
    """

    kind: Literal["link-count"] = "link-count"
    of: Literal["call", "measured"] = "call"
    direction: Literal["up", "down"]
    taken: int
    given: int
    lost: int  # thrown away by its model of loss
    overflowed: int  # thrown away by its queue
    duplicated: int
    late_p95_ms: float  # of the link itself, beyond the delay that it was to add: what the bench could not keep


class Scored(Observation):
    """A full-reference score of what ``party`` saw or heard of ``sender`` between two moments.

    ``vmaf`` 0 to 100, ``ssim`` 0 to 1, ``psnr`` dB, ``speech`` 1 to 5 (MOS-LQO), ``stoi`` 0 to 1, ``characters`` the
    share of the shared document's characters that are read wrongly (edit distance over length). ``by`` names the
    program and its version; ``of`` is how many pictures or seconds were compared.
    """

    kind: Literal["scored"] = "scored"
    sender: Party
    figure: Figure
    value: float
    from_ms: float
    to_ms: float
    of: float
    by: str


class CallCost(Observation):
    """What a call cost where it was measured: shares of one core, over ``seconds``.

    ``encrypted`` says whether the call was end-to-end encrypted; ``page`` is the browser's processes of ``party``,
    ``bench`` the bench's own measuring process.
    """

    kind: Literal["call-cost"] = "call-cost"
    encrypted: bool
    seconds: float
    page: float
    bench: float
