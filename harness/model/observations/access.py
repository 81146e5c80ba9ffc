"""What pages offer to everyone, and what picture and sound are like at the glass."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from harness.model.observations.base import Media, Observation, Party


class AxeViolation(BaseModel):
    """One broken rule of axe-core on a page: ``target`` is the selector of the first of ``nodes`` elements."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    impact: str
    nodes: int
    target: str


class AxeFound(Observation):
    """What axe-core found on a page in a state, rules of WCAG 2.1 A and AA; ``rules`` is how many applied."""

    kind: Literal["axe"] = "axe"
    page: str
    state: str = ""
    rules: int
    violations: tuple[AxeViolation, ...] = ()


class KeyboardJourney(Observation):
    """The citizen's way by keyboard alone: the ``steps`` reached; ``stopped_at`` is empty when all of it was gone."""

    kind: Literal["keyboard"] = "keyboard"
    steps: tuple[str, ...]
    stopped_at: str = ""


class GlassMotion(Observation):
    """The moving picture that ``party`` saw of ``sender``: size in pixels, distinct frames a second.

    ``source_fps`` is what the sender's camera delivered to its page in the same time: less than that cannot be shown.
    ``busy`` is the share (0 to 1) of the machine's processor time that was in use meanwhile, by whatever ran on it.
    """

    kind: Literal["glass-motion"] = "glass-motion"
    sender: Party
    media: Media
    width: int
    height: int
    seconds: float
    frames: int
    fps: float
    source_fps: float | None = None
    busy: float | None = None


class LipSync(Observation):
    """Sound against picture at the glass of ``party``, in ms, one entry a common event; positive: the sound is late.

    ``source_ms`` are the same figures at the sender, before anything was sent.
    """

    kind: Literal["lip-sync"] = "lip-sync"
    sender: Party
    offsets_ms: tuple[float, ...]
    source_ms: tuple[float, ...] = ()
    busy: float | None = None  # as of GlassMotion


class TextChannel(Observation):
    """Text beside the call from ``party`` to ``to``: did it come, by keyboard, announced to screen readers."""

    kind: Literal["text-channel"] = "text-channel"
    what: Literal["chat", "caption"]
    to: Party
    arrived: bool
    by_keyboard: bool
    announced: bool
