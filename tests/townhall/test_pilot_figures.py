"""The pilot's figures: nobody to be recognised, nothing decided from too little, every amount where it belongs."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from townhall.pilot.charts import marks_chart, weeks_chart
from townhall.pilot.figures import FEWEST_ANSWERS, Answer, Day, Figures, Terms, Week, figures
from townhall.pilot.report import Words

TERMS = Terms(date(2021, 2, 1), date(2021, 3, 31), 48.0, 120.0, 0.15, 4.0, 0.95)
END = date(2021, 4, 30)


def busy(**changes: int) -> list[Day]:
    counts: dict[str, Any] = {
        "held": 30,
        "no_show": 3,
        "cancelled": 2,
        "connected": 30,
        "seconds": 30 * 900.0,
        "lost": 3,
    } | changes
    return [replace(Day(date(2021, 2, 3)), **counts)]


def of(days: list[Day], answers: list[Answer], today: date = END) -> Figures:
    return figures(TERMS, days, answers, today)


def test_a_good_pilot_meets_what_was_agreed() -> None:
    found = of(busy(), [(5, 5, 5), (4, 4, 4)] * 4)
    assert [criterion.standing for criterion in found.criteria] == ["met"] * 3
    assert found.minutes == pytest.approx(15.0)
    assert found.cost_total_eur == pytest.approx(7.5 * 48 + 59 * 120 * 12 / 365)
    assert found.cost_each_eur == pytest.approx(found.cost_total_eur / 30)
    assert Words("de").verdict(found) == "Alle 3 Bedingungen für eine Fortsetzung sind erfüllt."


def test_many_who_do_not_come_are_a_missed_condition() -> None:
    found = of(busy(no_show=10), [(5, 5, 5)] * 8)
    assert found.criteria[0].standing == "missed"
    assert Words("en").verdict(found) == "Not met: 1 of 3 conditions for going on."
    assert Words("de").criterion(found.criteria[0]) == (
        "Höchstens 15 % der Termine ohne Erscheinen", "25 %", "nicht erfüllt",
    )  # fmt: skip


def test_few_answers_are_not_shown_because_they_could_be_recognised() -> None:
    found = of(busy(), [(1, 1, 1)] * (FEWEST_ANSWERS - 1))
    assert all(marks.counts == () and marks.mean is None for marks in found.marks)
    assert found.criteria[1].standing == "open"


def test_few_appointments_decide_nothing() -> None:
    found = of(busy(held=15, no_show=4, connected=3), [(1, 1, 1)] * 9)
    assert {criterion.standing for criterion in found.criteria} == {"open"}
    assert Words("de").verdict(found) == "Noch nicht zu entscheiden. Zahl der Termine bisher: 19."


def test_a_pilot_without_any_appointment_divides_by_nothing() -> None:
    found = of([], [])
    assert (found.no_show_share, found.minutes, found.cost_each_eur, found.lost_per_call) == (None,) * 4
    assert ("Kosten je wahrgenommenem Termin", "–") in Words("de").summary(found)


def test_costs_of_a_pilot_that_has_not_begun_are_nothing() -> None:
    assert of([], [], TERMS.start - timedelta(days=1)).cost_total_eur == 0


def test_numbers_have_the_readers_decimal_mark() -> None:
    assert (Words("de").euro(1234.5), Words("en").euro(1234.5)) == ("1.234,50 €", "1,234.50 €")


DAYS = st.builds(
    Day,
    day=st.dates(date(2021, 1, 1), date(2021, 5, 1)),
    held=st.integers(0, 9), no_show=st.integers(0, 9), cancelled=st.integers(0, 9), connected=st.integers(0, 9),
    seconds=st.floats(0, 9000), lost=st.integers(0, 9),
)  # fmt: skip


@given(st.lists(DAYS), st.lists(st.tuples(*[st.integers(1, 5)] * 3)))
def test_weeks_hold_every_appointment_of_the_pilot_once(days: list[Day], answers: list[Answer]) -> None:
    found = of(days, answers)
    assert sum(week.held + week.no_show + week.cancelled for week in found.weeks) == found.booked
    assert all(sum(marks.counts) in (0, len(answers)) for marks in found.marks)
    assert found.booked == sum(
        day.held + day.no_show + day.cancelled for day in days if TERMS.start <= day.day <= TERMS.end
    )


def test_a_chart_writes_hostile_words_as_words() -> None:
    chart = marks_chart([1, 2, 3, 4, 5], '"><script>', ["<b>"] * 5)
    assert "<script>" not in chart
    assert "<b>" not in chart


def test_a_week_without_appointments_still_has_its_place() -> None:
    weeks = [Week(date(2021, 2, 1), 0, 0, 0), Week(date(2021, 2, 8), 3, 1, 0)]
    chart = weeks_chart(weeks, "Termine", ["1.2.", "8.2."])
    assert "1.2." in chart
    assert chart.count("<rect") == 2
