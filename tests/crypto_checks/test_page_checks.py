"""P01 to P09 and A01 at their edges: controls and silent watchers."""

from typing import Any

import pytest

from harness.model.observations import (
    AxeFound,
    AxeViolation,
    Crossing,
    Declared,
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
