"""Demand over the busiest day against capacity: one municipality against its clerks, and all that share the server."""

from collections.abc import Sequence
from dataclasses import dataclass

from load.capacity.charts.curve import Key, Line
from load.capacity.charts.drawing import Chart, draw
from load.capacity.charts.scale import Scale, polyline, steps, ticks
from load.capacity.result import CapacityResult
from load.capacity.words import WEEKDAYS, Language, clock, number, percent

_WIDTH, _HEIGHT, _LEFT, _RIGHT = 860, 560, 64, 836
_FIRST, _SECOND = (84, 220), (316, 480)  # top and bottom of the two panels
_HOUR = 60


@dataclass(frozen=True, slots=True)
class Panel:
    """A day's lines over one axis of calls."""

    heading: str
    top: int
    bottom: int
    most: float
    rows: list[tuple[float, str]]
    area: str
    lines: list[Line]
    limit: float | None
    limit_text: str
    legend: list[Key]


def demand_chart(result: CapacityResult, lang: Language) -> Chart:
    """The busiest day of the busiest week, minute by minute."""
    german, demand, day = lang == "de", result.demand, result.demand.day
    end = day.begin + len(day.mean)
    across = Scale(day.begin, end - 1, _LEFT, _RIGHT)
    weekday = WEEKDAYS[day.weekday][lang]
    title = (
        f"Nachfrage am stärksten Tag ({weekday}) und Kapazität"
        if german
        else (f"Demand on the busiest day ({weekday}) and capacity")
    )
    hours = [minute for minute in range(0, 24 * _HOUR, _HOUR) if day.begin <= minute < end]
    return draw(
        "demand.svg.j2", title, _words(result, lang), lang, _WIDTH, _HEIGHT,
        across=f"{_LEFT} {_RIGHT} {day.begin} {end - 1}", kind="clock", left=_LEFT, right=_RIGHT,
        columns=[(across(minute), clock(minute)) for minute in hours],
        panels=[_one(result, across, lang), _shared(result, across, lang)],
        x_title=f"Uhrzeit in {demand.municipality}" if german else f"time of day in {demand.municipality}",
    )  # fmt: skip


def _one(result: CapacityResult, across: Scale, lang: Language) -> Panel:
    german, demand, day = lang == "de", result.demand, result.demand.day
    heading = f"{demand.municipality}: Gespräche zugleich" if german else f"{demand.municipality}: calls at once"
    clerks = f"{demand.clerks} Beschäftigte" if german else f"{demand.clerks} clerks"
    words = ("im Mittel", "an 19 von 20 Tagen höchstens") if german else ("in the mean", "at most, on 19 of 20 days")
    return _panel(heading, _FIRST, across, (day.mean, day.q95), day.begin, demand.clerks, clerks, words, lang)


def _shared(result: CapacityResult, across: Scale, lang: Language) -> Panel:
    german, capacity, shared = lang == "de", result.capacity, result.demand.day.shared
    name, count = result.demand.municipality, number(shared.municipalities, lang)
    heading = (
        f"{count} × {name} auf diesem Server: Gespräche zugleich"
        if german
        else (f"{count} × {name} on this server: calls at once")
    )
    rarely = percent(result.target, lang)
    words = (
        ("im Mittel", f"überschritten mit einer Wahrscheinlichkeit von {rarely}")
        if german
        else ("in the mean", f"exceeded with a chance of {rarely}")
    )
    low = number(capacity.low, lang)
    limit = f"Kapazität des Servers, vorsichtig: {low}" if german else f"the server's capacity, carefully: {low}"
    return _panel(
        heading, _SECOND, across, (shared.mean, shared.high), result.demand.day.begin, capacity.low, limit, words, lang
    )


def _panel(
    heading: str, place: tuple[int, int], across: Scale, curves: Sequence[Sequence[float]], begin: int,
    limit: float, limit_text: str, words: Sequence[str], lang: Language,
) -> Panel:  # fmt: skip
    top, bottom = place
    most = max([limit, *(max(curve, default=0.0) for curve in curves)]) * 1.25 or 1.0
    up = Scale(0, most, bottom, top)
    minutes = [across(begin + index) for index in range(len(curves[0]))]
    drawn = [[up(value) for value in curve] for curve in curves]
    mean = list(zip(minutes, drawn[0], strict=True))
    area = [(minutes[0], float(bottom)), *mean, (minutes[-1], float(bottom))]
    lines = [Line("one", polyline(mean))]
    lines.append(Line("two", polyline(steps(minutes, drawn[1]))))
    legend = [Key("one", words[0], _LEFT, bottom + 44), Key("two", words[1], _LEFT + 170, bottom + 44)]
    rows = [(up(each), number(each, lang)) for each in ticks(0, most, 4) if each == int(each)]
    return Panel(heading, top, bottom, most, rows, polyline(area), lines, up(limit), limit_text, legend)


def _words(result: CapacityResult, lang: Language) -> str:
    demand, day, capacity = result.demand, result.demand.day, result.capacity
    most = day.begin + max(range(len(day.mean)), key=lambda index: day.mean[index], default=0)
    peak, shared = max(day.mean, default=0.0), day.shared
    high = max(shared.high, default=0.0)
    if lang == "de":
        return (
            f"{demand.municipality}, {WEEKDAYS[day.weekday].de} der stärksten Woche: im Mittel sind um"
            f" {clock(most)} Uhr {number(peak, 'de', 1)} von {demand.clerks} möglichen Gesprächen zugleich im Gang."
            f" {number(shared.municipalities, 'de')} solche Gemeinden brauchen dann höchstens"
            f" {number(high, 'de')} von {number(capacity.low, 'de')} Gesprächen, die der Server vorsichtig gerechnet"
            f" hält (überschritten mit einer Wahrscheinlichkeit von {percent(result.target, 'de')})."
        )
    return (
        f"{demand.municipality}, {WEEKDAYS[day.weekday].en} of the busiest week: at {clock(most)}"
        f" {number(peak, 'en', 1)} of {demand.clerks} possible calls are held at once in the mean."
        f" {number(shared.municipalities, 'en')} such municipalities together then need at most"
        f" {number(high, 'en')} of the {number(capacity.low, 'en')} calls that the server holds, carefully reckoned"
        f" (exceeded with a chance of {percent(result.target, 'en')})."
    )
