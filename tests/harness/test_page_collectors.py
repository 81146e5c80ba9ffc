"""What is noted of pages: addresses, cookies, invitations, barriers; hostile pages can say what they like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.vantage.axe import axe_found
from harness.vantage.headers import parse_set_cookie
from harness.vantage.hosts import host_of, hosts_contacted
from harness.vantage.invitations import invitation_seen


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("http://127.0.0.1:8080/t/token?lang=de", ("127.0.0.1", "http")),
        ("https://Fonts.Example/css", ("fonts.example", "http")),
        ("wss://hall.example/api/call/1/ws", ("hall.example", "websocket")),
        ("stun:stun.example:3478", ("stun.example", "stun")),
        ("turn:turn.example?transport=udp", ("turn.example", "turn")),
        ("turns:[2001:db8::1]:5349?transport=tcp", ("2001:db8::1", "turn")),
        ("data:font/woff2;base64,AAAA", None),
        ("blob:http://127.0.0.1/uuid", None),
        ("about:blank", None),
        ("http://[broken/", None),
        ("", None),
    ],
)
def test_host_without_port_and_the_way_to_it(url: str, found: tuple[str, str] | None) -> None:
    assert host_of(url) == found


def test_each_host_is_told_once_a_way() -> None:
    urls = ["http://a.example/1", "http://a.example:81/2", "ws://a.example/", "stun:b.example"]
    seen = hosts_contacted("home", urls, party="citizen")
    assert [(one.host, one.via) for one in seen] == [
        ("a.example", "http"),
        ("a.example", "websocket"),
        ("b.example", "stun"),
    ]
    assert {(one.page, one.party) for one in seen} == {("home", "citizen")}


@given(st.text())
def test_no_address_of_a_page_breaks_the_bench(url: str) -> None:
    found = host_of(url)
    assert found is None or found[0]


def test_cookie_keeps_its_attributes_and_loses_its_value() -> None:
    cookie = parse_set_cookie("amt=very-secret; Max-Age=36000; HttpOnly; Path=/; SameSite=Lax; Secure")
    assert cookie is not None
    assert (cookie.name, cookie.secure, cookie.http_only, cookie.same_site) == ("amt", True, True, "lax")
    assert "very-secret" not in cookie.model_dump_json()


def test_cookie_without_attributes_has_none() -> None:
    cookie = parse_set_cookie("visits=7")
    assert cookie is not None
    assert (cookie.secure, cookie.http_only, cookie.same_site) == (False, False, "")


@pytest.mark.parametrize("line", ["", "; Secure", "=value", "only-a-word"])
def test_what_sets_no_cookie_is_none(line: str) -> None:
    assert parse_set_cookie(line) is None


@given(st.text())
def test_no_cookie_of_a_server_breaks_the_bench(line: str) -> None:
    cookie = parse_set_cookie(line)
    assert cookie is None or cookie.name


def links(*tokens: str) -> list[str]:
    return [f"https://hall.example/t/{token}" for token in tokens]


def test_short_tokens_have_few_bits() -> None:
    seen = invitation_seen(links("a8Kx", "Zp1-", "q_7W"))
    assert (seen.samples, seen.shared, seen.alphabet, seen.bits) == (
        3,
        3,
        64,
        24.0,
    )  # /t/ is shared, 4 times 6 bits vary


def test_numbers_in_a_row_are_worth_what_changes_in_them() -> None:
    seen = invitation_seen(links("000141", "000142", "000159"))
    assert (seen.shared, seen.alphabet) == (3 + 4, 10)
    assert seen.bits < 7


def test_a_constant_query_adds_nothing() -> None:
    bare = invitation_seen(links("a8Kx", "Zp1-", "q_7W"))
    dressed = invitation_seen([f"{link}?from=mail" for link in links("a8Kx", "Zp1-", "q_7W")])
    assert dressed.bits == bare.bits


def test_a_secret_in_the_fragment_counts() -> None:
    assert invitation_seen([f"https://hall.example/t/#{token}" for token in ("0a", "f1", "c7")]).bits == 8.0


def test_one_invitation_says_nothing_about_guessing() -> None:
    with pytest.raises(ValueError, match="at least two links are needed"):
        invitation_seen(links("a8Kx"))


def test_barriers_are_told_with_their_first_element() -> None:
    nodes = [{"target": ["#remote", ["video", "track"]]}, {"target": ["p"]}]
    answer = {
        "violations": [{"id": "color-contrast", "impact": "serious", "nodes": nodes}],
        "passes": [{"id": "html-has-lang"}, {"id": "label"}],
        "incomplete": [{"id": "video-caption"}],
        "inapplicable": [{"id": "area-alt"}],
    }
    seen = axe_found(answer, "home", "de, phone")
    assert (seen.page, seen.state, seen.rules) == ("home", "de, phone", 4)
    (found,) = seen.violations
    assert (found.rule, found.impact, found.nodes, found.target) == (
        "color-contrast", "serious", 2, "#remote video track",
    )  # fmt: skip
