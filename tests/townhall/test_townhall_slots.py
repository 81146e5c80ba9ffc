"""Free starts: inside the opening hours of the municipality's own time zone, never twice the same minute and clerk."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from townhall.opening import Hours, Opening
from townhall.slots import DAYS_AHEAD, Busy, free_slots, immediate_slot, is_immediate, is_open, week
from townhall.tenants import Tenant, load_tenants

TENANTS = load_tenants()
BERLIN = ZoneInfo("Europe/Berlin")
moments = st.integers(1_577_836_800, 1_893_456_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
tenants = st.sampled_from(list(TENANTS.values()))


def starts(tenant: Tenant, now: datetime, busy: list[Busy] | None = None) -> list[datetime]:
    return [slot.start for slot in free_slots(tenant, tenant.opening, now, busy or [])]


@settings(deadline=None, max_examples=50)
@given(tenants, moments)
def test_every_start_is_ahead_and_its_whole_slot_within_opening_hours(tenant: Tenant, now: datetime) -> None:
    length = timedelta(minutes=tenant.slot_minutes)
    found = starts(tenant, now)
    assert found == sorted(set(found))
    for start in found:
        assert is_open(tenant, tenant.opening, start, start + length)
        assert now < start < now + timedelta(days=DAYS_AHEAD + 2)


@settings(deadline=None, max_examples=50)
@given(tenants, moments, st.data())
def test_start_is_free_until_every_clerk_is_busy(tenant: Tenant, now: datetime, data: st.DataObject) -> None:
    slot = data.draw(st.sampled_from(free_slots(tenant, tenant.opening, now, [])))
    users = [clerk.user for clerk in tenant.clerks]
    assert slot.clerks == tuple(users)
    busy = [Busy(user, slot.start, slot.start + timedelta(minutes=15)) for user in users]
    left = {one.start: one.clerks for one in free_slots(tenant, tenant.opening, now, busy[:-1])}
    assert left[slot.start] == (users[-1],)
    assert slot.start not in starts(tenant, now, busy)


def test_clerk_that_is_wanted_is_the_only_one_searched() -> None:
    tenant, now = TENANTS["winterbach"], datetime(2021, 2, 10, 7, 0, tzinfo=UTC)
    first = free_slots(tenant, tenant.opening, now, [])[0].start
    busy = [Busy("haug", first, first + timedelta(minutes=30))]
    assert first not in [one.start for one in free_slots(tenant, tenant.opening, now, busy, ["haug"])]
    assert free_slots(tenant, tenant.opening, now, busy, ["oezdemir"])[0].clerks == ("oezdemir",)


@settings(deadline=None)
@given(moments)
def test_running_slot_has_begun_less_than_five_minutes_ago(now: datetime) -> None:
    start = immediate_slot(now)
    assert timedelta(0) <= now - start < timedelta(minutes=5)
    assert start.minute % 5 == 0
    assert is_immediate(start, now)
    assert is_immediate(start, now + timedelta(minutes=4))
    assert not is_immediate(start, now + timedelta(minutes=10))
    assert not is_immediate(start + timedelta(minutes=5), now)
    assert not is_immediate(start + timedelta(seconds=1), now + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("day", "first"),
    [("2021-03-26", "07:00"), ("2021-03-29", "06:00")],  # the clocks go forward on 28 March 2021
)
def test_opening_time_is_local_on_both_sides_of_summer_time(day: str, first: str) -> None:
    now = datetime.fromisoformat(f"{day}T00:00+00:00")
    assert f"{starts(TENANTS['winterbach'], now)[0]:%Y-%m-%d %H:%M}" == f"{day} {first}"


@pytest.mark.parametrize(
    ("day", "count"),
    [("2021-03-28", 4), ("2021-10-31", 8), ("2021-06-06", 6)],  # forward, back, neither: from one to four at night
)
def test_night_when_the_clocks_change_has_as_many_slots_as_hours(day: str, count: int) -> None:
    tenant = TENANTS["winterbach"]
    nights = Opening(weekly={"sunday": [Hours.model_validate({"opens": "01:00", "closes": "04:00"})]})
    now = datetime.fromisoformat(f"{day}T00:30").replace(tzinfo=BERLIN)
    found = [one.start for one in free_slots(tenant, nights, now, []) if one.start - now < timedelta(hours=12)]
    assert len(found) == count
    assert all(after - before == timedelta(minutes=30) for before, after in pairwise(found))


@pytest.mark.parametrize(("tenant", "evening"), [("winterbach", "2021-02-10"), ("kernen", "2021-02-11")])
def test_evening_can_be_booked_until_eight(tenant: str, evening: str) -> None:
    found = starts(TENANTS[tenant], datetime.fromisoformat(f"{evening}T12:00+01:00"))
    assert datetime.fromisoformat(f"{evening}T19:30+01:00") in found
    assert datetime.fromisoformat(f"{evening}T20:00+01:00") not in found


def test_capacity_of_a_week_is_slots_times_clerks() -> None:
    tenant = TENANTS["winterbach"]
    monday = datetime(2021, 2, 8, tzinfo=BERLIN)
    booked = [
        Busy("haug", monday + timedelta(days=day, hours=9), monday + timedelta(days=day, hours=10)) for day in (0, 7)
    ]
    shown = week(tenant, tenant.opening, monday.date(), booked)
    assert (shown.hours, shown.slots, shown.booked) == (timedelta(hours=28.5), 57 * 2, 1)
