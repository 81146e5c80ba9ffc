"""Feedback, usage and report in a running town hall."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.townhall.conftest import Town
from townhall.pilot.usage import add_visit, count_ended, forget_answered
from townhall.store import Appointment
from townhall.store.pilot import PilotAnswer, PilotAnswered, PilotDay, PilotVisit
from townhall.window import CLOSES_AFTER

ON_BOTH = True  # SQLite and PostgreSQL

GOOD = {"ease": "5", "quality": "4", "satisfaction": "5"}
DAY = 24 * 3600.0


def days(town: Town) -> list[tuple[str, int, int, int]]:
    with town.hall.store.session() as session:
        return [(row.tenant, row.held, row.no_show, row.connected) for row in session.scalars(select(PilotDay))]


def test_three_marks_are_kept_without_name_time_or_appointment(town: Town) -> None:
    identifier, path = town.invited()
    assert town.client.post(f"{path}/rueckmeldung", data=GOOD).status_code == 200
    with town.hall.store.session() as session:
        [answer] = session.scalars(select(PilotAnswer))
        [answered] = session.scalars(select(PilotAnswered))
    assert (answer.tenant, answer.ease, answer.quality, answer.satisfaction) == ("winterbach", 5, 4, 5)
    assert answer.id not in (identifier, answered.token_hash)
    assert set(PilotAnswer.__table__.columns.keys()) == {"id", "tenant", "ease", "quality", "satisfaction"}


def test_an_invitation_answers_once(town: Town) -> None:
    _, path = town.invited()
    town.client.post(f"{path}/rueckmeldung", data=GOOD)
    again = town.client.post(f"{path}/rueckmeldung", data=GOOD)
    assert again.status_code == 409
    assert "Vielen Dank" in again.text
    assert 'data-state="feedback-thanks"' in town.client.get(f"{path}/rueckmeldung").text
    with town.hall.store.session() as session:
        assert len(session.scalars(select(PilotAnswer)).all()) == 1


@pytest.mark.parametrize("wrong", [{}, GOOD | {"ease": "6"}, GOOD | {"quality": "0"}])
def test_a_missing_mark_is_asked_for(town: Town, wrong: dict[str, str]) -> None:
    _, path = town.invited()
    page = town.client.post(f"{path}/rueckmeldung", data=wrong)
    assert page.status_code == 422
    assert "Bitte beantworten Sie alle drei Fragen." in page.text


def test_the_questions_are_closed_before_the_appointment_and_long_after(town: Town) -> None:
    _, path = town.invited()
    for seconds in (-2 * DAY, 20 * DAY):
        town.set_clock(seconds)
        assert 'data-state="feedback-closed"' in town.client.get(f"{path}/rueckmeldung").text
        assert town.client.post(f"{path}/rueckmeldung", data=GOOD).status_code == 409


def test_a_made_up_link_answers_nothing(town: Town) -> None:
    assert town.client.get("/t/abc/rueckmeldung").status_code == 404


def test_an_appointment_is_counted_once_and_its_call_forgotten_with_it(town: Town) -> None:
    identifier, _ = town.invited()
    store, tenants = town.hall.store, town.hall.tenants
    add_visit(store, identifier, {"citizen", "clerk"}, True, 600.0, 1)
    over = town.hall.clock.now() + timedelta(hours=1) + CLOSES_AFTER
    assert count_ended(store, tenants, over) == 1
    assert count_ended(store, tenants, over) == 0
    assert days(town) == [("winterbach", 1, 0, 1)]
    with store.session() as session:
        session.delete(session.get_one(Appointment, identifier))
    with store.session() as session:
        assert session.scalars(select(PilotVisit)).all() == []


def test_a_citizen_who_never_came_is_counted_as_such(town: Town) -> None:
    identifier, _ = town.invited()
    add_visit(town.hall.store, identifier, {"clerk"}, False, 0.0, 0)
    over = town.hall.clock.now() + timedelta(hours=1) + CLOSES_AFTER
    assert count_ended(town.hall.store, town.hall.tenants, over) == 1
    assert days(town) == [("winterbach", 0, 1, 0)]


def test_an_appointment_that_is_not_over_is_not_counted(town: Town) -> None:
    town.invited()
    assert count_ended(town.hall.store, town.hall.tenants, town.hall.clock.now()) == 0


def test_the_report_is_for_the_municipalitys_clerks_alone(start_town: Callable[..., Town]) -> None:
    town = start_town()
    assert "anmelden" in str(town.client.get("/winterbach/amt/pilot").url)
    town.log_in()
    page = town.client.get("/winterbach/amt/pilot")
    assert "Bericht zum Pilotversuch" in page.text
    assert "Noch nicht zu entscheiden" in page.text
    assert town.client.get("/kernen/amt/pilot").status_code == 403
    pdf = town.client.get("/winterbach/amt/pilot.pdf?lang=en")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")


def test_help_is_there_with_and_without_a_municipality(town: Town) -> None:
    assert "Etwas geht nicht" in town.client.get("/hilfe").text
    assert "0221 4710 100" in town.client.get("/hilfe?von=winterbach").text
    assert "0221" not in town.client.get("/hilfe?von=nirgendwo").text


def test_what_an_invitation_answered_is_forgotten_when_its_link_has_ended(town: Town) -> None:
    _, path = town.invited()
    town.client.post(f"{path}/rueckmeldung", data=GOOD)
    now = town.hall.clock.now()
    for moment, left in ((now, 1), (now + timedelta(days=20), 0)):
        forget_answered(town.hall.store, moment)
        with town.hall.store.session() as session:
            assert len(session.scalars(select(PilotAnswered)).all()) == left
