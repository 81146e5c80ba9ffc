"""A person's web session under Locust: every page is a request in its tables, under a name without ids."""

from collections.abc import Mapping

from locust.clients import HttpSession, ResponseContextManager

from load.bots.web import Page
from load.swarm.naming import named


class LocustWeb:
    """``load.bots.web.Web`` by Locust's own session, which reports to its statistics."""

    def __init__(self, session: HttpSession) -> None:
        self._session = session

    @property
    def base(self) -> str:
        """Scheme, host and port."""
        return str(self._session.base_url).rstrip("/")

    def get(self, path: str, params: Mapping[str, str] | None = None) -> Page:
        """Open a page."""
        return _page(self._session.get(path, params=dict(params or {}), name=named(path)))

    def post(self, path: str, data: Mapping[str, str]) -> Page:
        """Send a form."""
        return _page(self._session.post(path, data=dict(data), name=named(path)))

    def cookies(self) -> str:
        """The session's cookies."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._session.cookies)

    def close(self) -> None:
        """Give the connections back."""
        self._session.close()


def _page(answer: ResponseContextManager) -> Page:
    return Page(answer.status_code, answer.text or "", answer.url or "")
