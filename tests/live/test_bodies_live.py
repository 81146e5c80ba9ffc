"""Files and blobs that a page sends by HTTP: the browser's debugging interface hides them, the tap must not."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from harness.browsers import Browsers
from harness.media.canary import Canaries

pytestmark = pytest.mark.live

FILE = b"the bytes of a file" * 50
SENDS = {
    "fetch": "(file) => fetch('/fetch', {method: 'POST', body: file})",
    "request": "(file) => fetch(new Request('/request', {method: 'POST', body: file}))",
    "form": "(file) => { const form = new FormData(); form.append('f', file);"
    " return fetch('/form', {method: 'POST', body: form}) }",
    "xhr": "(file) => new Promise((done) => { const request = new XMLHttpRequest(); request.open('POST', '/xhr');"
    " request.onloadend = done; request.send(file) })",
    "beacon": "(file) => navigator.sendBeacon('/beacon', file)",
}


class Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Page</title><input type=file>")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_every_way_to_send_a_file_is_seen(address: str, tmp_path: Path) -> None:
    (tmp_path / "file.bin").write_bytes(FILE)
    with Browsers() as browsers:
        browsers.start("guest", Canaries(tmp_path))
        person = browsers.person("guest")
        page = person.page
        page.goto(address)
        page.set_input_files("input", tmp_path / "file.bin")
        for send in SENDS.values():
            page.evaluate(f"async () => {{ await ({send})(document.querySelector('input').files[0]) }}")
        page.wait_for_timeout(300)
        page.evaluate("pruefstandBench.flush()")
        page.wait_for_timeout(50)
        sent = {url.rsplit("/", 1)[-1]: data for url, data in person.tapped.bodies}
        person.close()
    assert sent == dict.fromkeys(SENDS, FILE)
