"""A row of the truth table, and how calls are found for it."""

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict

from benchmarks.truth.lines import CallSeen, Stream
from harness.quality.ground import CLEAR


class Row(BaseModel):
    """A line of the table. ``off`` is held against ``limit``; ``reached`` is None for what is only told."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    part: str
    planted: str
    measured: str
    off: float | None = None
    limit: float | None = None
    better: Literal["less", "more"] = "less"
    unit: str = ""
    reached: bool | None = None


def limited(part: str, planted: str, measured: str, off: float, limit: float, unit: str) -> Row:
    """A row whose ``off``, to either side, is held against its limit."""
    return Row(
        part=part, planted=planted, measured=measured, off=round(off, 2), limit=limit, unit=unit,
        reached=abs(off) <= limit,
    )  # fmt: skip


def unmeasured(part: str, planted: str, limit: float | None = None, unit: str = "") -> Row:
    """The row of what was played and has no figure: silence is never within a limit."""
    return Row(part=part, planted=planted, measured="not measured", limit=limit, unit=unit, reached=False)


def played(calls: Iterable[CallSeen], profile: str = CLEAR, planted: str = "") -> list[CallSeen]:
    """The calls on a network with something planted; the clear ones if nothing is said."""
    return [call for call in calls if (call.profile, call.planted) == (profile, planted)]


def stream_of(call: CallSeen, viewer: str) -> Stream | None:
    """What somebody saw and heard in a call."""
    return next((stream for stream in call.streams if stream.viewer == viewer), None)
