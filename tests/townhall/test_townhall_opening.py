"""Opening hours as rules: what is moved is neither lost nor made, and what is closed stays closed."""

from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from townhall.opening import WEEKDAYS, Closed, Hours, Move, Opening
from townhall.tenants import load_tenants

WINTERBACH = load_tenants()["winterbach"].opening
MONDAY = date(2021, 2, 8)
days = st.integers(0, 27).map(lambda offset: MONDAY + timedelta(days=offset))
quarters = st.integers(0, 95).map(lambda count: time(count // 4, count % 4 * 15))


@st.composite
def moves(draw: st.DrawFn) -> Move:
    opens, closes = sorted(draw(st.lists(quarters, min_size=2, max_size=2, unique=True)))
    length = (closes.hour - opens.hour) * 60 + closes.minute - opens.minute
    latest = 24 * 60 - 1 - length
    to_opens = draw(st.integers(0, latest).map(lambda minute: time(minute // 60, minute % 60)))
    return Move(
        day=draw(days), opens=opens, closes=closes, to_day=draw(days), to_opens=to_opens, weeks=draw(st.integers(1, 3))
    )


def minutes(hours: dict[date, list[Hours]]) -> int:
    stretches = [one for day in hours.values() for one in day]
    return sum((o.closes.hour - o.opens.hour) * 60 + o.closes.minute - o.opens.minute for o in stretches)


def opening(**rules: Any) -> Opening:
    return Opening(weekly=WINTERBACH.weekly, **rules)


# Every day a move of the strategy above can touch.
SPAN = (MONDAY - timedelta(weeks=1), MONDAY + timedelta(weeks=9))


@settings(deadline=None)
@given(st.lists(moves(), max_size=6), st.lists(days, max_size=3))
def test_moving_hours_keeps_the_minutes(some: list[Move], shut: list[date]) -> None:
    closed = [Closed(day=day) for day in shut]
    assert minutes(opening(closed=closed, moved=some).between(*SPAN)) == minutes(opening(closed=closed).between(*SPAN))


@settings(deadline=None)
@given(st.lists(moves(), max_size=6), st.lists(days, max_size=3))
def test_closed_day_has_no_hours_and_none_are_given_to_it(some: list[Move], shut: list[date]) -> None:
    hours = opening(closed=[Closed(day=day) for day in shut], moved=some).between(*SPAN)
    assert all(hours[day] == [] for day in shut)


@settings(deadline=None)
@given(st.lists(moves(), max_size=6))
def test_stretches_of_a_day_never_overlap(some: list[Move]) -> None:
    for stretches in opening(moved=some).between(*SPAN).values():
        assert stretches == sorted(stretches, key=lambda one: one.opens)
        assert all(a.closes < b.opens for a, b in pairwise(stretches))


@settings(deadline=None)
@given(st.lists(moves(), max_size=4))
def test_rules_survive_being_kept(some: list[Move]) -> None:
    kept = opening(moved=some, closed=[Closed(day=MONDAY, reason="Fasching")])
    assert Opening.model_validate_json(kept.model_dump_json()) == kept


def test_afternoon_gives_to_the_evening() -> None:
    tuesday = MONDAY + timedelta(days=1)
    move = Move(day=tuesday, opens=time(14), closes=time(16), to_day=tuesday, to_opens=time(18), weeks=2)
    changed = opening(moved=[move])
    assert changed.moves_applied(move)
    for week in range(3):
        day = tuesday + timedelta(weeks=week)
        second = changed.between(day, day)[day][1]
        assert (second.opens, second.closes) == ((time(18), time(20)) if week < 2 else (time(14), time(16)))


@pytest.mark.parametrize(
    ("opens", "closes", "to_opens"),
    [
        (time(15), time(17), time(18)),  # not open until five
        (time(14), time(16), time(11)),  # open already at eleven
        (time(11), time(15), time(18)),  # a break between
    ],
)
def test_move_without_hours_or_room_changes_nothing(opens: time, closes: time, to_opens: time) -> None:
    tuesday = MONDAY + timedelta(days=1)
    move = Move(day=tuesday, opens=opens, closes=closes, to_day=tuesday, to_opens=to_opens)
    changed = opening(moved=[move])
    assert not changed.moves_applied(move)
    assert changed.between(*SPAN) == WINTERBACH.between(*SPAN)


def test_given_hours_join_those_they_touch() -> None:
    tuesday = MONDAY + timedelta(days=1)
    move = Move(day=tuesday, opens=time(8), closes=time(9), to_day=tuesday, to_opens=time(16))
    hours = opening(moved=[move]).between(tuesday, tuesday)[tuesday]
    assert [(one.opens, one.closes) for one in hours] == [(time(9), time(12)), (time(14), time(17))]


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"opens": "16:00", "closes": "14:00"}, "end before they begin"),
        ({"opens": "14:00:30", "closes": "16:00"}, "local times to the minute"),
        ({"opens": "14:00+01:00", "closes": "16:00+01:00"}, "local times to the minute"),
        ({"to_opens": "23:00"}, "end after midnight"),
        ({"to_day": "2021-08-01"}, "at most 60 days"),
        ({"day": "9999-12-31", "to_day": "9999-12-31"}, "less than or equal"),
        ({"weeks": 0}, "greater than or equal"),
    ],
)
def test_rule_that_makes_no_sense_is_refused(wrong: dict[str, Any], complaint: str) -> None:
    right = {"day": "2021-02-09", "opens": "14:00", "closes": "16:00", "to_day": "2021-02-09", "to_opens": "18:00"}
    with pytest.raises(ValidationError, match=complaint):
        Move.model_validate(right | wrong)


def test_weekly_hours_that_overlap_are_refused() -> None:
    twice = [Hours(opens=time(8), closes=time(12)), Hours(opens=time(11), closes=time(13))]
    with pytest.raises(ValidationError, match="opening hours of a day overlap"):
        Opening(weekly={WEEKDAYS[0]: twice})
