"""What the pages show, to whom, and what they refuse."""

import re
from typing import Any

import pytest

TOO_LONG = "x" * 43


def test_start_page_offers_both_town_halls(town: Any) -> None:
    page = town.client.get("/")
    assert page.status_code == 200
    assert '<a href="/winterbach/">' in page.text
    assert '<a href="/kernen/">' in page.text
    assert '<html lang="de">' in page.text


def test_english_is_kept_once_chosen(town: Any) -> None:
    assert '<html lang="en">' in town.client.get("/winterbach/?lang=en").text
    assert "Opening hours" in town.client.get("/winterbach/").text


def test_language_that_does_not_exist_is_german(town: Any) -> None:
    assert '<html lang="de">' in town.client.get("/?lang=fr").text


def test_unknown_town_hall_is_a_page_not_a_stack(town: Any) -> None:
    page = town.client.get("/schorndorf/")
    assert page.status_code == 404
    assert "Diese Seite gibt es nicht." in page.text


def test_every_page_has_one_heading_and_a_language(town: Any) -> None:
    town.log_in()
    for path in ("/", "/winterbach/", "/winterbach/amt/anmelden", "/winterbach/amt/termine", "/t/unknown", "/nowhere"):
        page = town.client.get(path).text
        assert len(re.findall(r"<h1", page)) == 1, path
        assert '<html lang="de">' in page, path


def test_every_input_has_its_label(town: Any) -> None:
    town.log_in()
    for path in ("/winterbach/amt/anmelden", "/winterbach/amt/termine/neu"):
        page = town.client.get(path).text
        fields = set(re.findall(r'<(?:input|select) id="(\w+)"', page))
        assert fields, path
        assert fields == set(re.findall(r'<label for="(\w+)"', page)), path


def test_missing_security_header_is_noticed(town: Any) -> None:
    headers = town.client.get("/").headers
    assert headers["content-security-policy"].startswith(
        "default-src 'self'; connect-src 'self'; worker-src 'self'; object-src 'none'"
    )
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in headers  # over plain http it means nothing


def test_pages_need_no_inline_script_or_style(town: Any) -> None:
    _, invitation = town.invited()
    for path in ("/", "/winterbach/", "/winterbach/amt/termine", invitation):
        page = town.client.get(path).text
        assert " style=" not in page
        assert "<style" not in page
        assert re.findall(r"<script(?![^>]*(?:src=|application/json))", page) == []


def test_static_files_come_from_two_folders_only(town: Any) -> None:
    assert town.client.get("/static/townhall.css").headers["content-type"].startswith("text/css")
    assert town.client.get("/static/..%2Fapp.py").status_code == 404
    assert town.client.get("/static/app.py").status_code == 404


def test_health_is_plain_text(town: Any) -> None:
    assert town.client.get("/healthz").text == "ok\n"


def test_without_login_the_office_sends_to_the_login(town: Any) -> None:
    answer = town.client.get("/winterbach/amt/termine", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/winterbach/amt/anmelden"


@pytest.mark.parametrize(("user", "password"), [("haug", "falsch"), ("niemand", "richtig-und-lang"), ("", "")])
def test_wrong_login_is_refused_with_one_sentence(town: Any, user: str, password: str) -> None:
    answer = town.log_in(user=user, password=password)
    assert answer.status_code == 401
    assert "Benutzername oder Passwort stimmt nicht." in answer.text
    assert town.client.get("/winterbach/amt/termine", follow_redirects=False).status_code == 303


def test_login_without_the_forms_token_is_refused(town: Any) -> None:
    town.client.get("/winterbach/amt/anmelden")
    form = {"user": "haug", "password": "richtig-und-lang"}
    for token in ({}, {"csrf": "0" * 64}, {"csrf": "äöü"}):
        answer = town.client.post("/winterbach/amt/anmelden", data=form | token, follow_redirects=False)
        assert answer.status_code == 403
        assert "Das Formular ist abgelaufen oder kam nicht von dieser Seite." in answer.text


def test_token_of_another_session_is_refused(town: Any) -> None:
    foreign = town.csrf("/winterbach/amt/anmelden")
    town.client.cookies.clear()
    town.log_in()
    assert town.book(csrf=foreign).status_code == 403
    assert town.appointment_ids() == []


def test_forged_session_is_no_session(town: Any) -> None:
    town.log_in()
    name, value = next((cookie.name, cookie.value) for cookie in town.client.cookies.jar if cookie.name == "amt")
    town.client.cookies.clear()
    town.client.cookies.set(name, value[:-2] + ("AA" if value[-2:] != "AA" else "BB"))
    assert town.client.get("/winterbach/amt/termine", follow_redirects=False).status_code == 303


def test_login_gives_a_new_session_against_fixation(town: Any) -> None:
    town.client.get("/winterbach/amt/anmelden")
    before = town.client.cookies["amt"]
    town.log_in()
    assert town.client.cookies["amt"] != before


def test_session_cookie_is_out_of_scripts_reach(town: Any) -> None:
    cookie = town.log_in().headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_logging_out_ends_the_session(town: Any) -> None:
    town.log_in()
    token = town.csrf("/winterbach/amt/termine")
    town.client.post("/winterbach/amt/abmelden", data={"csrf": token})
    assert town.client.get("/winterbach/amt/termine", follow_redirects=False).status_code == 303


def test_clerk_of_kernen_sees_nothing_of_winterbach(town: Any) -> None:
    appointment, _ = town.invited()
    town.log_in("kernen", "maier")
    for path in ("termine", "termine/neu", f"termine/{appointment}/anruf"):
        answer = town.client.get(f"/winterbach/amt/{path}")
        assert answer.status_code == 403
        assert "Mitarbeitende sehen nur die Termine ihres eigenen Rathauses." in answer.text
    assert town.client.get(f"/kernen/amt/termine/{appointment}/anruf").status_code == 404
    assert town.appointment_ids("kernen") == []


def test_password_of_winterbachs_clerk_does_not_open_kernen(town: Any) -> None:
    assert town.log_in("kernen", "haug").status_code == 401
