"""What a figure was in a call: over windows, over the whole call, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.model.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Window:
    """A value between two moments (ms since the epoch); None where too little was seen to say one.

    ``good`` takes the place of the band's own where the bench itself could not give what that asks for.
    """

    begin: float
    end: float
    value: float | None
    good: float | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure of one stream or person in one call, to be judged by ``band``. ``of`` names whose it is.

    ``whole`` is its value over the whole call, None where only windows are judged. ``why`` says what is missing where
    a window has no value. ``figures`` are more numbers for people, not judged; ``note`` is said behind the values.
    ``good`` is to ``whole`` what it is to a window.
    """

    band: str
    of: Sentence
    windows: tuple[Window, ...] = ()
    whole: float | None = None
    why: Sentence = field(default_factory=lambda: Sentence(de="zu wenig gesehen", en="too little seen"))
    figures: Mapping[str, float] = field(default_factory=dict)
    note: Sentence | None = None
    key: str = ""  # tells readings of one figure apart in charts: viewer/sender/medium
    good: float | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """All readings of a figure in one call, the records that they rest on, and the gaps."""

    readings: tuple[Reading, ...] = ()
    records: tuple[str, ...] = ()
    gaps: tuple[Sentence, ...] = ()
    gone: Sentence | None = None  # the call has nothing that this figure could be of
