"""A server that changes or swallows the messages between the pages of a call and itself."""

from collections.abc import Callable, Mapping
from typing import Literal

from playwright.sync_api import WebSocketRoute

from harness.person import Person

Way = Literal["to-page", "to-server"]
Change = Callable[[str, Way, str], str | None]  # party, direction, message -> what goes on instead, None: nothing


class SignallingMitm:
    """In the way of every WebSocket message of people's pages. Make it before they connect.

    ``changed`` counts for each party the messages to its page that were not passed on as they were.
    """

    def __init__(self, people: Mapping[str, Person], change: Change) -> None:
        self._change = change
        self.changed = dict.fromkeys(people, 0)
        self._pages: dict[str, WebSocketRoute] = {}
        for person in people.values():
            self._stand_between(person)

    def says(self, party: str, message: str) -> None:
        """Tells a party's page something in the server's name."""
        self._pages[party].send(message)

    def _stand_between(self, person: Person) -> None:
        def relay(page_side: WebSocketRoute) -> None:
            self._pages[person.party] = page_side
            server_side = page_side.connect_to_server()
            page_side.on_message(lambda message: self._pass_on(person.party, "to-server", message, server_side))
            server_side.on_message(lambda message: self._pass_on(person.party, "to-page", message, page_side))

        person.page.route_web_socket("**/*", relay)

    def _pass_on(self, party: str, way: Way, message: str | bytes, to: WebSocketRoute) -> None:
        if isinstance(message, bytes):
            to.send(message)
            return
        instead = self._change(party, way, message)
        if way == "to-page" and instead != message:
            self.changed[party] += 1
        if instead is not None:
            to.send(instead)
