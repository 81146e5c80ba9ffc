"""What regular calls show to be clear, and what other checks than E01, E03 and E07 therefore leave out."""

from dataclasses import dataclass
from typing import Protocol

from crypto_checks.streams import read_streams
from harness.model.evidence import Evidence
from harness.model.observations import Declared, Media


class Marked(Protocol):
    """Frames of a medium: those that are ``clear``, and those of them that are not short (``leaks``)."""

    @property
    def media(self) -> Media: ...

    @property
    def clear(self) -> tuple[bool, ...]: ...

    @property
    def leaks(self) -> tuple[bool, ...]: ...


@dataclass(frozen=True, slots=True)
class Others:
    """What regular calls show to be clear, so that E01 and E03 judge it: media that leak, and clear beginnings.

    ``short``: media whose short frames in the clear E07 judges; all of them where the target declares any.
    """

    media: frozenset[str]
    short: frozenset[str]
    beginnings: bool
    nothing_sealed: bool

    def left(self, stream: Marked) -> tuple[bool, ...]:
        """Which frames of a stream are clear, without the short ones that E07 judges."""
        return stream.leaks if stream.media in self.short else stream.clear


def left_to_others(evidence: Evidence) -> Others:
    """What the other checks on clear frames already judge by the regular calls."""
    regular, _ = read_streams(evidence, evidence.calls(regular=True), required=False)
    declares = any(found.seen.clear_frames for found in evidence.of(Declared))
    return Others(
        media=frozenset(stream.media for stream in regular if any(stream.leaks[stream.early :])),
        short=frozenset(stream.media for stream in regular if declares or any(stream.short)),
        beginnings=any(stream.early for stream in regular),
        nothing_sealed=bool(regular) and not any(stream.sealed for stream in regular),
    )
