"""What a generator is asked and what it tells: one JSON object a line, over a socket that it inherits.

A line from the generator is a hostile system's words only in so far as ``why`` quotes it: that is text, and is cut.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from load.errors import LoadError

Role = Literal["clerk", "citizen"]
LONGEST = 300  # characters of a reason


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


Act = Literal["talks", "falls-silent", "camera-on", "camera-off"]


class Step(_Message):
    """What a person does, so many seconds after setting out."""

    at: float = Field(ge=0)
    does: Act


class Behaves(_Message):
    """What a person does in a call, in order, and anew ``every`` so many seconds (0: once).

    ``partner`` is the bot of the other side: a picture that it has turned off is not missed.
    """

    steps: tuple[Step, ...] = ()
    every: float = Field(default=0.0, ge=0)
    partner: int | None = None


class Join(_Message):
    """Bring a bot into the call behind a WebSocket; ``cookies`` are those of its session.

    Without ``behaves`` it sends sound and picture all the time.
    """

    ask: Literal["join"] = "join"
    bot: int
    role: Role
    url: str
    cookies: str
    behaves: Behaves | None = None


class Leave(_Message):
    """Have a bot hang up."""

    ask: Literal["leave"] = "leave"
    bot: int


class Begin(_Message):
    """Begin to measure: from here on figures count."""

    ask: Literal["begin"] = "begin"


class Tell(_Message):
    """Tell the figures since the beginning; the answer has the ``number`` of the question."""

    ask: Literal["tell"] = "tell"
    number: int


class Ready(_Message):
    """The generator can be asked."""

    told: Literal["ready"] = "ready"
    pid: int


class Joined(_Message):
    """A bot has the other side's first packet, so many ``seconds`` after it set out."""

    told: Literal["joined"] = "joined"
    bot: int
    seconds: float


class Gone(_Message):
    """A bot is out of its call; ``why`` is empty when it was asked to leave.

    Of the media that it received in all: packets ``expected`` and ``lost``, mean one-way ``delay`` in seconds.
    """

    told: Literal["gone"] = "gone"
    bot: int
    why: str = ""
    expected: int = 0
    lost: int = 0
    delay: float | None = None


class Figures(_Message):
    """What was measured in ``seconds``. Delays in seconds; ``streams`` that were received all the time.

    ``expected`` and ``lost`` are packets of these streams, before any repair (RFC 3550, A.3); ``silent`` are those of
    them on which nothing came. The generator's own share: ``late_p95`` seconds of its ticks, ``cpu`` seconds it used,
    packets it ``sent``, ``received``, and lost by itself (``own_loss``), errors of its own (``faults``).
    """

    told: Literal["figures"] = "figures"
    number: int
    seconds: float
    streams: int
    silent: int
    expected: int
    lost: int
    jitter_p95: float | None
    delay_p50: float | None
    delay_p95: float | None
    round_trip_p50: float | None
    late_p95: float
    late_within: float
    cpu: float
    sent: int
    received: int
    own_loss: int
    faults: int
    memory: int


Ask = Join | Leave | Begin | Tell
Told = Ready | Joined | Gone | Figures
_ASKS: TypeAdapter[Ask] = TypeAdapter(Annotated[Ask, Field(discriminator="ask")])
_TOLD: TypeAdapter[Told] = TypeAdapter(Annotated[Told, Field(discriminator="told")])


def reason(text: str) -> str:
    """Somebody else's words as they may be told on: cut, and nothing in them that a line cannot hold."""
    return text.encode("utf-8", "backslashreplace").decode()[:LONGEST]


def line_of(message: Ask | Told) -> bytes:
    """A message as a line."""
    return message.model_dump_json().encode() + b"\n"


def read_ask(line: bytes) -> Ask:
    """Raises ``LoadError`` for a line that asks nothing."""
    try:
        return _ASKS.validate_json(line)
    except ValidationError as error:
        raise LoadError(f"The generator was asked something it does not know: {_first(error)}.") from error


def read_told(line: bytes) -> Told:
    """Raises ``LoadError`` for a line that tells nothing."""
    try:
        return _TOLD.validate_json(line)
    except ValidationError as error:
        raise LoadError(f"The generator told something that nobody knows: {_first(error)}.") from error


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(map(str, first['loc']))} {first['msg']}".strip()
