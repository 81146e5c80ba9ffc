"""P09 at its edges: headers as browsers read them, and what https adds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto_checks.privacy.headers import faults
from harness.model.observations import (
    CookieSet,
    HeadersSeen,
)
from harness.model.outcome import Outcome
from tests.crypto_checks.changing import recorded
from tests.flaws.beside import HEADERS

GUARDED = CookieSet(name="session", secure=True, http_only=True, same_site="strict")
HSTS = {"strict-transport-security": "max-age=31536000; includeSubDomains"}


def lacking(headers: dict[str, str], *, page: str = "invitation", https: bool = False) -> list[str]:
    return [fault.en for fault in faults(HeadersSeen(page=page, https=https, headers=headers))]


@given(st.dictionaries(st.sampled_from([*HEADERS, *HSTS, "x-frame-options"]), st.text(max_size=60)), st.booleans())
def test_any_header_can_be_read(headers: dict[str, str], https: bool) -> None:
    named = lacking(headers, https=https)
    assert len(named) == len(set(named))


def test_permission_with_a_parameter_is_still_the_pages_own() -> None:
    assert lacking(HEADERS | {"permissions-policy": "camera=(self);report-to=x, microphone=self"}) == []


@pytest.mark.parametrize(
    "policy",
    [
        "default-src 'self'; frame-ancestors 'none'",
        "DEFAULT-SRC 'SELF';frame-ancestors 'self';",
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        "default-src 'none'; script-src 'nonce-abc'; frame-ancestors 'none'",
        "img-src *, default-src 'self'; frame-ancestors 'none'",  # two policies: both hold
    ],
)
def test_strict_policies_are_accepted(policy: str) -> None:
    assert lacking(HEADERS | {"content-security-policy": policy}) == []


@pytest.mark.parametrize(
    ("policy", "fault"),
    [
        ("", "no Content-Security-Policy"),
        ("script-src 'self'", "a Content-Security-Policy whose default-src is not limited to 'self'"),
        ("default-src 'self' https:", "a Content-Security-Policy whose default-src is not limited to 'self'"),
        ("default-src *; default-src 'self'", "a Content-Security-Policy whose default-src is not limited to 'self'"),
        ("default-src 'self'; script-src 'self' 'unsafe-inline'", "a Content-Security-Policy that lets any script run"),
        ("default-src 'self'; script-src 'unsafe-eval'", "a Content-Security-Policy that lets any script run"),
        ("default-src 'self'; script-src-elem https:", "a Content-Security-Policy that lets any script run"),
    ],
)
def test_loose_policies_are_named(policy: str, fault: str) -> None:
    assert lacking(HEADERS | {"content-security-policy": policy, "x-frame-options": "DENY"}) == [fault]


@pytest.mark.parametrize(
    ("headers", "fault"),
    [
        ({"x-content-type-options": ""}, "no X-Content-Type-Options: nosniff"),
        ({"referrer-policy": "unsafe-url"}, "no Referrer-Policy that keeps the page's address to itself"),
        ({"referrer-policy": "no-referrer, origin"}, "no Referrer-Policy that keeps the page's address to itself"),
        ({"referrer-policy": "strict-origin"}, "no Referrer-Policy that keeps the page's address to itself"),
        (
            {"permissions-policy": "camera=(self)"},
            "no Permissions-Policy that keeps camera and microphone to the page itself",
        ),
        (
            {"permissions-policy": "camera=*, microphone=()"},
            "no Permissions-Policy that keeps camera and microphone to the page itself",
        ),
        (
            {"permissions-policy": 'camera=(self "https://a.example"), microphone=(self)'},
            "no Permissions-Policy that keeps camera and microphone to the page itself",
        ),
        ({"content-security-policy": "default-src 'self'"}, "nothing against framing by other sites"),
    ],
)
def test_each_lacking_header_is_named(headers: dict[str, str], fault: str) -> None:
    assert lacking(HEADERS | headers) == [fault]


def test_other_pages_than_the_invitation_may_tell_their_origin() -> None:
    assert lacking(HEADERS | {"referrer-policy": "strict-origin-when-cross-origin"}, page="home") == []


def test_https_asks_for_hsts_and_secure_cookies() -> None:
    assert lacking(HEADERS, https=True) == ["no Strict-Transport-Security of half a year"]
    assert lacking(HEADERS | {"strict-transport-security": "max-age=0"}, https=True) == [
        "no Strict-Transport-Security of half a year"
    ]
    cookies = (GUARDED, GUARDED.model_copy(update={"name": "csrf", "secure": False, "http_only": False}))
    seen = HeadersSeen(page="home", https=True, headers=HEADERS | HSTS, cookies=cookies)
    assert [fault.en for fault in faults(seen)] == ["the cookie “csrf” without HttpOnly, Secure"]


def test_https_pages_pass_without_a_reservation() -> None:
    finding = recorded("P09", HeadersSeen, {"https": True, "headers": HEADERS | HSTS, "cookies": (GUARDED,)})
    assert finding.outcome is Outcome.PASS
    assert "TLS" not in finding.sentence.en
    assert "TLS" not in finding.sentence.de


def test_some_pages_without_tls_are_counted() -> None:
    finding = recorded(
        "P09", HeadersSeen, {"https": True, "headers": HEADERS | HSTS, "cookies": (GUARDED,)}, page="call"
    )
    assert finding.sentence.en.endswith("(1 of them reached without TLS, so not asked for HSTS and Secure).")
    assert finding.sentence.de.endswith("(1 davon ohne TLS aufgerufen, daher dort weder HSTS noch Secure verlangt).")
