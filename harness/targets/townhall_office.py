"""How people use the reference town hall's pages around the calls, by their contract of ids and data attributes."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Error, Locator, Page

from harness.model.errors import TargetError
from harness.targets.letters import Letter, letters_to
from harness.targets.office import MovedHours, Municipality, PilotReport, Slot
from harness.targets.townhall_journey import TownhallJourney
from harness.targets.townhall_pilot import answer, read_report
from harness.wait import PATIENCE, wait_until


class TownhallOffice:
    """Drives the pages of a town hall; ``mails`` is where its SMTP sink keeps what it was given."""

    def __init__(self, journey: TownhallJourney, base_url: str, mails: Path) -> None:
        self._journey = journey
        self._base = base_url
        self._mails = mails

    def letters(self, address: str) -> Sequence[Letter]:
        """From the folder of the mail server, which numbers them."""
        return letters_to(address, self._mails)

    def next_letter(self, address: str, after: int) -> Letter:
        """The mail server's files are looked at again and again: nobody tells when one has come."""
        found = wait_until(lambda: self.letters(address)[after:], f"Mail {after + 1} to {address}", PATIENCE)
        return found[0]

    def free_slots(
        self, page: Page, tenant: str, service: str, *, clerk: str = "", first: date | None = None
    ) -> Sequence[Slot]:
        """The search of the booking form."""
        with _trying("Free slots cannot be searched"):
            self._search(page, tenant, service, clerk, first)
            return _slots(page.locator("[name=slot] option:not([data-immediate])"))

    def books(
        self, page: Page, tenant: str, name: str, mail: str, service: str, slot: Slot | None = None, *, clerk: str = ""
    ) -> str:
        """Searched first where it is not for right now: the form offers two weeks from a day on."""
        with _trying(f"{tenant} did not book"):
            self._fill(page, tenant, name, mail, service, clerk, slot)
            _sends(page, "#buchen")
        return self._journey.newly_booked(page, tenant, name, mail).id

    def books_at_the_counter(
        self, page: Page, tenant: str, name: str, mail: str, service: str, slot: Slot
    ) -> tuple[str, str]:
        """The refusal carries the button of the offer, and the form keeps what was typed."""
        with _trying(f"{tenant} did not offer the counter"):
            self._fill(page, tenant, name, mail, service, "", slot)
            _sends(page, "#buchen")
            reason = page.locator(".hinweis[data-reason=presence]").inner_text()
            _sends(page, ".hinweis [data-action=schalter]")
        return reason, self._journey.newly_booked(page, tenant, name, mail).id

    def offers_call(self, page: Page, tenant: str, appointment: str) -> bool:
        """By the button in its row."""
        self._journey.goes_to(page, f"/{tenant}/amt/termine")
        row = page.locator(f"[data-appointment='{appointment}']")
        if not row.count():
            raise TargetError(f"The appointment is not in the list of {tenant}.")
        return row.locator("[data-action=anruf]").count() > 0

    def moves(self, page: Page, tenant: str, appointment: str, slot: Slot) -> None:
        """Searches from the slot's day on, as the page of the appointment offers it."""
        path = f"/{tenant}/amt/termine/{appointment}"
        with _trying("The appointment cannot be moved"):
            self._journey.goes_to(page, path)
            page.fill("#first", slot.start.date().isoformat())
            _sends(page, "form.filter button")
            page.select_option("#slot", slot.value)
            _sends(page, "#verlegen")
            if page.locator("[data-problem]").count():
                raise TargetError(f"The appointment was not moved: {page.locator('[data-problem]').inner_text()}")

    def deliveries(self, page: Page, tenant: str, appointment: str) -> Mapping[str, str]:
        """The table of mails; of a kind that was sent again the latest."""
        self._journey.goes_to(page, f"/{tenant}/amt/termine/{appointment}")
        rows = page.locator("[data-mail]").evaluate_all("all => all.map(({dataset: {mail, state}}) => [mail, state])")
        return {str(kind): str(state) for kind, state in rows}

    def moves_hours(self, page: Page, tenant: str, hours: MovedHours) -> str:
        """The form for moved hours; a rule is called by its number in the list."""
        with _trying("Opening hours cannot be moved"):
            self._journey.goes_to(page, f"/{tenant}/amt/zeiten")
            page.fill("#day", hours.day.isoformat())
            page.fill("#opens", f"{hours.opens:%H:%M}")
            page.fill("#closes", f"{hours.closes:%H:%M}")
            page.fill("#to_day", hours.to_day.isoformat())
            page.fill("#to_opens", f"{hours.to_opens:%H:%M}")
            _sends(page, "#verlegen")
            if page.locator("[data-problem]").count():
                raise TargetError(f"Opening hours were not moved: {page.locator('[data-problem]').inner_text()}")
            return page.locator("[name=rule][value^='moved:']").last.get_attribute("value") or ""

    def takes_hours_back(self, page: Page, tenant: str, rule: str) -> None:
        """The button beside the rule."""
        with _trying("Opening hours cannot be put back"):
            self._journey.goes_to(page, f"/{tenant}/amt/zeiten")
            _sends(page, f"[name=rule][value='{rule}']")

    def capacity(self, page: Page, tenant: str, day: date) -> int:
        """The row of the week, which is named by its Monday."""
        self._journey.goes_to(page, f"/{tenant}/amt/zeiten")
        monday = day - timedelta(days=day.weekday())
        with _trying("The capacity of a week is not shown"):
            return int(page.locator(f"[data-week='{monday}']").get_attribute("data-slots") or "")

    def makes_municipality(self, page: Page, new: Municipality) -> str:
        """The operator's form with one clerk and one service."""
        typed = {
            "id": new.id, "phone": "0221 4710 900", "name": f"Gemeinde {new.place}", "hall": f"Rathaus {new.place}",
            "name_en": f"Municipality of {new.place}", "hall_en": f"{new.place} town hall", "street": "Am Markt 1",
            "town": f"12345 {new.place}", "mail": new.mail, "initials": new.initials, "main": new.colour,
            "user1": new.clerk, "display1": "Nora Neu", "service1": "Auskunft", "service_en1": "Information",
            "minutes1": "20",
        }  # fmt: skip
        with _trying("The operator cannot make a municipality"):
            self._journey.operator_logs_in(page)
            for name, text in typed.items():
                page.fill(f"[name={name}]", text)
            _sends(page, "#anlegen")
            return page.locator(f"[data-made='{new.id}'] dd code").first.inner_text().strip()

    def logs_in(self, page: Page, tenant: str, user: str, password: str) -> None:
        """As every clerk does."""
        self._journey.logs_in(page, tenant, user, password)

    def fetches(self, page: Page, path: str) -> tuple[int, str]:
        """Without following what leads elsewhere."""
        response = page.request.get(f"{self._base}{path}", max_redirects=0)
        return response.status, response.text()

    def reads_pilot(self, page: Page, tenant: str) -> PilotReport:
        """See ``townhall_pilot``."""
        self._journey.goes_to(page, f"/{tenant}/amt/pilot")
        with _trying("The pilot report cannot be read"):
            return read_report(page)

    def pilot_pdf(self, page: Page, tenant: str) -> bytes:
        """The same figures on paper."""
        response = page.request.get(f"{self._base}/{tenant}/amt/pilot.pdf")
        if not response.ok:
            raise TargetError(f"The pilot report is not served as PDF: HTTP status {response.status}.")
        return response.body()

    def answers(self, page: Page, link: str, marks: Sequence[int]) -> None:
        """See ``townhall_pilot``."""
        self._journey.citizen_opens(page, link)
        with _trying("The questions cannot be answered"):
            answer(page, marks)

    def questions(self, page: Page, link: str) -> tuple[int, int]:
        """Groups of marks, and what takes more than a mark."""
        page.goto(f"{link}/rueckmeldung")
        return page.locator("main fieldset").count(), page.locator(
            "main textarea, main input:not([type=radio])"
        ).count()

    def _search(self, page: Page, tenant: str, service: str, clerk: str, first: date | None) -> None:
        self._journey.goes_to(page, f"/{tenant}/amt/termine/neu")
        page.select_option("#service", service)
        page.select_option("#clerk", clerk)
        page.fill("#first", first.isoformat() if first else "")
        _sends(page, "#suchen")

    def _fill(self, page: Page, tenant: str, name: str, mail: str, service: str, clerk: str, slot: Slot | None) -> None:
        if slot is None or not self._is_found(page, tenant, service, clerk, slot):
            self._search(page, tenant, service, clerk, slot.start.date() if slot else None)
        page.fill("#name", name)
        page.fill("#email", mail)
        page.select_option("#lang", "de")
        page.select_option("#slot", page.locator("[data-immediate]").get_attribute("value") if not slot else slot.value)

    def _is_found(self, page: Page, tenant: str, service: str, clerk: str, slot: Slot) -> bool:
        """Whether the form is open with the result of the search that the slot was chosen from."""
        return (
            urlsplit(page.url).path == f"/{tenant}/amt/termine/neu"
            and page.input_value("#service") == service
            and page.input_value("#clerk") == clerk
            and page.locator(f"#slot option[value='{slot.value}']").count() > 0
        )


@contextmanager
def _trying(complaint: str) -> Iterator[None]:
    """Turns what the browser or a page that is not as expected says into a ``TargetError``."""
    try:
        yield
    except (Error, ValueError) as error:
        said = error.message if isinstance(error, Error) else str(error)
        raise TargetError(f"{complaint}: {said.splitlines()[0] if said else 'no reason given'}") from error


def _sends(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.click(button)


def _slots(options: Locator) -> list[Slot]:
    found = options.evaluate_all("all => all.map((option) => [option.value, option.textContent])")
    return [Slot(datetime.fromisoformat(value), str(text).strip(), str(value)) for value, text in found if value]
