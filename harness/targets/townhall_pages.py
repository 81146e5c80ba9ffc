"""The pages of the town hall, each with the states it can be in: a line each, and every story looks at all of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Error, Page

from harness.model.errors import TargetError
from harness.targets.pages import Sight, Who
from harness.targets.protocol import Appointment

_DENY = """() => {
  MediaDevices.prototype.getUserMedia = async () => { throw new DOMException('', 'NotAllowedError'); };
}"""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A page by the path that it has; ``{tenant}``, ``{id}`` and ``{link}`` are those of an appointment,
    ``{guest}`` is the link of whom the clerk invited to it."""

    page: str
    path: str
    who: Who = "anyone"
    state: str = ""
    then: Callable[[Page], None] | None = None  # what brings the page into its state


def _asks_for_presence(page: Page) -> None:
    page.fill("[name=name]", "Erika Musterfrau")
    page.fill("[name=email]", "erika@example.org")
    page.select_option("[name=service]", "ausweis")
    _sends(page, "#buchen")


def _books_nonsense(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main form').forEach((form) => (form.noValidate = true))")
    page.fill("[name=email]", "keine Adresse")
    _sends(page, "#buchen")


def _wrong_password(page: Page) -> None:
    page.fill("[name=user]", "niemand")
    page.fill("[name=password]", "falsch")
    _sends(page, "#anmelden")


def _checks_devices(page: Page) -> None:
    page.click("#geraete-pruefen:enabled")
    page.wait_for_selector("main[data-call-state=checked]")


def _is_denied(page: Page) -> None:
    page.evaluate(_DENY)
    page.click("#geraete-pruefen:enabled")
    page.wait_for_selector("main[data-call-state=denied]")


def _waits(page: Page) -> None:
    _checks_devices(page)
    page.click("#beitreten")
    page.wait_for_selector("main[data-call-state=waiting]")


def _sees_who_waits(page: Page) -> None:
    """Who waited at the sights before is still there, and knocks."""
    _checks_devices(page)
    page.click("#beitreten")
    page.wait_for_selector("#lobby [data-admit]")


def _makes_nonsense(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main form').forEach((form) => (form.noValidate = true))")
    page.fill("[name=id]", "Kein Name")
    _sends(page, "#anlegen")


def _sends(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.click(button)


PAGES = (
    _Entry("home", "/"),
    _Entry("hall", "/{tenant}/"),
    _Entry("help", "/hilfe?von={tenant}"),
    _Entry("login", "/{tenant}/amt/anmelden"),
    _Entry("login", "/{tenant}/amt/anmelden", state="wrong password", then=_wrong_password),
    _Entry("desk", "/{tenant}/amt/termine", who="clerk"),
    _Entry("booking", "/{tenant}/amt/termine/neu", who="clerk"),
    _Entry("booking", "/{tenant}/amt/termine/neu", who="clerk", state="error", then=_books_nonsense),
    _Entry("booking", "/{tenant}/amt/termine/neu", who="clerk", state="presence", then=_asks_for_presence),
    _Entry("appointment", "/{tenant}/amt/termine/{id}", who="clerk"),
    _Entry("guest", "/{tenant}/amt/termine/{id}/gast", who="clerk"),
    _Entry("opening hours", "/{tenant}/amt/zeiten", who="clerk"),
    _Entry("security", "/{tenant}/amt/sicherheit", who="clerk"),
    _Entry("audit trail", "/{tenant}/amt/protokoll", who="clerk"),
    _Entry("operator's login", "/verwaltung/anmelden"),
    _Entry("operator's page", "/verwaltung", who="operator"),
    _Entry("operator's page", "/verwaltung", who="operator", state="error", then=_makes_nonsense),
    _Entry("pilot report", "/{tenant}/amt/pilot", who="clerk"),
    _Entry("clerk's call", "/{tenant}/amt/termine/{id}/anruf", who="clerk"),
    _Entry("invitation", "{link}", who="citizen"),
    _Entry("invitation", "{link}", who="citizen", state="checked", then=_checks_devices),
    _Entry("invitation", "{link}", who="citizen", state="denied", then=_is_denied),
    _Entry("invitation", "{link}", who="citizen", state="waiting", then=_waits),
    _Entry("guest's call", "{guest}", who="guest"),
    _Entry("guest's call", "{guest}", who="guest", state="waiting", then=_waits),
    _Entry(
        "clerk's call", "/{tenant}/amt/termine/{id}/anruf", who="clerk", state="somebody waits", then=_sees_who_waits
    ),
    _Entry("feedback", "{link}/rueckmeldung", who="citizen"),
    _Entry("unknown", "/t/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
    _Entry("error", "/nirgendwo/"),
)


def sights(base_url: str, appointment: Appointment, *, operated: bool) -> Sequence[Sight]:
    """Every page and state of the town hall, for the time at which an appointment can be joined.

    Without a guest's link, or an operator who can log in (``operated``), what only they see is left out.
    """
    absent = set() if operated else {"operator"}
    absent |= set() if appointment.guest_link else {"guest"}
    return [
        Sight(entry.page, entry.who, _shows(base_url, entry, appointment), entry.state)
        for entry in PAGES
        if entry.who not in absent
    ]


def _shows(base_url: str, entry: _Entry, appointment: Appointment) -> Callable[[Page, str], None]:
    path = entry.path.format(
        tenant=appointment.tenant,
        id=appointment.id,
        link=urlsplit(appointment.link).path,
        guest=urlsplit(appointment.guest_link).path,
    )

    def show(page: Page, lang: str) -> None:
        joint = "&" if "?" in path else "?"
        try:
            page.goto(f"{base_url}{path}{joint}lang={lang}" if lang else f"{base_url}{path}")
            if entry.then:
                entry.then(page)
        except Error as error:
            raise TargetError(
                f"The page {entry.page!r} cannot be brought into the state {entry.state or 'as it opens'!r}: "
                f"{error.message.splitlines()[0]}"
            ) from error

    return show
