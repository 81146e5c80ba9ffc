"""The line that is kept of each call of the truth table."""

from pydantic import BaseModel, ConfigDict


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Stream(_Kept):
    """``sender`` as ``viewer`` saw and heard it: delays in ms, pictures a second, and marks read of shown.

    Delays are medians over windows; ``buffer``: of that the receiver's buffer held so much, by its browser's own
    statistics; ``rest``: without that part.
    """

    viewer: str
    sender: str
    glass_ms: float | None = None
    glass_buffer_ms: float | None = None
    glass_rest_ms: float | None = None
    mouth_ms: float | None = None
    mouth_buffer_ms: float | None = None
    mouth_rest_ms: float | None = None
    coded_ms: float | None = None  # of the picture's: in encoder and decoder, as browsers say
    rate: float | None = None
    camera: float | None = None  # pictures a second that the camera gave
    read: int = 0
    shown: int = 0
    untold: int = 0
    heard: int = 0
    spoken: int = 0
    unread: int = 0


class Lost(_Kept):
    """Packets lost one way on the citizen's link: as statistics tell (of how many), and as the link itself counted."""

    way: str
    told: float
    of: float
    linked: int
    taken: int


class Size(_Kept):
    """Something planted, in ms, and what was measured of it; ``rest``: without what the receiver's buffers moved."""

    planted: float
    measured: float
    rest: float | None = None
    beside: float = 0.0  # what it was without: the usual gap, the call's own offset


class Score(_Kept):
    """A score of what ``viewer`` saw or heard."""

    figure: str
    viewer: str
    value: float


class Cost(_Kept):
    """Shares of one core: of the measuring on the page's main thread, of the browser, of the bench's own process."""

    party: str
    page: float
    browser: float
    bench: float


class CallSeen(_Kept):
    """One call: what was played, and what was measured. ``checks``: the outcome of each; ``said``: why not a pass.

    Of one that was not ``measured`` nothing is known but its cost.
    """

    label: str
    profile: str
    planted: str = ""
    camera: str = ""
    measured: bool = True
    scored: bool = False  # picture, sound and shared page were to be compared with what they were
    began_ms: float = 0.0
    busy: float | None = None  # % of the machine, in the second before the call
    load: float | None = None  # of the machine, over the last minute, when the call was over
    connected: bool = False
    sentence: str = ""
    streams: tuple[Stream, ...] = ()
    lost: tuple[Lost, ...] = ()
    freezes: tuple[Size, ...] = ()
    lips: tuple[Size, ...] = ()
    scores: tuple[Score, ...] = ()
    costs: tuple[Cost, ...] = ()
    late_ms: float | None = None  # of the links themselves
    checks: dict[str, str] = {}
    said: dict[str, str] = {}
