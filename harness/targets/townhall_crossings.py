"""What nobody may do across the town halls: the attempts, and how they are made."""

import re
from collections.abc import Iterator

from playwright.sync_api import Error, Page

from harness.model.errors import TargetError
from harness.targets.pages import Trespass
from harness.targets.protocol import Appointment

# Joins the call as the page itself would, tells what the server answers first, and leaves again.
_JOIN = """(url) => new Promise((answer) => {
  const socket = new WebSocket(url);
  const end = (word) => { answer(word); socket.close(); };
  socket.onopen = () => socket.send(JSON.stringify({ type: 'join' }));
  socket.onmessage = (event) => {
    const type = JSON.parse(event.data).type;
    if (type !== 'error' && type !== 'pong') socket.send(JSON.stringify({ type: 'leave' }));
    end(type);
  };
  socket.onerror = () => end('error');
  socket.onclose = () => answer('closed');
})"""
_DESK = (  # what is tried, in English and German, and where: below the list of appointments
    ("read the list of {}", "die Terminliste von {} lesen", ""),
    ("open the booking form of {}", "das Buchungsformular von {} öffnen", "/neu"),
    ("look at an appointment of {}", "einen Termin von {} ansehen", "/{id}"),
    ("open the call of an appointment of {}", "das Gespräch eines Termins von {} öffnen", "/{id}/anruf"),
    ("invite a guest to {}", "einen Gast nach {} einladen", "/{id}/gast"),
)
_OFFICE = (  # below the office
    ("read the opening hours of {}", "die Öffnungszeiten von {} lesen", "zeiten"),
    ("read the audit trail of {}", "das Protokoll von {} lesen", "protokoll"),
    ("read the pilot report of {}", "den Pilotbericht von {} lesen", "pilot"),
)
_ROLE_DE = {"citizen": "als eingeladene Person", "clerk": "als Amt"}
_LET_IN = ("welcome", "lobby")
_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


def trespasses(one: Appointment, other: Appointment, *, operated: bool) -> Iterator[Trespass]:
    """Both directions between the clerks, citizens at the desk and in another's call, and nobody everywhere.

    Where there is an operator (``operated``), all of them also try the operator's page.
    """
    for own, others in ((one, other), (other, one)):
        yield from _at_the_desk(f"clerk of {own.tenant}", others)
        mine, theirs = f"/{own.tenant}/amt/termine", f"/{others.tenant}/amt/termine"
        yield Trespass(
            f"clerk of {own.tenant}",
            f"clerk of {others.tenant}",
            f"open an appointment of {others.tenant.capitalize()} as one of the own",
            f"einen Termin von {others.tenant.capitalize()} wie einen eigenen öffnen",
            f"{mine}/{others.id}/anruf",
            rightful_path=f"{theirs}/{others.id}/anruf",
        )
    yield from _at_the_desk(f"citizen of {one.tenant}", one)
    yield from _at_the_desk("nobody", one)
    if operated:
        for actor in (f"clerk of {one.tenant}", f"citizen of {one.tenant}", "nobody"):
            yield Trespass(
                actor, "operator", "open the operator's page", "die Seite der Betreiber öffnen", "/verwaltung"
            )
    for actor in (f"clerk of {other.tenant}", f"citizen of {other.tenant}", "nobody"):
        yield _joins(actor, one, "citizen")
        yield _joins(actor, one, "clerk")


def _at_the_desk(actor: str, theirs: Appointment) -> Iterator[Trespass]:
    tenant, rightful = theirs.tenant, f"clerk of {theirs.tenant}"
    desk, town = f"/{tenant}/amt/termine", tenant.capitalize()
    for english, german, path in _DESK:
        where = desk + path.format(id=theirs.id)
        yield Trespass(actor, rightful, english.format(town), german.format(town), where)
    for english, german, path in _OFFICE:
        yield Trespass(actor, rightful, english.format(town), german.format(town), f"/{tenant}/amt/{path}")
    # Without the tick that says "sure" nothing is cancelled: the rightful clerk is told so, others are turned away.
    cancelling = f"{desk}/{theirs.id}/absagen"
    login = f"/{tenant}/amt/anmelden"  # its form has a token for whoever asks
    yield Trespass(
        actor, rightful, f"cancel an appointment of {town}", f"einen Termin von {town} absagen", cancelling,
        form={}, form_at=login,
    )  # fmt: skip


def _joins(actor: str, theirs: Appointment, role: str) -> Trespass:
    return Trespass(
        actor,
        f"{role} of {theirs.tenant}",
        f"join the call of {theirs.tenant.capitalize()} as its {role}",
        f"dem Gespräch von {theirs.tenant.capitalize()} {_ROLE_DE[role]} beitreten",
        f"/api/call/{theirs.id}/ws?role={role}",
        socket=True,
    )


def attempt(page: Page, base_url: str, what: Trespass, *, rightful: bool) -> tuple[int, bool]:
    """Tries it with the browser that ``page`` belongs to; see ``Journey.trespass``."""
    path = (rightful and what.rightful_path) or what.path
    url = base_url + path
    try:
        if what.socket:
            let_in = page.evaluate(_JOIN, re.sub("^http", "ws", url)) in _LET_IN
            return (101, False) if let_in else (403, True)
        if what.form is None:
            answer = page.request.get(url, max_redirects=0)
        else:
            form = page.request.get(base_url + what.form_at).text()
            token = _TOKEN.search(form)
            answer = page.request.post(url, form={**what.form, "csrf": token[1] if token else ""}, max_redirects=0)
    except Error as error:
        raise TargetError(f"It could not be tried to {what.tried}: {error.message.splitlines()[0]}") from error
    to_login = answer.headers.get("location", "").endswith(("/amt/anmelden", "/verwaltung/anmelden"))
    return answer.status, to_login or answer.status in (401, 403, 404)
