"""How bots come to an appointment of the reference town hall: by the same pages as people, read instead of clicked."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from harness.model.errors import TargetError
from harness.wait import wait_until
from load.bots.light_bot import LightBot
from load.bots.web import HttpxWeb, Web

Making = Callable[[str, str, str], LightBot]  # of role, address of the call's WebSocket, cookies
_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
_SLOT = re.compile(r'<option value="(\d{4}-[^"]+)"')
_SOCKET = re.compile(r'data-ws="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Booked:
    """An appointment that a bot's clerk has booked."""

    id: str
    tenant: str
    mail: str


class Desk:
    """One clerk's session at a town hall. Raises ``TargetError`` where a page is not what it should be."""

    def __init__(self, web: Web, tenant: str, user: str, password: str) -> None:
        self._web = web
        self.tenant = tenant
        self.user = user
        path = f"/{tenant}/amt/anmelden"
        form = {"user": user, "password": password, "csrf": _found(_TOKEN, web.get(path).text, path)}
        answer = web.post(path, form)
        if answer.status != 200 or "/amt/termine" not in answer.url:
            raise TargetError(f"The clerk {user} of {tenant} could not log in (status {answer.status}).")

    def books(self, name: str, mail: str, service: str = "kita") -> Booked:
        """Book the running slot with this clerk for a caller."""
        path = f"/{self.tenant}/amt/termine/neu"
        page = self._web.get(path, {"service": service, "clerk": self.user}).text
        slots = _SLOT.findall(page)
        if not slots:
            raise TargetError(f"{self.tenant} offers no slot to book with {self.user}.")
        before = set(self._listed())
        form = {"name": name, "email": mail, "service": service, "slot": slots[0], "lang": "de", "clerk": self.user}
        answer = self._web.post(path, form | {"csrf": _found(_TOKEN, page, path)})
        new = set(self._listed()) - before
        if len(new) != 1:
            raise TargetError(f"{self.tenant} did not book {name} with {self.user} (status {answer.status}).")
        return Booked(new.pop(), self.tenant, mail)

    def bot(self, booked: Booked, make: Making = LightBot) -> LightBot:
        """The clerk on the way into the call; ``make`` says what kind of bot it is."""
        return _bot(self._web, "clerk", f"/{self.tenant}/amt/termine/{booked.id}/anruf", make)

    def close(self) -> None:
        """Give the connections back."""
        self._web.close()

    def _listed(self) -> list[str]:
        """The appointments of this clerk: others may book at the same time."""
        page = self._web.get(f"/{self.tenant}/amt/termine", {"clerk": self.user}).text
        return re.findall(r'data-appointment="([^"]+)"', page)


def invited(mails: Path, booked: Booked, seconds: float = 30.0) -> str:
    """Wait for the invitation among the mails and return its link."""

    def link() -> str | None:
        for file in sorted(mails.glob("*.eml")):
            message = message_from_bytes(file.read_bytes(), policy=policy.default)
            if booked.mail in str(message["To"]) and (body := message.get_body(("plain",))):
                found = re.search(r"https?://\S+/t/\S+", body.get_content())
                if found:
                    return found[0]
        return None

    return wait_until(link, f"The invitation to {booked.mail}", seconds)


def citizen_bot(link: str, make: Making = LightBot, web: Web | None = None) -> LightBot:
    """The citizen who opens the link, in a session of their own or in the one given; ``make``: what kind of bot."""
    parts = urlsplit(link)
    used = web or HttpxWeb(f"{parts.scheme}://{parts.netloc}")
    try:
        return _bot(used, "citizen", parts.path, make)
    finally:
        if web is None:
            used.close()


def _bot(web: Web, role: str, path: str, make: Making) -> LightBot:
    socket = unescape(_found(_SOCKET, web.get(path).text, path))
    return make(role, f"{web.base.replace('http', 'ws', 1)}{socket}", web.cookies())


def _found(pattern: re.Pattern[str], page: str, path: str) -> str:
    found = pattern.search(page)
    if found is None:
        raise TargetError(f"The page {path.split('/')[1]}… of the town hall is not what the bot expects.")
    return found[1]
