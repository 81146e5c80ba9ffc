"""The headers and cookies of a page's answer. Values of cookies are never kept."""

from collections.abc import Iterable, Sequence

from playwright.sync_api import Error, Response

from harness.model.observations import CookieSet, HeadersSeen

KEPT = (
    "cache-control",
    "content-security-policy",
    "content-security-policy-report-only",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "referrer-policy",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
)


def parse_set_cookie(line: str) -> CookieSet | None:
    """The name and the attributes of a ``Set-Cookie`` header (RFC 6265, 5.2); ``None`` where it sets nothing."""
    pair, *attributes = line.split(";")
    name, equals, _ = pair.partition("=")
    if not equals or not name.strip():
        return None
    split = (each.partition("=") for each in attributes)
    given = {key.strip().lower(): value.strip().lower() for key, _, value in split}
    return CookieSet(
        name=name.strip(),
        secure="secure" in given,
        http_only="httponly" in given,
        same_site=given.get("samesite", ""),
    )


def headers_seen(page: str, answers: Sequence[Response], *, party: str = "") -> HeadersSeen | None:
    """The headers of the last page among the answers, and every cookie that one of them set; ``None`` without a page.

    A form's answer is a redirect that sets the session's cookie: so the answers on the way to a page count.
    """
    pages = [answer for answer in answers if answer.request.is_navigation_request()]
    if not pages:
        return None
    lines = [_headers(answer) for answer in pages]
    return HeadersSeen(
        party=party,
        page=page,
        https=pages[-1].url.startswith("https:"),
        headers=_kept(lines[-1]),
        cookies=_cookies(value for each in lines for name, value in each if name == "set-cookie"),
    )


def _headers(answer: Response) -> list[tuple[str, str]]:
    try:
        return [(each["name"].lower(), each["value"]) for each in answer.headers_array()]
    except Error:
        return []  # the page went on before its headers were read


def _kept(lines: Iterable[tuple[str, str]]) -> dict[str, str]:
    kept: dict[str, str] = {}
    for name, value in lines:
        if name in KEPT:
            kept[name] = f"{kept[name]}, {value}" if name in kept else value
    return kept


def _cookies(values: Iterable[str]) -> tuple[CookieSet, ...]:
    lines = (line for value in values for line in value.split("\n"))
    return tuple(dict.fromkeys(cookie for line in lines if (cookie := parse_set_cookie(line))))
