"""A person's stay on one page: what was asked for and answered from the moment the visit began."""

from dataclasses import dataclass, field

from playwright.sync_api import Error, Response

from harness.person import Person
from harness.vantage.tapped import Asked

_WATCHING = "typeof pruefstandBench === 'object' && pruefstandBench.flush().then(() => true)"


@dataclass
class Visit:
    """Begin it before the page is opened; ``label`` names the kind of page and never holds a token."""

    person: Person
    label: str
    answers: list[Response] = field(default_factory=list)
    _urls: int = 0
    _sockets: int = 0
    _devices: int = 0
    _servers: int = 0

    def __enter__(self) -> "Visit":
        person = self.person
        self._urls, self._sockets = len(person.http.urls), len(person.websockets.urls)
        self._devices, self._servers = len(person.tapped.devices), len(person.tapped.ice)
        person.page.on("response", self._answered)
        return self

    def __exit__(self, *_: object) -> None:
        self.person.page.remove_listener("response", self._answered)

    def _answered(self, response: Response) -> None:
        self.answers.append(response)

    def watching(self) -> bool:
        """Whether the bench's script runs in the page; what it held back has been fetched then."""
        try:
            return bool(self.person.page.evaluate(_WATCHING))
        except Error:
            return False

    @property
    def urls(self) -> list[str]:
        """Every address that the page asked for or gave to a WebRTC connection."""
        person = self.person
        return [
            *person.http.urls[self._urls :],
            *person.websockets.urls[self._sockets :],
            *person.tapped.ice[self._servers :],
        ]

    @property
    def devices(self) -> list[Asked]:
        """The devices that the page asked for."""
        return self.person.tapped.devices[self._devices :]
