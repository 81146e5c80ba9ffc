"""Pages: Jinja2 templates with the reader's language, the municipality and the security headers."""

from datetime import datetime
from functools import cache
from pathlib import Path

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from townhall.flaws import Flaw
from townhall.language import LANGUAGES, clock_time, moment, translator
from townhall.tenants import Tenant

LANGUAGE_COOKIE = "sprache"
_YEAR_SECONDS = 365 * 24 * 3600
_POLICY = (
    "default-src 'self'; connect-src 'self'; worker-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class Views:
    """Renders templates; ``flaw`` is announced at the foot of every page."""

    def __init__(self, flaw: Flaw | None) -> None:
        self._flaw = flaw
        self.templates = _templates()

    def announcement(self, lang: str) -> str:
        """Return the sentence that announces the active flaw, empty without one."""
        if self._flaw is None:
            return ""
        return translator(lang)("page.flaw", name=self._flaw.name, summary=getattr(self._flaw, lang))

    def language(self, request: Request, default: str = "de") -> str:
        """Return the reader's language: from the address, else from the cookie, else the default."""
        for choice in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
            if choice in LANGUAGES:
                return choice
        return default

    def page(
        self,
        request: Request,
        template: str,
        *,
        status: int = 200,
        tenant: Tenant | None = None,
        lang: str = "",
        words: dict[str, object] | None = None,
    ) -> Response:
        """Return a whole page; ``lang`` overrides what the reader's browser says."""
        lang = lang or self.language(request)

        def local(when: datetime) -> str:
            return moment(when, tenant.zone, lang) if tenant else when.isoformat()

        def local_time(when: datetime) -> str:
            return clock_time(when, tenant.zone, lang) if tenant else when.isoformat()

        body = self.templates.get_template(template).render(
            t=translator(lang),
            lang=lang,
            other_lang="en" if lang == "de" else "de",
            tenant=tenant,
            flaw_name=self._flaw.name if self._flaw else "",
            announcement=self.announcement(lang),
            path=request.url.path,
            local=local,
            local_time=local_time,
            **(words or {}),
        )
        response = HTMLResponse(body, status)
        if request.query_params.get("lang") in LANGUAGES:
            response.set_cookie(LANGUAGE_COOKIE, lang, max_age=_YEAR_SECONDS, httponly=True, samesite="lax")
        if self._flaw is not None and self._flaw.name == "analytics-cookie":
            secure = request.url.scheme == "https"
            response.set_cookie("besuch", "1", max_age=_YEAR_SECONDS, secure=secure, httponly=True, samesite="lax")
        return response


@cache
def _templates() -> Environment:
    """The templates, each compiled once a process."""
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class SecurityHeaders:
    """ASGI middleware: the headers that keep other origins, and other pages' eyes, out."""

    def __init__(self, app: ASGIApp, https: bool, flaw: str = "") -> None:
        self._app = app
        self._headers = {
            "content-security-policy": _POLICY,
            "referrer-policy": "no-referrer",
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
            "cross-origin-opener-policy": "same-origin",
            "permissions-policy": "camera=(self), microphone=(self), geolocation=(), display-capture=(self)",
            "cache-control": "no-store",
        }
        if https:
            self._headers["strict-transport-security"] = f"max-age={_YEAR_SECONDS}; includeSubDomains"
        if flaw == "no-csp":
            self._headers = {"cache-control": "no-store"}
        if flaw == "foreign-font":
            self._headers["content-security-policy"] += "; style-src 'self' https://fonts.example"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to its response."""

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, dressed)
