"""How a bot reads a town hall's pages: httpx by itself; under Locust its session, which counts every request."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import httpx


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: its status, text, and the address that it came from after all redirects."""

    status: int
    text: str
    url: str


class Web(Protocol):
    """One person's session."""

    @property
    def base(self) -> str:
        """Scheme, host and port, without a slash at the end."""

    def get(self, path: str, params: Mapping[str, str] | None = None) -> Page: ...

    def post(self, path: str, data: Mapping[str, str]) -> Page: ...

    def cookies(self) -> str:
        """The session's cookies, as a header has them."""

    def close(self) -> None: ...


class HttpxWeb:
    """A session by httpx."""

    def __init__(self, base: str) -> None:
        self._client = httpx.Client(base_url=base, follow_redirects=True, timeout=30)

    @property
    def base(self) -> str:
        """Scheme, host and port."""
        return str(self._client.base_url).rstrip("/")

    def get(self, path: str, params: Mapping[str, str] | None = None) -> Page:
        """Open a page."""
        return _page(self._client.get(path, params=dict(params or {})))

    def post(self, path: str, data: Mapping[str, str]) -> Page:
        """Send a form."""
        return _page(self._client.post(path, data=dict(data)))

    def cookies(self) -> str:
        """The session's cookies."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._client.cookies.jar)

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()


def _page(answer: httpx.Response) -> Page:
    return Page(answer.status_code, answer.text, str(answer.url))
