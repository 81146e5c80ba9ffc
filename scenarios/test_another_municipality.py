"""A third town hall joins: one form, and it works; the others do not see anything of it."""

import pytest

from harness.bench import Bench
from harness.targets.office import Municipality
from scenarios import office_steps, privacy
from scenarios.privacy import Towns

NEW = Municipality(
    id="musterhausen", place="Musterhausen", mail="termine@musterhausen.example", colour="#5b2a6e", initials="MU",
    clerk="neu",
)  # fmt: skip
CITIZEN = "Moritz Musterhauser"


@pytest.mark.asks_for("office")
@pytest.mark.story(
    de="Eine weitere Gemeinde wird mit einem Formular aufgenommen", en="Another municipality is taken in by one form"
)
def test_municipality_is_made_and_works(bench: Bench, towns: Towns) -> None:
    office, old = office_steps.office(bench), towns.clerk("winterbach").page
    mail = office_steps.address(bench, "moritz.musterhauser")
    with privacy.visitors(bench, "operator", "clerk") as people:
        new = people["clerk"].page
        password = office.makes_municipality(people["operator"].page, NEW)
        for path, shown in (("", NEW.place), ("farben.css", NEW.colour), ("wappen.svg", NEW.initials)):
            status, text = office.fetches(new, f"/{NEW.id}/{path}")
            assert status == 200, f"/{NEW.id}/{path} is not served: HTTP status {status}"
            assert shown in text, f"/{NEW.id}/{path} does not show {shown}"
        office.logs_in(new, NEW.id, NEW.clerk, password)
        appointment = office.books(new, NEW.id, CITIZEN, mail, "leistung-1")
        assert NEW.mail in office.next_letter(mail, 0).sender
        assert office.offers_call(new, NEW.id, appointment)
        assert CITIZEN not in office.fetches(old, "/winterbach/amt/termine")[1], "the others see what is booked here"
        crossings = (
            (old, f"/{NEW.id}/amt/termine"),
            (old, f"/winterbach/amt/termine/{appointment}"),
            (new, "/winterbach/amt/termine"),
        )
        for page, path in crossings:
            status, text = office.fetches(page, path)
            assert status in (403, 404), f"{path} answers another municipality's clerk with HTTP status {status}"
            assert CITIZEN not in text
