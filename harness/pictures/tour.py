"""The way through the town hall, following nothing but links, buttons and the mail; each step is photographed."""

import time
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

from playwright.sync_api import Error, Page, expect

from harness.model.errors import TargetError
from harness.pictures.album import Album
from harness.pictures.people import People
from harness.targets.townhall import TownhallDeployment
from harness.wait import wait_until

CITIZEN, ADDRESS = "Erika Musterfrau", "erika.musterfrau@example.org"
_CHILD = {"Vorname des Kindes": "Mia", "Familienname des Kindes": "Musterfrau", "Geburtsdatum des Kindes": "2023-04-12"}
_HOME = {"Straße und Hausnummer": "Beispielweg 3", "Postleitzahl": "73650", "Ort (": "Winterbach"}
_REST = {
    "Erste Person: Vor- und Familienname": CITIZEN,
    "Erste Person: Telefon": "0171 5550123",
    "Gewünschter Beginn": f"{time.gmtime().tm_year + 1}-09-01",
}
_TICKS = ("Den Nachweis über den Masernschutz", "Die Gemeinde darf diese Angaben")
_MAIL_SECONDS = 15.0
_TWO_HOURS = 7200.0


class Tour:
    """One journey from the start page to the office of the clerk ``user``. Raises ``TargetError`` where it is stuck."""

    def __init__(self, people: People, album: Album, deployment: TownhallDeployment, user: str) -> None:
        self._citizen, self._clerk, self._people = people.citizen, people.clerk, people
        self._album, self._user = album, user
        self._base, self._password = deployment.base_url, deployment.password
        self._mails = deployment.observables.mails or Path()
        self._later = deployment.journey.turns_clock

    def play(self, tell: Callable[[str], None]) -> None:
        """All steps in their order."""
        for sentence, step in (
            ("the citizen looks around", self._looks_around),
            ("the clerk logs in and books", self._books),
            ("the mail comes", self._mail_comes),
            ("both join", self._join),
            ("the screen is shared", self._share_screen),
            ("the form is filled in", self._fill_in),
            ("the paper is made", self._make_paper),
            ("they write", self._write),
            ("they hang up, the citizen answers three questions", self._hang_up),
            ("the clerk looks around the office", self._office),
            ("the same in English", self._english),
        ):
            tell(sentence)
            try:
                step()
            except (Error, AssertionError) as error:
                raise TargetError(f"The tour is stuck where {sentence}: {str(error).splitlines()[0]}") from error

    def _looks_around(self) -> None:
        self._citizen.goto(f"{self._base}/")
        self._album.take(self._citizen, "start")
        _follow(self._citizen, "Rathaus Winterbach")
        self._album.take(self._citizen, "town-hall")
        _follow(self._citizen, "Hilfe")
        self._album.take(self._citizen, "help")

    def _books(self) -> None:
        page = self._clerk
        page.goto(f"{self._base}/")
        _follow(page, "Rathaus Winterbach")
        _follow(page, "Für Mitarbeitende")
        page.get_by_label("Benutzername").fill(self._user)
        page.get_by_label("Passwort").fill(self._password)
        self._album.take(page, "login")
        _press(page, "Anmelden")
        self._album.take(page, "appointments")
        _follow(page, "Neuen Termin buchen")
        page.get_by_label("Name").fill(CITIZEN)
        page.get_by_label("E-Mail-Adresse").fill(ADDRESS)
        page.get_by_label("Leistung").select_option(label="Kindergartenanmeldung")
        _press(page, "Freie Zeiten suchen")
        self._album.take(page, "booking")
        page.get_by_label("Beginn").select_option(index=0)
        _press(page, "Termin buchen")
        self._album.take(page, "booked")
        _follow(page, f"Termin von {CITIZEN}")
        self._album.take(page, "appointment")

    def _mail_comes(self) -> None:
        self._citizen.goto("about:blank")  # a mail has none of the town hall's rules for its own pages
        self._citizen.set_content(wait_until(self._mail, "The invitation", _MAIL_SECONDS))
        self._album.take(self._citizen, "mail")

    def _mail(self) -> str | None:
        for file in sorted(self._mails.glob("*.eml")):
            message = message_from_bytes(file.read_bytes(), policy=policy.default)
            body = message.get_body(("html",))
            if ADDRESS in str(message["To"]) and body is not None and "/t/" in body.get_content():
                return str(body.get_content())
        return None

    def _join(self) -> None:
        citizen, clerk = self._citizen, self._clerk
        _follow(clerk, "Zum Gespräch")
        _checks_devices_and_joins(clerk)
        _follow(citizen, "Zum Videotermin")
        self._album.take(citizen, "link")
        _press(citizen, "Kamera und Mikrofon prüfen")
        expect(citizen.get_by_role("button", name="Beitreten")).to_be_enabled()
        _moves(citizen, "#self")
        self._album.take(citizen, "devices")
        _press(citizen, "Beitreten")
        _state(citizen, "waiting")
        expect(clerk.get_by_role("button", name=f"{CITIZEN} hereinlassen")).to_be_visible()
        self._album.take(citizen, "waiting-room")
        self._album.take(clerk, "knock")
        _press(clerk, f"{CITIZEN} hereinlassen")
        for page, name in ((citizen, "call-citizen"), (clerk, "call-clerk")):
            _state(page, "connected")
            _moves(page, "#remote")
            self._album.take(page, name)
        self._album.take(citizen, "participants", of=".people")
        self._album.take(citizen, "safety-code", of=".trust")

    def _share_screen(self) -> None:
        with self._people.shared_tab():
            _press(self._clerk, "Bildschirm teilen")
            _moves(self._citizen, "#screen")
            self._album.take(self._citizen, "screen", of="#screen-place")
            _press(self._clerk, "Bildschirm teilen")

    def _fill_in(self) -> None:
        citizen, clerk = self._citizen, self._clerk
        _press(clerk, "Formular öffnen")
        for label, text in _CHILD.items():
            citizen.get_by_label(label).fill(text)
        for label, text in _HOME.items():
            clerk.get_by_label(label).fill(text)
        expect(citizen.get_by_label("Straße und Hausnummer")).to_have_value(_HOME["Straße und Hausnummer"])
        expect(clerk.get_by_label("Geburtsdatum des Kindes")).to_have_value(_CHILD["Geburtsdatum des Kindes"])
        citizen.get_by_label("Sprachen zu Hause").press_sequentially("Deutsch, Türkisch")
        expect(clerk.get_by_label("Sprachen zu Hause")).to_have_value("Deutsch, Türkisch")
        clerk.evaluate("scrollTo(0, 0)")
        self._album.take(clerk, "form-clerk", whole=False)
        self._album.take(citizen, "form-citizen", whole=False)
        for label, text in _REST.items():
            citizen.get_by_label(label).fill(text)
        citizen.get_by_label("Geburtsort des Kindes").fill("Schorndorf")
        citizen.get_by_label("Gewünschter Kindergarten").select_option(index=1)
        citizen.get_by_label("Betreuungszeit").select_option(index=2)
        for tick in _TICKS:
            citizen.get_by_label(tick).check()

    def _make_paper(self) -> None:
        with self._citizen.expect_download() as coming:
            _press(self._citizen, "Als PDF herunterladen")
        self._album.take_paper(coming.value.path().read_bytes(), "paper")

    def _write(self) -> None:
        citizen, clerk = self._citizen, self._clerk
        citizen.get_by_label("Nachricht schreiben").fill("Muss mein Mann auch unterschreiben?")
        _press(citizen, "Senden")
        clerk.get_by_label("Nachricht schreiben").fill("Ja, bitte beide.")
        _press(clerk, "Senden")
        clerk.get_by_label("Untertitel tippen").press_sequentially("Bitte legen Sie die Geburtsurkunde bei.")
        expect(citizen.locator("#untertitel")).to_contain_text("Geburtsurkunde bei.")
        expect(citizen.get_by_role("log")).to_contain_text("bitte beide")
        citizen.get_by_label("Nachricht schreiben").scroll_into_view_if_needed()
        self._album.take(citizen, "messages", whole=False)

    def _hang_up(self) -> None:
        page = self._citizen
        _press(page, "Auflegen")
        _press(self._clerk, "Auflegen")
        _state(page, "ended")
        page.evaluate("scrollTo(0, 0)")
        self._album.take(page, "ended")
        _follow(page, "Wie war es?")
        for question, mark in enumerate(("gut", "sehr gut", "sehr gut")):
            page.get_by_role("group").nth(question).get_by_label(mark, exact=True).check()
        self._album.take(page, "feedback")
        _press(page, "Antworten abschicken")
        self._album.take(page, "thanks")

    def _office(self) -> None:
        page = self._clerk
        self._later(_TWO_HOURS)  # the appointment is over and counts in the report
        _follow(page, "Zurück zur Liste")
        for link, name in (
            ("Pilotbericht", "pilot"),
            ("Öffnungszeiten", "hours"),
            ("Anmeldesicherheit", "second-factor"),
            ("Protokoll", "audit"),
        ):
            _follow(page, link)
            self._album.take(page, name)

    def _english(self) -> None:
        page = self._citizen
        page.goto(f"{self._base}/")
        _follow(page, "Rathaus Winterbach")
        _follow(page, "English")
        self._album.take(page, "town-hall-english")
        _follow(page, "Help")
        self._album.take(page, "help-english")


def _follow(page: Page, link: str) -> None:
    page.get_by_role("link", name=link).first.click()


def _press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).first.click()


def _checks_devices_and_joins(page: Page) -> None:
    _press(page, "Kamera und Mikrofon prüfen")
    _press(page, "Beitreten")
    _state(page, "waiting")


def _state(page: Page, state: str) -> None:
    page.wait_for_selector(f"main[data-call-state={state}]")


def _moves(page: Page, video: str) -> None:
    """Waits until a video shows something."""
    page.wait_for_function(
        "(video) => document.querySelector(video).videoWidth > 0 && document.querySelector(video).currentTime > 1",
        arg=video,
    )
