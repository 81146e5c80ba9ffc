"""Health and figures: they say what is broken, to who may know, and nothing about people."""

import json
import re
import socket
from collections.abc import Callable
from datetime import UTC, datetime

import httpx
import pytest
from sqlalchemy import select, text

from tests.townhall.browser_side import Dial
from tests.townhall.conftest import Town
from townhall.app import build_hall, build_pages
from townhall.language import sentences
from townhall.logs import note
from townhall.operation.audit import action
from townhall.store import AuditEntry


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def value(town: Town, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", town.client.get("/metrics").text, re.MULTILINE)
    return 0.0 if found is None else float(found[1])


def test_service_that_has_all_it_needs_is_well(town: Town) -> None:
    for path, parts in (("/health/live", {}), ("/health", {"database": "ok", "media": "ok", "mail": "ok"})):
        answer = town.client.get(path)
        assert (answer.status_code, answer.json()) == (200, {"status": "ok", **parts})


@pytest.mark.parametrize(
    ("settings", "part"),
    [({"smtp_port": 0}, "mail"), ({"janus_url": "ws://127.0.0.1:{port}"}, "media")],
)
def test_missing_part_is_named_and_nothing_else_told(
    start_town: Callable[..., Town], settings: dict[str, object], part: str
) -> None:
    port = free_port()
    town = start_town(**{key: port if value == 0 else str(value).format(port=port) for key, value in settings.items()})
    answer = town.client.get("/health")
    assert answer.status_code == 503
    assert answer.json() == {"status": "degraded", "database": "ok", "media": "ok", "mail": "ok", part: "unreachable"}
    assert str(port) not in answer.text
    assert town.client.get("/health/live").status_code == 200, "a restart would not help"


def test_database_without_tables_is_not_healthy(town: Town) -> None:
    with town.hall.store.session() as session:
        session.execute(text("ALTER TABLE clerk RENAME TO gone"))
    assert town.client.get("/health").json()["database"] == "unreachable"


def test_asking_often_does_not_tire_the_parts(town: Town) -> None:
    for _ in range(20):
        town.client.get("/health")
    assert len([one for one in town.janus.heard if one["janus"] == "ping"]) <= 3


def test_figures_are_for_this_machine_and_who_has_the_token(start_town: Callable[..., Town]) -> None:
    town = start_town(metrics_token="t" * 20)
    assert town.client.get("/metrics").status_code == 200
    outside = {"host": "termine.example.org"}
    for headers, status in (
        (outside, 404),
        ({"x-forwarded-for": "192.0.2.7"}, 404),
        ({"forwarded": "for=192.0.2.7"}, 404),
        (outside | {"authorization": "Bearer wrong"}, 404),
        (outside | {"authorization": f"Bearer {'t' * 20}"}, 200),
    ):
        assert town.client.get("/metrics", headers=headers).status_code == status, headers


def test_empty_token_opens_nothing(town: Town) -> None:
    headers = {"host": "termine.example.org", "authorization": "Bearer"}
    assert town.client.get("/metrics", headers=headers).status_code == 404


def test_appointments_mails_logins_and_calls_are_counted(town: Town, dial: Dial) -> None:
    assert value(town, "townhall_appointments_booked_total") == 1
    assert value(town, 'townhall_mails_sent_total{kind="invitation"}') == 1
    town.client.get("/health")
    town.log_in(password="falsch")
    assert value(town, 'townhall_login_failures_total{step="password"}') == 1
    assert value(town, "townhall_calls_running") == 0
    with dial("clerk") as clerk:
        clerk.join()
        assert value(town, "townhall_calls_running") == 1
    assert value(town, "townhall_request_failures_total") == 0
    assert value(town, 'townhall_requests_total{status="2xx"}') > 3


def test_setup_time_is_from_joining_to_the_first_media(town: Town, dial: Dial) -> None:
    heard: list[tuple[str, dict[str, object]]] = [
        ("joined", {"appointment": "a", "pid": "p1", "role": "clerk"}),
        ("publishing", {"appointment": "a", "pid": "p1", "number": 0}),
        ("publishing", {"appointment": "a", "pid": "p1", "number": 1}),
        ("joined", {"appointment": "a", "pid": "p2", "role": "citizen"}),
        ("left", {"appointment": "a", "pid": "p2"}),
    ]
    for event, fields in heard:
        note(event, **fields)
    assert value(town, "townhall_call_setup_seconds_count") == 1


def test_figures_name_nobody(town: Town) -> None:
    town.invited()
    shown = town.client.get("/metrics").text
    for secret in ("Erika", "example.org", "haug", "winterbach", *town.appointment_ids()):
        assert secret not in shown


def test_audit_trail_says_who_did_what_and_no_citizens_name(town: Town) -> None:
    identifier, _ = town.invited()
    town.client.get(f"/winterbach/amt/termine/{identifier}/anruf")
    town.log_in(password="falsch")
    with town.hall.store.session() as session:
        entries = [(one.who, one.what, one.appointment) for one in session.scalars(select(AuditEntry).order_by("id"))]
    assert entries == [
        ("haug", "login", None),
        ("haug", "termine neu", identifier),
        ("haug", "look termine anruf", identifier),
        ("haug", "refused-password", None),
    ]
    page = town.client.get("/winterbach/amt/protokoll").text
    for sentence in ("Angemeldet", "Termin gebucht", "Videotermin geöffnet", "Anmeldung abgelehnt: falsches Passwort"):
        assert sentence in page
    assert "Erika" not in page


def test_refused_form_is_no_deed(town: Town) -> None:
    town.log_in()
    assert town.book(name="").status_code == 422
    with town.hall.store.session() as session:
        assert [one.what for one in session.scalars(select(AuditEntry))] == ["login"]


def test_search_for_free_times_is_no_booking(town: Town) -> None:
    town.log_in()
    assert town.book(do="search").status_code == 200
    with town.hall.store.session() as session:
        assert [one.what for one in session.scalars(select(AuditEntry))] == ["login"]


def test_user_name_that_is_nobodys_is_not_kept(town: Town) -> None:
    town.log_in(user="mein-geheimes-passwort")
    with town.hall.store.session() as session:
        assert session.scalars(select(AuditEntry)).all() == []


def test_audit_trail_is_its_own_municipalitys_and_has_pages(town: Town) -> None:
    town.log_in()
    for number in range(150):
        town.hall.store.audit(datetime.now(UTC), "winterbach", "haug", f"entry-{number}")
    town.hall.store.audit(datetime.now(UTC), "kernen", "maier", "entry-of-kernen")
    first = town.client.get("/winterbach/amt/protokoll").text
    assert "entry-149" in first
    assert "entry-of-kernen" not in first
    older = re.search(r'rel="next" href="([^"]+)"', first)
    assert older is not None
    second = town.client.get(older[1]).text
    shown = re.findall(r'data-what="([^"]+)"', first + second)
    assert len(shown) == len(set(shown)) == 151
    for bad in ("?vor=0", "?vor=99999999999999999999", "?vor=x"):
        assert town.client.get(f"/winterbach/amt/protokoll{bad}").status_code in (404, 422)
    assert town.client.get("/kernen/amt/protokoll").status_code == 403
    assert httpx.get(f"{town.address}/winterbach/amt/protokoll").status_code == 303


def test_every_form_of_the_office_has_its_sentence_in_the_trail(town: Town) -> None:
    keys = set()
    another, janus = build_hall(town.hall.settings, "")
    another.store.close()
    for path, methods in build_pages(town.hall, janus).openapi()["paths"].items():
        if path.startswith("/{tenant_id}/amt/") and "anmelden" not in path:
            if "post" in methods:
                keys.add(action(path))
            if "get" in methods and "{appointment_id}" in path:
                keys.add(f"look {action(path)}")
    assert keys
    for lang in ("de", "en"):
        assert [key for key in sorted(keys) if f"audit.{key}" not in sentences(lang)] == [], json.dumps(sorted(keys))


def test_log_does_not_say_which_clerk_was_looked_for(town: Town) -> None:
    town.log_in()
    town.client.get("/winterbach/amt/termine?clerk=haug&lang=en")
    assert "/winterbach/amt/termine?clerk=…&lang=…" in town.log()
    assert "haug" not in town.log()
