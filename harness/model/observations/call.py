"""The calls and stories that were played, and what a run was told of its target."""

from typing import Literal

from harness.model.observations.base import Blob, Observation, Party


class CallFact(Observation):
    """A call was held (or attempted). ``fault`` names what the bench did to it; a call without fault
    and focus is regular. A call with a ``focus`` is judged only by the checks that it is held for: ``extras`` (screen,
    mute, form, chat, file, captions, a third person), ``quality`` (measured at the glass, without frame taps) and
    ``direct`` (of two who send to each other directly until a third person comes),
    ``attacked`` (the bench was a malicious server),
    ``downgraded`` (it was one that says there is no encryption),
    ``agreements`` (keys were agreed upon many times, and nothing else was looked at).
    """

    kind: Literal["call"] = "call"
    tenant: str
    fault: Literal["", "worker-killed", "script-blocked", "key-withheld"] = ""
    focus: Literal["", "extras", "quality", "direct", "attacked", "downgraded", "agreements"] = ""
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


class ScenarioResult(Observation):
    """A story that was played: what it is called, how it ended and, where it did not end well, the sentence why."""

    kind: Literal["scenario"] = "scenario"
    name: str
    title: str  # German
    title_en: str = ""
    outcome: Literal["passed", "failed", "error", "skipped"]
    sentence: str = ""
    sentence_de: str = ""  # where it is known in German
    seconds: float

    def said(self, lang: str) -> str:
        """The sentence in ``lang`` as far as it is known."""
        return self.sentence_de or self.sentence if lang == "de" else self.sentence


class StoryCut(Observation):
    """The bench ended a story, and its browsers, because it came to no end within ``limit`` seconds: what was recorded
    since ``began_at`` (seconds since the epoch, the bench's clock) is half of what the story would have shown.

    ``checks`` are those that it was to give evidence for, ``*`` every one but the ``others``.
    """

    kind: Literal["story-cut"] = "story-cut"
    name: str
    limit: float
    began_at: float
    checks: tuple[str, ...]
    others: tuple[str, ...] = ()

    def concerns(self, check: str) -> bool:
        """Whether a check rests on this story, too."""
        return check in self.checks or ("*" in self.checks and check not in self.others)


class PictureSeen(Observation):
    """A picture for the report: what a person or a place saw."""

    kind: Literal["picture"] = "picture"
    place: Literal["citizen", "clerk", "server"]
    caption_de: str
    caption_en: str
    blob: Blob


class Declared(Observation):
    """What the target declares of itself, so that judges can compare it with what was seen.

    ``hosts`` are the hosts (name or address, no port) of the data-processing contract that pages may contact,
    ``storage`` the names of the cookies and storage entries that are necessary, ``retention_days`` how long an ended
    appointment may be kept. ``frame_profile`` is how frames are framed (``harness.wire.frame_profiles``) and
    ``clear_bytes`` how many bytes at their head are said to be clear: of key frames, delta frames and sound.
    ``clear_frames`` are the frames (hex, fewer than 16 bytes) that may be in the clear as a whole.
    """

    kind: Literal["declared"] = "declared"
    hosts: tuple[str, ...] = ()
    storage: tuple[str, ...] = ()
    retention_days: int | None = None
    frame_profile: str = ""
    clear_bytes: tuple[int, int, int] | None = None
    clear_frames: tuple[str, ...] | None = None
