"""What people wrote, showed and shared in a call beside picture and sound."""

from typing import Literal

from harness.model.observations.base import Media, Observation, Party


class CanaryText(Observation):
    """A text that nobody but the people of the call may read, written by ``party``.

    ``text_id`` is 16 hex of its SHA-256.
    ``arrived`` names the parties on whose pages it was seen: the positive control of the search for it.
    """

    kind: Literal["canary-text"] = "canary-text"
    what: Literal["form", "chat", "file", "caption"]
    text_id: str
    arrived: tuple[Party, ...]


class TrackChange(Observation):
    """A track of ``party`` was started, muted or unmuted by the person; ``at``: seconds since the epoch."""

    kind: Literal["track-change"] = "track-change"
    media: Media
    change: Literal["started", "stopped", "muted", "unmuted"]
    at: float
