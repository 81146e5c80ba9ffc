"""What security headers of a page say, and where they say too little."""

import re
from collections.abc import Iterator, Mapping

from harness.model.observations import CookieSet, HeadersSeen
from harness.model.sentence import Sentence

HSTS_SECONDS = 180 * 24 * 3600  # half a year (our own threshold)
_STRICT_REFERRER = ("no-referrer", "same-origin")
_REFERRER = (*_STRICT_REFERRER, "strict-origin", "strict-origin-when-cross-origin")
_ONLY_OWN = ({"'self'"}, {"'none'"})
_LOOSE_SCRIPTS = {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:", "data:"}


def faults(seen: HeadersSeen) -> Iterator[Sentence]:
    """Each thing that the headers and cookies of a page lack, as a noun phrase."""
    policies = [_policy(text) for text in seen.headers.get("content-security-policy", "").split(",") if text.strip()]
    if not policies:
        yield Sentence(de="keine Content-Security-Policy", en="no Content-Security-Policy")
    elif not any(set(policy.get("default-src", ["*"])) in _ONLY_OWN for policy in policies):
        yield Sentence(
            de="eine Content-Security-Policy, deren default-src nicht auf 'self' begrenzt ist",
            en="a Content-Security-Policy whose default-src is not limited to 'self'",
        )
    elif not any(not _LOOSE_SCRIPTS.intersection(_scripts(policy)) for policy in policies):
        yield Sentence(
            de="eine Content-Security-Policy, die beliebige Skripte zulässt",
            en="a Content-Security-Policy that lets any script run",
        )
    if seen.headers.get("x-content-type-options", "").strip().lower() != "nosniff":
        yield Sentence(de="kein X-Content-Type-Options: nosniff", en="no X-Content-Type-Options: nosniff")
    yield from _referrer(seen)
    yield from _permissions(seen.headers.get("permissions-policy", ""))
    framed = seen.headers.get("x-frame-options", "").strip().lower() in ("deny", "sameorigin")
    if not framed and not any(set(policy.get("frame-ancestors", ["*"])) in _ONLY_OWN for policy in policies):
        yield Sentence(
            de="keinen Schutz vor dem Einbetten in fremde Seiten", en="nothing against framing by other sites"
        )
    if seen.https and _max_age(seen.headers.get("strict-transport-security", "")) < HSTS_SECONDS:
        yield Sentence(
            de="kein Strict-Transport-Security über ein halbes Jahr", en="no Strict-Transport-Security of half a year"
        )
    for cookie in seen.cookies:
        yield from _cookie(cookie, https=seen.https)


def _policy(text: str) -> dict[str, list[str]]:
    directives: dict[str, list[str]] = {}
    for directive in text.split(";"):
        name, *values = directive.split() or [""]
        directives.setdefault(name.lower(), [value.lower() for value in values])  # CSP 3, 2.2.1: the first one counts
    return directives


def _scripts(policy: Mapping[str, list[str]]) -> list[str]:
    allowed: list[str] = []
    for name in ("script-src", "script-src-elem", "script-src-attr"):
        allowed += policy.get(name, [])
    return allowed if "script-src" in policy else [*allowed, *policy.get("default-src", ["*"])]


def _referrer(seen: HeadersSeen) -> Iterator[Sentence]:
    asked = [part.strip().lower() for part in seen.headers.get("referrer-policy", "").split(",") if part.strip()]
    allowed = _STRICT_REFERRER if seen.page.startswith("invitation") else _REFERRER
    if not asked or asked[-1] not in allowed:
        yield Sentence(
            de="keine Referrer-Policy, die die Adresse der Seite für sich behält",
            en="no Referrer-Policy that keeps the page's address to itself",
        )


def _permissions(text: str) -> Iterator[Sentence]:
    granted = {
        name.strip().lower(): set(re.sub(r"[()]", " ", value.partition(";")[0]).split())
        for name, _, value in (part.partition("=") for part in text.split(","))
    }
    if not all(feature in granted and granted[feature] <= {"self"} for feature in ("camera", "microphone")):
        yield Sentence(
            de="keine Permissions-Policy, die Kamera und Mikrofon der Seite selbst vorbehält",
            en="no Permissions-Policy that keeps camera and microphone to the page itself",
        )


def _max_age(text: str) -> int:
    found = re.search(r"max-age\s*=\s*\"?(\d{1,12})", text, re.IGNORECASE)
    return int(found.group(1)) if found else 0


def _cookie(cookie: CookieSet, *, https: bool) -> Iterator[Sentence]:
    lacking = [] if cookie.http_only else ["HttpOnly"]
    lacking += [] if cookie.same_site.lower() in ("strict", "lax") else ["SameSite"]
    lacking += ["Secure"] if https and not cookie.secure else []
    if lacking:
        yield Sentence(
            de=f"das Cookie „{cookie.name}“ ohne {', '.join(lacking)}",
            en=f"the cookie “{cookie.name}” without {', '.join(lacking)}",
        )
