"""The log: useful, and with nobody in it."""

import json
import logging
from pathlib import Path
from typing import Any

from townhall import logs


def test_log_of_a_whole_appointment_names_nobody(town: Any) -> None:
    _, path = town.invited()
    token = path.removeprefix("/t/")
    town.client.get(path)
    town.client.get(f"{path}?lang=en")
    town.client.get("/t/an-unknown-token")
    town.log_in(user="haug", password="ein-falsches-passwort")
    text = town.log()
    for secret in ("Erika", "Mustermann", "example.org", token, "unknown-token", "haug", "ein-falsches", "richtig-und"):
        assert secret not in text, secret
    events = [json.loads(line) for line in text.splitlines()]
    assert {"request", "booked", "invitation sent", "login", "login refused"} <= {one["event"] for one in events}
    assert {"method": "GET", "url": "/t/…?lang=en", "status": 200}.items() <= max(
        (one for one in events if one.get("url") == "/t/…?lang=en"), key=lambda one: str(one["time"])
    ).items()


def test_exceptions_message_stays_out_of_the_log(tmp_path: Path) -> None:
    logs.configure(tmp_path / "log")
    try:
        raise ValueError("erika@example.org")
    except ValueError as error:
        logs.complain("something", error, appointment="a1")
    logs.silence()
    line = json.loads((tmp_path / "log").read_text())
    assert (line["event"], line["exception"], line["appointment"]) == ("something", "ValueError", "a1")
    assert "erika" not in json.dumps(line)


def test_libraries_warnings_are_json_lines_too(tmp_path: Path) -> None:
    logs.configure(tmp_path / "log")
    logging.getLogger("some.library").warning("watch %s", "out")
    logging.getLogger("some.library").info("too much")
    logs.silence()
    assert [json.loads(line)["event"] for line in (tmp_path / "log").read_text().splitlines()] == ["watch out"]


def test_token_is_cut_out_of_every_way_to_write_the_path() -> None:
    assert logs.safe_path("/t/abc") == "/t/…"
    assert logs.safe_path("/t/abc/more") == "/t/…/more"
    assert logs.safe_path("/winterbach/t/abc") == "/winterbach/t/abc"
