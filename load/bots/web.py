"""How a bot reads a town hall's pages: httpx by itself; under Locust its session, which counts every request."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

from harness.model.errors import TargetError


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
        """Open a page. Raises ``TargetError`` when no answer comes."""
        return self._page("GET", path, params=dict(params or {}))

    def post(self, path: str, data: Mapping[str, str]) -> Page:
        """Send a form. Raises ``TargetError`` when no answer comes."""
        return self._page("POST", path, data=dict(data))

    def cookies(self) -> str:
        """The session's cookies."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._client.cookies.jar)

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def _page(self, method: str, path: str, **sent: Any) -> Page:
        try:
            answer = self._client.request(method, path, **sent)
        except httpx.HTTPError as error:
            raise TargetError(f"The town hall did not answer {method} {path.split('?')[0]} ({error!r}).") from error
        return Page(answer.status_code, answer.text, str(answer.url))
