"""A party of a call: its own browser's pages, and what the bench hears of them."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, WebSocket, WebSocketRoute

from harness.vantage.http import HttpTap
from harness.vantage.instrument import OBSERVER_PATH, WORKER_MARK, observer_script, page_script, worker_prologue
from harness.vantage.tapped import Tapped
from harness.vantage.websocket import WebSocketTap


@dataclass(slots=True)
class Person:
    """A party with an own browser: pages, and everything that was heard of them."""

    party: str
    browser: Browser
    context: BrowserContext
    page: Page
    tapped: Tapped
    http: HttpTap
    websockets: WebSocketTap
    blocks_workers: bool = False
    in_front_of_workers: list[str] = field(default_factory=list)  # scripts of the bench, beside the tap

    def withhold_messages(self, withheld: Callable[[str], bool]) -> None:
        """Drops WebSocket messages of this party's page, in both directions; call it before the page connects."""

        def relay(page_side: WebSocketRoute) -> None:
            server_side = page_side.connect_to_server()
            page_side.on_message(lambda message: _pass_on(message, withheld, server_side))
            server_side.on_message(lambda message: _pass_on(message, withheld, page_side))

        self.page.route_web_socket("**/*", relay)

    def flush(self) -> None:
        """Fetches what the page still holds back; a page that is closed or navigating holds nothing."""
        with suppress(Error):
            self.page.evaluate("typeof pruefstandBench === 'object' && pruefstandBench.flush()")

    def leaves_page(self) -> bool:
        """The person goes to an empty page; whether that was possible: not where a page or browser answers no more."""
        try:
            self.page.goto("about:blank")
        except Error:
            return False
        return True

    def close(self) -> None:
        """Closes the pages of this call; the browser stays for the next."""
        with suppress(Error):  # of a browser that has ended
            self.context.close()


def instrument(person: Person, consent: Mapping[str, str], lock: str) -> None:
    """Lets a person's pages and workers tell what they do, from the first page on (see ``page_script``)."""
    context, page = person.context, person.page
    context.expose_binding("pruefstandReport", lambda _source, text: person.tapped.take(text))
    blind = person.browser.browser_type.name == "firefox"  # its remote control tells nothing of WebSockets
    context.add_init_script(page_script(consent, lock=lock, reports_sockets=blind))
    context.route(re.compile(f"{re.escape(OBSERVER_PATH)}$"), _serve_observer)
    context.route(re.compile(f"[?&]{WORKER_MARK}=1"), _router(person))
    page.on("request", lambda request: person.http.request(request))
    page.on("requestfinished", lambda request: person.http.finished(request))
    if not blind:
        page.on("websocket", _websocket_listener(person))


def _pass_on(message: str | bytes, withheld: Callable[[str], bool], to: WebSocketRoute) -> None:
    if isinstance(message, bytes) or not withheld(message):
        to.send(message)


def _websocket_listener(person: Person) -> Callable[[WebSocket], None]:
    def heard(socket: WebSocket) -> None:
        person.websockets.opened(socket.url)
        socket.on("framesent", lambda payload: person.websockets.sent(payload))
        socket.on("framereceived", lambda payload: person.websockets.received(payload))

    return heard


def _serve_observer(route: Route) -> None:
    route.fulfill(content_type="text/javascript", body=observer_script())


def _router(person: Person) -> Callable[[Route], None]:
    def route(route: Route) -> None:
        if person.blocks_workers:
            route.abort()
            return
        response = route.fetch(url=_without_mark(route.request.url))
        route.fulfill(response=response, body=worker_prologue(*person.in_front_of_workers) + response.text())

    return route


def _without_mark(url: str) -> str:
    return url.replace(f"?{WORKER_MARK}=1", "").replace(f"&{WORKER_MARK}=1", "")
