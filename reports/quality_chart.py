"""A call as time series over one another: its main figures, their bands shaded, and what was done to the call."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from harness.model.quality import CallQuality, Limits, Line, Point
from harness.model.sentence import Sentence
from reports.quality_panels import PANELS, STYLES, Shown, shown_lines
from reports.quality_words import amount, digits, unit_of
from reports.text import Words

WIDTH, LEFT, RIGHT = 860, 76, 838
_TOP, _HEADING, _KEY, _PLOT, _GAP = 40, 24, 19, 84, 26
Up = Callable[[float], float]  # from a value to its place
_LABEL = 13  # below which two labels of an axis would lie on one another
_EDGE = 0.5  # seconds: what begins or ends so near a call's end does so with it
_CUT = 3.0  # of the acceptable limit: what is worse lies at the end of the scale


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of the drawing."""

    style: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line of a panel: its pieces between gaps, and its entry in the legend."""

    style: str
    pieces: tuple[str, ...]
    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel, laid out. ``scale`` for reading off a value: top, bottom, low, high, digits, whether some are cut."""

    heading: str
    heading_y: float
    top: float
    bottom: float
    areas: tuple[Area, ...]
    rows: tuple[tuple[float, str], ...]
    lines: tuple[Drawn, ...]
    scale: str
    unit: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something done to the call: from x on, shaded so wide, and the number under which it is listed."""

    x: float
    width: float
    number: int


def layout(call: CallQuality, bands: Mapping[str, Limits], t: Words) -> tuple[list[Panel], float]:
    """The panels that have something to show, and the height of it all."""
    panels, y = [], float(_TOP)
    for shown in PANELS:
        lines = shown_lines(shown, call)
        if lines:
            panel = _panel(shown, lines, bands, call.seconds, t, y)
            panels.append(panel)
            y = panel.bottom + _GAP
    return panels, y + 30


def across(second: float, seconds: float) -> float:
    """Where a second of the call lies."""
    return round(LEFT + (RIGHT - LEFT) * min(1.0, max(0.0, second / (seconds or 1.0))), 1)


def done_to(call: CallQuality) -> list[tuple[float, float, list[Sentence]]]:
    """What was done to the call: from which second to which, and all that was done in just this time."""
    together: dict[tuple[float, float], list[Sentence]] = {}
    for each in call.impairments:
        together.setdefault((each.begin, each.end), []).append(each.said)
    return [(begin, end, said) for (begin, end), said in together.items()]


def events(call: CallQuality) -> list[Event]:
    """What changed in the call: shaded where it was not as it had been at its beginning."""
    done, found = done_to(call), []
    first = {said.en for begin, _, several in done if begin <= _EDGE for said in several}
    for number, (begin, end, several) in enumerate(done, 1):
        if begin <= _EDGE and end >= call.seconds - _EDGE:
            continue  # from end to end: it needs no place in the drawing
        x = across(begin, call.seconds)
        width = max(1.0, round(across(end, call.seconds) - x, 1))
        found.append(Event(x, 0.0 if {said.en for said in several} <= first else width, number))
    return found


def ticks(seconds: float) -> list[int]:
    """Round seconds to write below the axis: at most ten."""
    step = next(each for each in (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 3600) if seconds / each <= 10)
    return list(range(0, int(seconds) + 1, step))


def _panel(
    shown: Shown, lines: Sequence[Line], bands: Mapping[str, Limits], seconds: float, t: Words, y: float
) -> Panel:
    used = [line.band for line in lines if line.band in bands]
    limits = bands[shown.band] if shown.band in used or not used else bands[used[0]]
    values = [point.value for line in lines for point in line.points if point.value is not None]
    low, high = _scale(shown, limits, values)
    rows = -(-len(lines) // 2)
    top = y + _HEADING + rows * _KEY
    bottom = top + _PLOT

    def up(value: float) -> float:
        part = min(1.0, max(0.0, (value - low) / (high - low)))
        return round(bottom - part * (bottom - top), 1)

    drawn = tuple(
        Drawn(
            style,
            tuple(_pieces(line.points, seconds, up)),
            t.short(line.of.in_language(t.lang), 60),
            LEFT + (index % 2) * (RIGHT - LEFT) / 2,
            y + _HEADING + 10 + _KEY * (index // 2),
        )
        for index, (style, line) in enumerate(zip(STYLES, lines, strict=False))
    )
    return Panel(
        heading=t(f"quality.panel.{shown.name}"),
        heading_y=y + 14,
        top=top,
        bottom=bottom,
        areas=tuple(_areas(limits, low, high, up)),
        rows=tuple(_rows(limits, low, high, up, t)),
        lines=drawn,
        scale=_said(limits, top, bottom, low, high, max(values, default=high) > high),
        unit=unit_of(limits.unit),
    )


def _said(limits: Limits, top: float, bottom: float, low: float, high: float, cut: bool) -> str:
    factor = 100 if limits.unit == "share" else 1
    return f"{top:g} {bottom:g} {low * factor:g} {high * factor:g} {digits(limits.unit)} {int(cut)}"


def _scale(shown: Shown, limits: Limits, values: Sequence[float]) -> tuple[float, float]:
    if limits.unit == "SSIM":
        return 0.0, 1.0
    most = max(values, default=shown.high) * 1.05
    if limits.better == "less":
        most = min(most, _CUT * limits.acceptable)
    return shown.low, max(shown.high, most) if shown.name in ("delay", "loss", "rate") else shown.high


def _areas(limits: Limits, low: float, high: float, up: Up) -> Iterable[Area]:
    ends = (low, limits.good, limits.acceptable, high) if limits.better == "less" else (
        high, limits.good, limits.acceptable, low,
    )  # fmt: skip
    for style, first, last in zip(("good", "okay", "bad"), ends, ends[1:], strict=False):
        upper, lower = sorted((up(first), up(last)))
        if lower - upper > 0:
            yield Area(style, LEFT, upper, RIGHT - LEFT, round(lower - upper, 1))


def _rows(limits: Limits, low: float, high: float, up: Up, t: Words) -> Iterable[tuple[float, str]]:
    """The limits first, then the ends of the scale where there is room for them."""
    placed: list[float] = []
    for value in (limits.good, limits.acceptable, low, high):
        y = up(value)
        if low <= value <= high and all(abs(y - other) >= _LABEL for other in placed):
            placed.append(y)
            yield y, amount(value, limits.unit, t)


def _pieces(points: Sequence[Point], seconds: float, up: Up) -> Iterable[str]:
    """The attribute ``points`` of each stretch without a gap; a stretch of one point is drawn as long as it lasted."""
    piece: list[tuple[float, float]] = []
    before: Point | None = None
    for point in points:
        if point.value is None or (before is not None and point.begin - before.end > 2.0):
            yield from _joined(piece, before, seconds)
            piece, before = [], None
        if point.value is not None:
            piece.append((across((point.begin + point.end) / 2, seconds), up(point.value)))
            before = point
    yield from _joined(piece, before, seconds)


def _joined(piece: Sequence[tuple[float, float]], last: Point | None, seconds: float) -> Iterable[str]:
    if len(piece) == 1 and last is not None:
        y = piece[0][1]
        piece = [(across(last.begin, seconds), y), (across(last.end, seconds), y)]
    if piece:
        yield " ".join(f"{x:g},{y:g}" for x, y in piece)
