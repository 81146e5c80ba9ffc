"""HTTP as it leaves and reaches the browser: what the web server is told, and what it answers."""

from dataclasses import dataclass, field

from playwright.sync_api import Error, Request

BENCH_PATH = "/pruefstand-"  # the bench's own files are no part of what the application asks for
MAX_BODY = 4 * 1024 * 1024  # bytes kept of one body


@dataclass(slots=True)
class HttpTap:
    """Requests and answers of one party's pages, in memory."""

    urls: list[str] = field(default_factory=list)
    referrers: list[str] = field(default_factory=list)
    sent: list[tuple[str, bytes]] = field(default_factory=list)  # (request line, headers and body)
    answered: list[tuple[str, bytes]] = field(default_factory=list)
    unread: int = 0

    def request(self, request: Request) -> None:
        """Notes a request when it is made. A fragment never travels, so it is not part of what a server sees."""
        url = request.url.split("#", 1)[0]
        if BENCH_PATH in url:
            return
        headers = request.headers
        self.urls.append(url)
        if referrer := headers.get("referer"):
            self.referrers.append(referrer)
        lines = "\n".join(f"{name}: {value}" for name, value in headers.items()).encode()
        body = request.post_data_buffer or b""
        self.sent.append((f"{request.method} {url}", lines + b"\n\n" + body[:MAX_BODY]))

    def finished(self, request: Request) -> None:
        """Keeps the request for reading its answer later: an event handler may not wait for the browser."""
        if BENCH_PATH not in request.url:
            self._done.append(request)

    _done: list[Request] = field(default_factory=list)

    def read_answers(self) -> None:
        """Reads the bodies of the answers that came since the last call."""
        done, self._done = self._done, []
        for request in done:
            try:
                response = request.response()
                body = response.body()[:MAX_BODY] if response else b""
            except Error:
                self.unread += 1  # redirects and closed pages have no body to give
                continue
            self.answered.append((f"{request.method} {request.url.split('#', 1)[0]}", body))
