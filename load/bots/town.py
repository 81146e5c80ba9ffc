"""How bots come to an appointment of the reference town hall: by the same pages as people, read instead of clicked."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from harness.model.errors import TargetError
from harness.wait import wait_until
from load.bots.light_bot import LightBot

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

    def __init__(self, base_url: str, tenant: str, user: str, password: str) -> None:
        self._client = httpx.Client(base_url=base_url, follow_redirects=True, timeout=30)
        self.tenant = tenant
        self.user = user
        path = f"/{tenant}/amt/anmelden"
        form = {"user": user, "password": password, "csrf": self._csrf(path)}
        answer = self._client.post(path, data=form)
        if answer.status_code != 200 or "/amt/termine" not in str(answer.url):
            raise TargetError(f"The clerk {user} of {tenant} could not log in (status {answer.status_code}).")

    def books(self, name: str, mail: str, service: str = "kita") -> Booked:
        """Book the running slot with this clerk for a caller."""
        path = f"/{self.tenant}/amt/termine/neu"
        page = self._client.get(path, params={"service": service, "clerk": self.user}).text
        slots = _SLOT.findall(page)
        if not slots:
            raise TargetError(f"{self.tenant} offers no slot to book with {self.user}.")
        before = set(self._listed())
        form = {"name": name, "email": mail, "service": service, "slot": slots[0], "lang": "de", "clerk": self.user}
        answer = self._client.post(path, data=form | {"csrf": _found(_TOKEN, page, path)})
        new = set(self._listed()) - before
        if len(new) != 1:
            raise TargetError(f"{self.tenant} did not book {name} with {self.user} (status {answer.status_code}).")
        return Booked(new.pop(), self.tenant, mail)

    def bot(self, booked: Booked, make: Making = LightBot) -> LightBot:
        """The clerk on the way into the call; ``make`` says what kind of bot it is."""
        return _bot(self._client, "clerk", f"/{self.tenant}/amt/termine/{booked.id}/anruf", make)

    def _listed(self) -> list[str]:
        return re.findall(r'data-appointment="([^"]+)"', self._client.get(f"/{self.tenant}/amt/termine").text)

    def _csrf(self, path: str) -> str:
        return _found(_TOKEN, self._client.get(path).text, path)

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()


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


def citizen_bot(link: str, make: Making = LightBot) -> LightBot:
    """The citizen who opens the link; ``make`` says what kind of bot it is."""
    parts = urlsplit(link)
    with httpx.Client(base_url=f"{parts.scheme}://{parts.netloc}", timeout=30) as client:
        return _bot(client, "citizen", parts.path, make)


def _bot(client: httpx.Client, role: str, path: str, make: Making) -> LightBot:
    page = client.get(path).text
    socket = unescape(_found(_SOCKET, page, path))
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.cookies.jar)
    return make(role, f"{str(client.base_url).replace('http', 'ws', 1).rstrip('/')}{socket}", cookies)


def _found(pattern: re.Pattern[str], page: str, path: str) -> str:
    found = pattern.search(page)
    if found is None:
        raise TargetError(f"The page {path.split('/')[1]}… of the town hall is not what the bot expects.")
    return found[1]
