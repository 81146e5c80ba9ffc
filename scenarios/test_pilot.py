"""The pilot that the council decides on: citizens answer three questions, clerks read what came of it."""

from datetime import UTC, datetime, time, timedelta

import pytest

from harness.bench import Bench
from harness.targets.office import PilotReport
from scenarios import office_steps, privacy
from scenarios.office_steps import HOUR
from scenarios.privacy import Towns


@pytest.mark.asks_for("office")
@pytest.mark.story(
    de="Nach dem Termin werden drei Fragen beantwortet, und der Pilotbericht zählt sie",
    en="After the appointment three questions are answered, and the pilot report counts them",
)
def test_answers_are_counted(bench: Bench, towns: Towns) -> None:
    office, page = office_steps.office(bench), towns.clerk("kernen").page
    mail = office_steps.address(bench, "rosa.rueckmeldung")
    now = _day_of_the_pilot(office.reads_pilot(page, "kernen"))
    with office_steps.at(bench, now + 2 * HOUR):
        before = office.reads_pilot(page, "kernen")
    with office_steps.at(bench, now):
        office.books(page, "kernen", "Rosa Rückmeldung", mail, "kita")
        link = office_steps.letter_with_link(bench, mail, 0)
    with office_steps.at(bench, now + 2 * HOUR), privacy.visitors(bench, "citizen") as people:
        citizen = people["citizen"].page
        assert office.questions(citizen, link) == (3, 0), "the page does not ask for three marks, and nothing else"
        office.answers(citizen, link, (5, 4, 5))
        assert office.questions(citizen, link) == (0, 0), "the questions can be answered twice"
        after = office.reads_pilot(page, "kernen")
        pdf = office.pilot_pdf(page, "kernen")
    assert after.answers == before.answers + 1, "the answer is not in the report"
    assert after.booked == before.booked + 1, "the appointment is not in the report"
    assert after.no_shows == before.no_shows + 1, "nobody came, and the report does not say so"
    assert pdf.startswith(b"%PDF-"), "the report for the council is no PDF"


def _day_of_the_pilot(report: PilotReport) -> datetime:
    """Now if the pilot is running, else noon of the nearest day in it: appointments outside it are not counted."""
    now, day = datetime.now(UTC), timedelta(days=1)
    nearest = min(max(now.date(), report.start + day), report.end - day)
    return now if nearest == now.date() else datetime.combine(nearest, time(12), UTC)
