"""The flaws on the server's side: each does its thing, and without it nothing of the kind happens."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi import Request
from websockets.sync.client import connect

from townhall.__main__ import main
from townhall.app import build_hall
from townhall.errors import SettingsError
from townhall.flaws import FLAWS, flaw_named
from townhall.given_keys import given_keys
from townhall.settings import Settings

KEY = "c2VjcmV0LWtleS1ieXRlcw"
EXPECTED = {
    "slow-frames": "A02",
    "lip-sync-off": "A02",
    "late-audio": "A02",
    "blurred-share": "A02",
    "low-contrast": "A01",
    "unlabelled-button": "A01",
    "no-csp": "P09",
    "camera-at-load": "P08",
    "cross-tenant": "P07",
    "link-forever": "P06",
    "short-token": "P06",
    "foreign-stun": "P05",
    "foreign-font": "P05",
    "analytics-cookie": "P04",
    "kept-forever": "P03",
    "plain-token": "P02",
    "name-in-room": "P01",
    "plain-media": "E01 E02 E12 K11",
    "plain-audio": "E01 E02",
    "late-transform": "E03",
    "forward-without-key": "E03 K12",
    "key-in-query": "K07 K08",
    "key-in-signalling": "K07",
    "key-in-log": "K07",
    "key-in-mail": "K07",
    "static-key": "K04",
    "server-made-key": "K07",
    "weak-key": "K04 K07",
    "no-rotation-on-leave": "K02 K03",
    "slow-rotation": "K02",
    "no-rotation-on-join": "K01 K03",
    "unchecked-code": "K06",
    "false-lock": "K11",
    "counter-reset": "C02 C09",
    "fails-open": "K12",
    "tap-silent": "",
    "plain-screen": "E05",
    "clear-after-unmute": "E05",
    "plain-form": "E08",
    "plain-document": "E08",
    "thumbnail-upload": "E08",
    "recorder-has-key": "E09 K07",
    "ghost-subscriber": "K09",
    "silent-chat": "A03",
    "peer-path-plain": "E11",
    "tag-not-checked": "C04",
    "header-not-authenticated": "C04",
    "replay-accepted": "C06",
    "plain-accepted": "C07",
    "try-all-keys": "C07",
    "constant-code": "K05",
    "accepts-downgrade": "K10 E01",
    "static-turn-secret": "T08",
    "plain-forward": "E10 K09",
    "codec-bypass": "E06",
    "old-tls": "T06",
    "no-relay": "T07",
    "reused-certificate": "T05",
    "fingerprint-swapped": "T04",
    "wide-clear-header": "E01 E04 K11",
    "clear-key-frames": "E01 E02 K11",
    "clear-silence": "E07",
    "shared-nonce": "C02 C09",
    "one-key-both-ways": "C03",
    "fixed-iv": "C02 C08 C09",
    "no-tag": "C04 C05",
    "short-tag": "C05",
    "block-mode": "C08",
    "long-header": "C01",
    "own-suite": "C10",
}


@contextmanager
def joined(town: Any) -> Iterator[Any]:
    """Give the clerk's WebSocket, joined."""
    identifier, _ = town.invited()
    cookie = "; ".join(f"{one.name}={one.value}" for one in town.client.cookies.jar)
    url = f"{town.address.replace('http', 'ws')}/api/call/{identifier}/ws"
    with connect(url, additional_headers={"cookie": cookie}) as socket:
        socket.send('{"type": "join"}')
        assert json.loads(socket.recv(timeout=10))["type"] == "welcome"
        yield socket


def test_registry_names_what_each_flaw_must_fail() -> None:
    assert {flaw.name: " ".join(flaw.expects) for flaw in FLAWS.values()} == EXPECTED
    assert all(flaw.de and flaw.en for flaw in FLAWS.values())


def test_unknown_flaw_is_one_sentence_that_says_what_is_allowed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SettingsError, match="There is no flaw called 'plain-medai'; choose one of: plain-media, "):
        flaw_named("plain-medai")
    assert main(["serve", "--flaw", "plain-medai"]) == 2
    assert capsys.readouterr().err.startswith("There is no flaw called 'plain-medai'; choose one of: plain-media, ")


def test_flaws_are_listed_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["flaws", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {one["name"]: " ".join(one["expects"]) for one in listed} == EXPECTED


def test_without_a_flaw_a_diagnosis_is_kept_nowhere(town: Any, tmp_path: Path) -> None:
    assert town.client.post("/api/diagnose", json={"key": KEY}).status_code == 204
    assert town.client.get("/api/diagnose").status_code == 204
    assert KEY not in town.log()
    assert town.post.mails.empty()
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]


def test_without_a_flaw_nothing_is_announced(town: Any) -> None:
    page = town.client.get("/winterbach/").text
    assert '<meta name="townhall-flaw" content="">' in page
    assert "Nur für Prüfzwecke" not in page
    assert "flaw active" not in town.log()


def test_flaw_is_announced_in_footer_and_log(start_town: Callable[..., Any]) -> None:
    town = start_town(flaw="key-in-log")
    page = town.client.get("/winterbach/").text
    said = FLAWS["key-in-log"].de
    sentence = f"Diese Anlage läuft mit dem eingebauten Fehler „key-in-log“: {said} Nur für Prüfzwecke."
    assert '<meta name="townhall-flaw" content="key-in-log">' in page
    assert sentence in page[page.index("<footer>") :]
    assert sentence in town.log()
    assert "built-in defect “key-in-log”" in town.client.get("/?lang=en").text


@pytest.mark.parametrize("name", FLAWS)
def test_every_flaw_has_its_announcement(database_url: str, name: str) -> None:
    """The setting reaches the page's foot; the log takes the same sentence at the start, whatever the flaw."""
    hall, _ = build_hall(Settings(database_url=database_url, flaw=name, secret_key="k" * 40), "http://127.0.0.1")
    hall.store.close()
    for lang, sentence in (
        ("de", f"Diese Anlage läuft mit dem eingebauten Fehler „{name}“: {FLAWS[name].de} Nur für Prüfzwecke."),
        ("en", f"built-in defect “{name}”"),
    ):
        request = Request({"type": "http", "path": "/", "query_string": b"", "headers": []})
        page = bytes(hall.views.page(request, "unknown.html", lang=lang).body).decode()
        assert f'<meta name="townhall-flaw" content="{name}">' in page
        assert sentence in page[page.index("<footer>") :]
        assert sentence in hall.views.announcement(lang)


def test_client_cannot_switch_a_flaw_on(town: Any) -> None:
    page = town.client.get(
        "/?flaw=key-in-log&townhall-flaw=key-in-log",
        headers={"townhall-flaw": "key-in-log", "cookie": "flaw=key-in-log"},
    )
    assert '<meta name="townhall-flaw" content="">' in page.text
    town.client.post("/api/diagnose?flaw=key-in-log", json={"flaw": "key-in-log", "key": KEY})
    assert KEY not in town.log()


def test_key_in_log_writes_the_diagnosis_to_the_log_and_mails_nothing(start_town: Callable[..., Any]) -> None:
    town = start_town(flaw="key-in-log")
    assert town.client.post("/api/diagnose", json={"key": KEY}).status_code == 204
    assert KEY in town.log()
    assert town.post.mails.empty()


def test_key_in_mail_mails_the_diagnosis_to_the_office_and_logs_nothing(start_town: Callable[..., Any]) -> None:
    town = start_town(flaw="key-in-mail")
    town.log_in("kernen", "maier")
    assert town.client.post("/api/diagnose", json={"key": KEY}).status_code == 204
    mail = town.post.next()
    assert (mail["Subject"], mail["To"]) == ("Technisches Protokoll", "Rathaus Kernen <buergerbuero@kernen.example>")
    assert KEY in mail.get_content()
    assert KEY not in town.log()


def test_key_in_query_ends_up_in_the_access_log(start_town: Callable[..., Any]) -> None:
    town = start_town(flaw="key-in-query")
    assert town.client.get(f"/api/diagnose?k={KEY}").status_code == 204
    assert f"/api/diagnose?k={KEY}" in town.log()


def test_key_in_signalling_takes_the_message_that_is_otherwise_unknown(start_town: Callable[..., Any]) -> None:
    town = start_town(flaw="key-in-signalling")
    with joined(town) as clerk:
        clerk.send(json.dumps({"type": "e2ee-status", "key": KEY}))
        clerk.send('{"type": "ping"}')
        assert json.loads(clerk.recv(timeout=10)) == {"type": "pong"}
    assert KEY not in town.log()


@pytest.mark.parametrize("name", ["key-in-log", "key-in-mail", "key-in-query", "tap-silent"])
def test_other_flaws_do_not_take_a_key_in_signalling(start_town: Callable[..., Any], name: str) -> None:
    with joined(start_town(flaw=name)) as clerk:
        clerk.send(json.dumps({"type": "e2ee-status", "key": KEY}))
        assert json.loads(clerk.recv(timeout=10))["code"] == "unknown-type"


@pytest.mark.parametrize(("name", "field"), [("server-made-key", "key"), ("weak-key", "room"), ("static-key", None)])
def test_keys_from_the_server_come_with_the_list_of_who_is_present(
    start_town: Callable[..., Any], name: str, field: str | None
) -> None:
    town = start_town(flaw=name)
    identifier, _ = town.invited()
    cookie = "; ".join(f"{one.name}={one.value}" for one in town.client.cookies.jar)
    url = f"{town.address.replace('http', 'ws')}/api/call/{identifier}/ws"
    with connect(url, additional_headers={"cookie": cookie}) as socket:
        socket.send('{"type": "join"}')
        welcome = json.loads(socket.recv(timeout=10))
    assert {"key", "room"} & set(welcome) == ({field} if field else set())
    assert welcome["roster"] == 1
    if field == "room":
        assert welcome["room"] == "videotermin-00000000000000000001"


def test_server_keeps_the_keys_that_it_made_and_makes_one_a_roster() -> None:
    said = given_keys("server-made-key")
    assert said("a-1", 2) == said("a-1", 2)
    assert len({str(said(appointment, roster)["key"]) for appointment in ("a-1", "a-2") for roster in (2, 3)}) == 4


def test_operators_recorder_records_every_room(start_town: Callable[..., Any], tmp_path: Path) -> None:
    town = start_town(record_dir=tmp_path / "tap")
    with joined(town):
        (room,) = town.janus.requests("create")
    assert (room["record"], room["rec_dir"]) == (True, str(tmp_path / "tap"))


def test_tap_silent_leaves_the_recorder_off(start_town: Callable[..., Any], tmp_path: Path) -> None:
    town = start_town(record_dir=tmp_path / "tap", flaw="tap-silent")
    with joined(town):
        (room,) = town.janus.requests("create")
    assert "record" not in room


def test_diagnosis_that_is_too_long_is_refused(town: Any) -> None:
    assert town.client.post("/api/diagnose", content=b"x" * 9000).status_code == 413
