"""The page for opening hours: what a clerk sets counts at once, for one municipality only."""

import re
from datetime import datetime, timedelta
from typing import Any

ON_BOTH = True  # SQLite and PostgreSQL

PAGE = "/winterbach/amt/zeiten"


def send(town: Any, what: str, **form: str) -> Any:
    return town.client.post(f"{PAGE}/{what}", data={"csrf": town.csrf(PAGE), **form}, follow_redirects=False)


def capacity(town: Any) -> list[int]:
    return [int(slots) for slots in re.findall(r'data-week="[^"]+" data-slots="(\d+)"', town.client.get(PAGE).text)]


def next_weekday(number: int) -> str:
    today = datetime.now().astimezone().date()
    return (today + timedelta(days=(number - today.weekday()) % 7 or 7)).isoformat()


def test_weekly_hours_change_the_capacity_and_the_public_page_at_once(town: Any) -> None:
    town.log_in()
    assert capacity(town)[1] == 57 * 2
    assert send(town, "woche", monday="08:00-12:00, 13:00–17:30").status_code == 303
    assert capacity(town)[1] == 17 * 2
    assert '08:00–12:00,</span> <span class="span">13:00–17:30' in town.client.get("/winterbach/").text
    assert (
        "08:00–12:30" in town.client.get("/winterbach/").text or "geschlossen" in town.client.get("/winterbach/").text
    )
    assert "14:00–20:00" in town.client.get("/kernen/").text  # the neighbour keeps its own


def test_hours_moved_to_the_evening_keep_the_capacity_and_can_be_booked(town: Any) -> None:
    town.log_in()
    day = next_weekday(1)
    before = capacity(town)
    moved = send(town, "verlegen", day=day, opens="14:00", closes="16:00", to_day=day, to_opens="18:00", weeks="1")
    assert moved.status_code == 303
    assert capacity(town) == before
    times = [slot[11:16] for slot in town.slots()[1:] if slot.startswith(day)]
    assert "14:00" not in times
    assert {"18:00", "19:30"} <= set(times)
    assert send(town, "entfernen", rule="moved:0").status_code == 303
    assert "14:00" in [slot[11:16] for slot in town.slots()[1:] if slot.startswith(day)]


def test_closed_day_offers_no_times_and_names_the_appointments_on_it(town: Any) -> None:
    town.log_in()
    slot = town.slots()[-1]
    town.book(slot=slot)
    assert send(town, "geschlossen", day=slot[:10], reason="Betriebsausflug").status_code == 303
    assert [one for one in town.slots()[1:] if one.startswith(slot[:10])] == []
    page = town.client.get(PAGE).text
    assert "Betriebsausflug" in page
    assert "Diese gebuchten Termine liegen jetzt außerhalb der Öffnungszeiten:" in page
    assert "Erika Mustermann" in page


WRONG: list[tuple[str, dict[str, str], str]] = [
    ("woche", {"monday": "8 bis 12"}, "bad_hours"),
    ("woche", {"monday": "12:00-08:00"}, "bad_hours"),
    ("woche", {"monday": "08:00-12:00, 11:00-13:00"}, "bad_hours"),
    ("woche", {"monday": "25:00-26:00"}, "bad_hours"),
    ("geschlossen", {"day": "morgen"}, "bad_day"),
    ("geschlossen", {"day": "9999-12-31"}, "bad_hours"),
    ("verlegen", {"weeks": "x"}, "bad_weeks"),
    ("verlegen", {"weeks": "99"}, "bad_hours"),
    ("verlegen", {"opens": "03:00", "closes": "04:00"}, "bad_move"),
    ("verlegen", {"opens": "14:00:00+01:00"}, "bad_hours"),
    ("verlegen", {"to_opens": "23:30"}, "bad_hours"),
]


def test_wrong_hours_are_named_and_nothing_changes(town: Any) -> None:
    town.log_in()
    before, day = capacity(town), next_weekday(1)
    move = {"day": day, "opens": "14:00", "closes": "16:00", "to_day": day, "to_opens": "18:00", "weeks": "1"}
    for what, form, problem in WRONG:
        answer = send(town, what, **((move | form) if what == "verlegen" else form))
        assert answer.status_code == 422, form
        assert re.findall(r'data-problem="(\w+)"', answer.text) == [problem], form
        assert "Es wurde nichts geändert." in answer.text
    assert capacity(town) == before


def test_hours_are_changed_by_the_towns_own_clerks_only(town: Any) -> None:
    town.log_in("kernen", "maier")
    csrf = town.csrf("/kernen/amt/termine")
    for what in ("woche", "geschlossen", "verlegen", "entfernen"):
        assert town.client.post(f"{PAGE}/{what}", data={"csrf": csrf}).status_code == 403
        assert town.client.post(f"/kernen/amt/zeiten/{what}", data={}).status_code == 403  # without the form's token
    assert town.client.get(PAGE).status_code == 403
