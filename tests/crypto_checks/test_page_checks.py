"""P01 to P09 and A01 at their edges: controls, silent watchers, headers as browsers read them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto_checks.privacy.headers import faults
from harness.model.observations import (
    AxeFound,
    AxeViolation,
    CookieSet,
    Crossing,
    Declared,
    HeadersSeen,
    Hit,
    HostContacted,
    InvitationSeen,
    KeyboardJourney,
    LinkTry,
    Observation,
    PageWatched,
    RetentionSeen,
    SearchResult,
    StorageSeen,
)
from harness.model.outcome import Outcome
from tests.crypto_checks.changing import recorded
from tests.flaws.beside import HEADERS

GUARDED = CookieSet(name="session", secure=True, http_only=True, same_site="strict")
HSTS = {"strict-transport-security": "max-age=31536000; includeSubDomains"}


@pytest.mark.parametrize(
    ("check", "kind", "update", "where", "english", "german"),
    [
        (
            "P01",
            SearchResult,
            {"control_found": 0},
            {"subject": "names", "place": "room"},
            "the search in the media server's rooms did not find its own control mark (the room)",
            "die Suche in den Räumen des Medienservers fand ihre eigene Kontrollmarke nicht (the room)",
        ),
        (
            "P01",
            SearchResult,
            {"keys": ()},
            {"subject": "names", "place": "metrics"},
            "no name was sought in the metrics",
            "in den Betriebskennzahlen wurde nach einem Namen gar nicht gefragt",
        ),
        (
            "P02",
            SearchResult,
            {"control_found": 0},
            {"subject": "secrets"},
            "the search in the database did not find its own control mark (the database)",
            "die Suche in der Datenbank fand ihre eigene Kontrollmarke nicht (the database)",
        ),
        (
            "P03",
            RetentionSeen,
            {"before": 0},
            {},
            "before the clock was moved the appointment was not in the database",
            "vor dem Vorstellen der Uhr stand der Termin nicht in der Datenbank",
        ),
        (
            "P03",
            RetentionSeen,
            {"days_moved": 29.0},
            {},
            "the clock was not moved past the retention time",
            "die Uhr wurde nicht über die Aufbewahrungsfrist hinaus vorgestellt",
        ),
        (
            "P03",
            Declared,
            {"retention_days": None},
            {},
            "the retention time is not declared",
            "die Aufbewahrungsfrist ist nicht erklärt",
        ),
        (
            "P04",
            PageWatched,
            {"page": "desk"},
            {"page": "call", "watcher": "storage"},
            "the page “call” was not watched; and 1 more gap",
            "die Seite „Gespräch“ wurde nicht beobachtet; und 1 weitere Lücke",
        ),
        (
            "P05",
            Declared,
            {"hosts": ()},
            {},
            "the allowed hosts are not declared",
            "die erlaubten Server sind nicht erklärt",
        ),
        (
            "P05",
            HostContacted,
            {"via": "websocket"},
            {"via": "turn"},
            "no STUN or TURN host was seen",
            "es war kein STUN- oder TURN-Server zu sehen",
        ),
        (
            "P06",
            InvitationSeen,
            {"samples": 2, "bits": 3.0},
            {},
            "there were no 3 invitations to compare",
            "es lagen keine 3 Einladungen zum Vergleich vor",
        ),
        (
            "P06",
            LinkTry,
            {"joinable": False},
            {"when": "in-time"},
            "not even in its time did an invitation lead into the call",
            "auch zur rechten Zeit führte keine Einladung ins Gespräch",
        ),
        (
            "P06",
            LinkTry,
            {"admitted_by_clerk": None},
            {"when": "in-time"},
            "nobody looked whether the clerk had to admit the invited person",
            "ob das Amt die eingeladene Person einlassen musste, wurde nicht beobachtet",
        ),
        (
            "P07",
            Crossing,
            {"control": False},
            {"actor": "citizen"},
            "the control failed for the rightful person too: “open the calendar”",
            "die Gegenprobe der berechtigten Person scheiterte: „den Kalender öffnen“",
        ),
        (
            "A01",
            AxeFound,
            {"rules": 0},
            {},
            "no rule applied to page “invitation”",
            "auf der Seite „Einladung“ griff keine Regel",
        ),
        (
            "A01",
            KeyboardJourney,
            {"steps": ()},
            {},
            "nobody went the way by keyboard",
            "der Weg mit der Tastatur wurde nicht gegangen",
        ),
    ],
)
def test_silence_proves_nothing(
    check: str, kind: type[Observation], update: dict[str, Any], where: dict[str, Any], english: str, german: str
) -> None:
    finding = recorded(check, kind, update, **where)
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert finding.sentence.en == f"Not judged: {english}."
    assert finding.sentence.de == f"Nicht beurteilt: {german}."


@pytest.mark.parametrize(
    ("check", "kind", "update", "where", "english", "german"),
    [
        (
            "P01",
            SearchResult,
            {"hits": tuple(Hit(key_id=n, encoding="raw", where="x") for n in "ab")},
            {"subject": "names", "place": "metrics"},
            "2 personal details (name or address) were where the service does not need them: in the metrics.",
            (
                "2 Angaben zur Person (Name oder Anschrift) standen dort, wo der Dienst sie nicht braucht: in den "
                "Betriebskennzahlen."
            ),
        ),
        (
            "P02",
            SearchResult,
            {"hits": (Hit(key_id="a", encoding="hex", where="x"),)},
            {"subject": "texts", "place": "database"},
            "In the database was in the clear: 1 text of a call.",
            "In der Datenbank stand im Klartext: 1 Text eines Gesprächs.",
        ),
        (
            "P03",
            RetentionSeen,
            {"place": "database townhall", "after": 1},
            {},
            "After the retention time of 30 days personal details were still there: database townhall (1 time).",
            "Nach Ablauf der Frist von 30 Tagen waren Angaben zur Person noch vorhanden: Datenbank „townhall“ (1-mal).",
        ),
        (
            "P04",
            StorageSeen,
            {"cookies": ("_a",), "local": ("b",)},
            {},
            (
                "Before any consent the browser was made to keep what is not necessary: “_a” and “b” (pages “call” and "
                "“invitation”)."
            ),
            (
                "Vor jeder Einwilligung wurden im Browser gespeichert, was nicht notwendig ist: „_a“ und „b“ (Seiten "
                "„Gespräch“ und „Einladung“)."
            ),
        ),
        (
            "P06",
            LinkTry,
            {"joinable": True, "admitted_by_clerk": False},
            {},
            (
                "An invented invitation led into the call; an invitation before its time led into the "
                "call; an invitation "
                "after the appointment led into the call; the invitation to a cancelled appointment led "
                "into the call; the "
                "invited person came into the call without being admitted by the clerk."
            ),
            (
                "Eine erfundene Einladung führte ins Gespräch; eine Einladung vor ihrer Zeit führte ins Gespräch; eine "
                "Einladung nach dem Termin führte ins Gespräch; die Einladung eines abgesagten Termins "
                "führte ins Gespräch; "
                "die eingeladene Person kam ins Gespräch, ohne dass das Amt sie einließ."
            ),
        ),
        (
            "P07",
            Crossing,
            {"refused": False, "status": 200, "control": False},
            {},
            (
                "A clerk of Kernen was not refused at “open an appointment of Winterbach” (status 200); so "
                "it was with 2 "
                "more tries."
            ),
            (
                "Eine Amtsperson aus Kernen wurde nicht abgewiesen bei „einen Termin von Winterbach "
                "öffnen“ (Status 200); so "
                "auch 2 weitere Versuche."
            ),
        ),
        (
            "A01",
            KeyboardJourney,
            {"steps": ("link",), "stopped_at": "device check"},
            {},
            "By keyboard alone the way ended after 1 step at “device check”.",
            "Mit der Tastatur allein endete der Weg nach 1 Schritt bei „Geräteprüfung“.",
        ),
        (
            "A01",
            AxeFound,
            {
                "state": "error, en, phone",
                "violations": (AxeViolation(rule="label", impact="serious", nodes=3, target="#b"),) * 2,
            },
            {},
            (
                "The page “invitation” (error, en, phone) breaks the rule label: 3 elements (first “#b”); "
                "and 1 more violation."
            ),
            (
                "Die Seite „Einladung“ (Fehler, englisch, Telefon) verstößt gegen die Regel label: 3 "
                "Elemente (zuerst „#b“); "
                "dazu 1 weiterer Verstoß."
            ),
        ),
    ],
)
def test_violation_is_told_in_both_languages(
    check: str, kind: type[Observation], update: dict[str, Any], where: dict[str, Any], english: str, german: str
) -> None:
    finding = recorded(check, kind, update, **where)
    assert finding.outcome is Outcome.FAIL
    assert (finding.sentence.en, finding.sentence.de) == (english, german)


def test_hosts_are_compared_without_regard_to_case() -> None:
    assert recorded("P05", HostContacted, {"host": "TURN.Winterbach.example"}, via="turn").outcome is Outcome.PASS


def test_storage_after_consent_is_nobodys_fault() -> None:
    finding = recorded("P04", StorageSeen, {"consent": True, "local": ("camera",)}, page="call")
    assert finding.outcome is Outcome.INCONCLUSIVE  # nor does it say what was there before
    assert finding.sentence.en == "Not judged: storage before consent was not read: page “call”."


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
