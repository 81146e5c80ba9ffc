"""The quality of calls as told to people and machines: what was judged, the series behind it, and repeated calls."""

from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Verdict


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Limits(_Frozen):
    """A band: up to which value a figure is good, up to which acceptable; its unit, and where it comes from.

    ``source_de``: that in German, where it is more than the name of a norm.
    """

    good: float
    acceptable: float
    better: Literal["less", "more"]
    unit: str
    source: str
    source_de: str = ""


class FigureName(_Frozen):
    """A figure of the catalogue: its id, what it is called in a sentence, and what passing means."""

    id: str
    name: str
    subject: Sentence
    passing: Sentence


class Point(NamedTuple):
    """A value between two moments, in seconds of the call; None where it cannot be said."""

    begin: float
    end: float
    value: float | None


class Line(_Frozen):
    """A figure of one stream over a call. ``points`` are fine, ``windows`` are those that were judged."""

    figure: str
    band: str
    key: str
    of: Sentence
    points: tuple[Point, ...]
    windows: tuple[Point, ...]
    whole: float | None


class Impairment(_Frozen):
    """What was done to a call from one second to another."""

    begin: float
    end: float
    said: Sentence


class WorstMoment(_Frozen):
    """The moment in which a call was furthest from good."""

    figure: str
    begin: float
    end: float
    sentence: Sentence


class LookMoment(_Frozen):
    """The worst window of what ``viewer`` saw of ``sender``: from ``begin`` to ``end``, judged as ``outcome``.

    ``at`` is the last moment of the longest time in it for which the picture stood, which was there since ``since``.
    With ``compared`` it lies behind the measured time, and pictures were compared there.
    """

    figure: str
    viewer: str
    sender: str
    media: Literal["video", "screen"]
    begin: float
    end: float
    at: float
    since: float
    compared: bool
    outcome: Outcome
    sentence: Sentence


class ListenMoment(_Frozen):
    """The worst window of what ``hearer`` heard of ``sender``, judged as ``outcome``.

    With ``alone`` it lies behind the measured time, and the voice was without marks.
    """

    figure: str
    hearer: str
    sender: str
    begin: float
    end: float
    alone: bool
    outcome: Outcome
    sentence: Sentence


class CallQuality(_Frozen):
    """One call, whose second 0 is at ``began_ms`` (since the epoch). ``encrypted`` is None where nothing said so;
    ``network`` names its profile, empty for none. ``look`` and ``listen`` are None where nothing was seen or heard."""

    call: str
    network: str
    encrypted: bool | None
    seconds: float
    verdicts: tuple[Verdict, ...]
    lines: tuple[Line, ...]
    impairments: tuple[Impairment, ...]
    worst: WorstMoment | None
    look: LookMoment | None = None
    listen: ListenMoment | None = None
    began_ms: float = 0.0


class Typical(_Frozen):
    """A figure over repeated calls: median and 95 % interval, and the worst outcome that one of them had.

    ``method``: ``sign`` (order statistics), ``t`` (Student) or ``none`` (a single call). ``unjudged`` counts calls
    in which it could not be judged.
    """

    figure: str
    band: str
    count: int
    unjudged: int
    median: float | None
    low: float | None
    high: float | None
    method: Literal["sign", "t", "none"]
    outcome: Outcome


class NetworkQuality(_Frozen):
    """All calls under one network."""

    network: str
    calls: tuple[str, ...]
    figures: tuple[Typical, ...]


class QualityResult(_Frozen):
    """All of a run. ``verdicts`` are over all its calls, ``calls`` one by one, ``networks`` by profile."""

    format: Literal["pruefstand-quality/1"] = "pruefstand-quality/1"
    run: str = ""
    target: str = ""
    figures: tuple[FigureName, ...]
    bands: dict[str, Limits]
    verdicts: tuple[Verdict, ...]
    calls: tuple[CallQuality, ...]
    networks: tuple[NetworkQuality, ...]
