"""Free starts: inside the opening hours of the municipality's own time zone, never twice the same minute."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from townhall.slots import DAYS_AHEAD, free_slots, immediate_slot, is_immediate
from townhall.tenants import WEEKDAYS, Tenant, load_tenants

TENANTS = load_tenants()
BERLIN = ZoneInfo("Europe/Berlin")
moments = st.integers(1_577_836_800, 1_893_456_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
tenants = st.sampled_from(list(TENANTS.values()))


@settings(deadline=None)
@given(tenants, moments)
def test_every_start_is_ahead_and_its_whole_slot_within_opening_hours(tenant: Tenant, now: datetime) -> None:
    length = timedelta(minutes=tenant.slot_minutes)
    starts = free_slots(tenant, now, [])
    assert starts == sorted(set(starts))
    for start in starts:
        local, end = start.astimezone(BERLIN), (start + length).astimezone(BERLIN)
        hours = tenant.hours[WEEKDAYS[local.weekday()]]
        assert any(one.opens <= local.time() and end.time() <= one.closes for one in hours)
        assert now < start < now + timedelta(days=DAYS_AHEAD + 2)


@settings(deadline=None)
@given(tenants, moments, st.data())
def test_start_is_free_until_every_clerk_is_busy(tenant: Tenant, now: datetime, data: st.DataObject) -> None:
    start = data.draw(st.sampled_from(free_slots(tenant, now, [])))
    booked = (start, start + timedelta(minutes=15))
    clerks = len(tenant.clerks)
    assert start in free_slots(tenant, now, [booked] * (clerks - 1))
    assert start not in free_slots(tenant, now, [booked] * clerks)


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
    assert f"{free_slots(TENANTS['winterbach'], now, [])[0]:%Y-%m-%d %H:%M}" == f"{day} {first}"


@pytest.mark.parametrize(("tenant", "evening"), [("winterbach", "2021-02-10"), ("kernen", "2021-02-11")])
def test_evening_can_be_booked_until_eight(tenant: str, evening: str) -> None:
    starts = free_slots(TENANTS[tenant], datetime.fromisoformat(f"{evening}T12:00+01:00"), [])
    assert datetime.fromisoformat(f"{evening}T19:30+01:00") in starts
    assert datetime.fromisoformat(f"{evening}T20:00+01:00") not in starts
