"""People coming and going, and what the keys they had opened before, while and after they were there."""

from typing import Literal

from harness.model.observations.base import Media, Observation, Party


class MemberChange(Observation):
    """``party`` came into the call or left it; ``at``: seconds since the epoch, of the click that let in or hung up."""

    kind: Literal["member-change"] = "member-change"
    change: Literal["joined", "left"]
    at: float


class OutsiderOpened(Observation):
    """What the keys of ``outsider``, who was in the call for a time, opened of the frames that ``party`` sent.

    The keys are all that the outsider's own browser was seen to use, the frames those that the media server held.
    ``period``: ``before`` they were let in, ``present``, ``leaving`` (up to 5 s after they hung up), ``late`` (5 to
    10 s after) or ``after`` (later). ``last`` is how long after leaving the last opened frame was sent (seconds).
    """

    kind: Literal["outsider-opened"] = "outsider-opened"
    outsider: Party
    media: Media
    period: Literal["before", "present", "leaving", "late", "after"]
    frames: int
    opened: int
    last: float | None = None
