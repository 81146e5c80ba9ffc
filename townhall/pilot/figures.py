"""The pilot's figures from counts and answers that name nobody: pure, the same input gives the same report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean
from typing import Literal

FEWEST_ANSWERS = 5  # fewer answers are not shown: who knows that a neighbour answered could read them off
FEWEST_APPOINTMENTS = 20  # fewer appointments decide nothing
QUESTIONS = ("ease", "quality", "satisfaction")
Question = Literal["ease", "quality", "satisfaction"]
Answer = tuple[int, int, int]  # marks from 1 (bad) to 5 (very good), in the order of QUESTIONS
Standing = Literal["met", "missed", "open"]


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on one day: appointments by their end, seconds both people were there, connections lost."""

    day: date
    held: int = 0
    no_show: int = 0
    cancelled: int = 0
    connected: int = 0
    seconds: float = 0.0
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Week:
    """The same of one week, named by its Monday."""

    monday: date
    held: int
    no_show: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class Marks:
    """The answers to one question: how many gave each mark from 1 to 5; empty and without mean if too few answered."""

    question: str
    counts: tuple[int, ...]
    mean: float | None


@dataclass(frozen=True, slots=True)
class Terms:
    """What the pilot was agreed on: its days (both included), its costs in euro, and what would make it a success."""

    start: date
    end: date
    clerk_hour_eur: float
    monthly_cost_eur: float
    max_no_show: float
    min_satisfaction: float
    min_connected: float


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition of success: the figure, its limit, and how it stands (``open``: too few to say)."""

    name: Literal["no_show", "satisfaction", "connected"]
    value: float | None
    limit: float
    standing: Standing


@dataclass(frozen=True, slots=True)
class Figures:
    """The pilot report's figures. Shares are from 0 to 1, ``None`` where nothing can be divided or too few answered."""

    terms: Terms
    booked: int
    held: int
    no_show: int
    cancelled: int
    no_show_share: float | None
    minutes: float | None  # of a call, on average
    connected_share: float | None
    lost_per_call: float | None
    cost_total_eur: float
    cost_each_eur: float | None
    answers: int
    marks: tuple[Marks, ...]
    weeks: tuple[Week, ...]
    criteria: tuple[Criterion, ...]


def figures(terms: Terms, days: Iterable[Day], answers: Sequence[Answer], today: date) -> Figures:
    """Count the days within the pilot up to ``today`` and weigh them against the terms."""
    inside = [day for day in days if terms.start <= day.day <= terms.end]
    held, no_show = sum(day.held for day in inside), sum(day.no_show for day in inside)
    cancelled, connected = sum(day.cancelled for day in inside), sum(day.connected for day in inside)
    seconds = sum(day.seconds for day in inside)
    cost = _cost(terms, seconds, today)
    marks = tuple(_marks(name, [answer[at] for answer in answers]) for at, name in enumerate(QUESTIONS))
    no_show_share = _share(no_show, held + no_show)
    connected_share = _share(connected, held)
    enough = held + no_show >= FEWEST_APPOINTMENTS
    return Figures(
        terms=terms,
        booked=held + no_show + cancelled,
        held=held,
        no_show=no_show,
        cancelled=cancelled,
        no_show_share=no_show_share,
        minutes=seconds / 60 / connected if connected else None,
        connected_share=connected_share,
        lost_per_call=_share(sum(day.lost for day in inside), connected),
        cost_total_eur=cost,
        cost_each_eur=cost / held if held else None,
        answers=len(answers),
        marks=marks,
        weeks=_weeks(terms, inside),
        criteria=(
            _criterion("no_show", no_show_share, terms.max_no_show, enough, at_most=True),
            _criterion("satisfaction", marks[-1].mean, terms.min_satisfaction, enough, at_most=False),
            _criterion("connected", connected_share, terms.min_connected, enough, at_most=False),
        ),
    )


def _cost(terms: Terms, seconds: float, today: date) -> float:
    """What has been spent so far: the clerks' time in calls, and the service by days of the pilot."""
    passed = max(0, (min(today, terms.end) - terms.start).days + 1)
    return seconds / 3600 * terms.clerk_hour_eur + passed * terms.monthly_cost_eur * 12 / 365


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _marks(question: str, given: list[int]) -> Marks:
    if len(given) < FEWEST_ANSWERS:
        return Marks(question, (), None)
    return Marks(question, tuple(given.count(mark) for mark in range(1, 6)), fmean(given))


def _weeks(terms: Terms, days: list[Day]) -> tuple[Week, ...]:
    monday = terms.start - timedelta(days=terms.start.weekday())
    weeks = []
    while monday <= terms.end:
        of_week = [day for day in days if monday <= day.day < monday + timedelta(days=7)]
        counts = (sum(getattr(day, name) for day in of_week) for name in ("held", "no_show", "cancelled"))
        weeks.append(Week(monday, *counts))
        monday += timedelta(days=7)
    return tuple(weeks)


def _criterion(
    name: Literal["no_show", "satisfaction", "connected"],
    value: float | None,
    limit: float,
    enough: bool,
    *,
    at_most: bool,
) -> Criterion:
    if value is None or not enough:
        return Criterion(name, value, limit, "open")
    return Criterion(name, value, limit, "met" if (value <= limit if at_most else value >= limit) else "missed")
