"""A clerk's session ends when it is ended, and a second factor, once set up, cannot be gone around."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pyotp
import pytest

from tests.townhall.conftest import PASSWORD, Town
from townhall.__main__ import main
from townhall.operation.second_factor import FactorUnreadable, SecondFactors
from townhall.store import Store

ON_BOTH = True  # SQLite and PostgreSQL

PAGE, CODE = "/winterbach/amt/sicherheit", "/winterbach/amt/anmelden/code"


@dataclass
class Phone:
    """A clerk's authenticator app: gives a code that was not used yet (real codes last half a minute)."""

    secret: str
    step: int = 0

    def code(self) -> str:
        self.step = max(self.step + 1, int(time.time()) // 30)
        return pyotp.TOTP(self.secret).at(self.step * 30)


def enrol(town: Town) -> tuple[Phone, list[str]]:
    """Set the second factor up on the page; return the phone and the recovery codes."""
    page = town.client.get(PAGE).text
    found = re.search(r'<code id="geheimnis">([^<]+)</code>', page)
    assert found is not None
    assert "<svg" in page
    # The next code is a step early and accepted as such: however slow the machine, neither is too old.
    phone = Phone(found[1].replace(" ", ""))
    form = {"code": phone.code(), "csrf": town.csrf(PAGE)}
    shown = town.client.post(f"{PAGE}/ein", data=form)
    assert shown.status_code == 200
    return phone, re.findall(r"<li><code>([^<]+)</code>", shown.text)


def give_code(town: Town, code: str) -> Any:
    return town.client.post(CODE, data={"code": code, "csrf": town.csrf(CODE)}, follow_redirects=False)


def test_logging_out_ends_the_session_for_every_copy_of_its_cookie(town: Town) -> None:
    town.log_in()
    copy = town.client.cookies["amt"]
    csrf = town.csrf("/winterbach/amt/termine")
    appointments = f"{town.address}/winterbach/amt/termine"
    assert httpx.get(appointments, cookies={"amt": copy}).status_code == 200
    town.client.post("/winterbach/amt/abmelden", data={"csrf": csrf})
    assert httpx.get(appointments, cookies={"amt": copy}).status_code == 303


def test_session_changes_with_the_login(town: Town) -> None:
    town.client.get("/winterbach/amt/anmelden")
    before = town.client.cookies["amt"]
    answer = town.log_in()
    assert town.client.cookies["amt"] != before
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=lax" in answer.headers["set-cookie"]
    stale = httpx.get(f"{town.address}/winterbach/amt/termine", cookies={"amt": before})
    assert stale.status_code == 303, "a cookie from before the login opens nothing"


def test_second_factor_is_asked_for_and_each_code_counts_once(town: Town) -> None:
    town.log_in()
    phone, recovery = enrol(town)
    assert len(set(recovery)) == 8
    assert town.client.get("/winterbach/amt/termine").status_code == 200, "who set it up stays logged in"
    town.client.cookies.clear()
    asked = town.log_in()
    assert (asked.status_code, asked.headers["location"]) == (303, CODE)
    assert town.client.get("/winterbach/amt/termine", follow_redirects=False).status_code == 303
    refused = give_code(town, "000000")
    assert refused.status_code == 401
    assert "Dieser Code stimmt nicht, oder er wurde schon benutzt." in refused.text
    code = phone.code()
    assert give_code(town, code).headers["location"] == "/winterbach/amt/termine"
    assert town.client.get("/winterbach/amt/termine").status_code == 200
    town.client.cookies.clear()
    town.log_in()
    assert give_code(town, code).status_code == 401, "the same code again"
    assert give_code(town, recovery[0].upper().replace("-", " ")).status_code == 303
    town.client.cookies.clear()
    town.log_in()
    assert give_code(town, recovery[0]).status_code == 401, "the same recovery code again"
    assert give_code(town, recovery[1]).status_code == 303
    assert "Unbenutzte Ersatzcodes: 6." in town.client.get(PAGE).text


def test_code_page_opens_nothing_without_the_password(town: Town) -> None:
    answer = town.client.get(CODE, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/winterbach/amt/anmelden")
    town.log_in()
    enrol(town)
    town.client.cookies.clear()
    town.log_in()
    stolen = town.client.cookies["amt-code"]
    elsewhere = httpx.get(f"{town.address}/kernen/amt/anmelden/code", cookies={"amt-code": stolen})
    assert elsewhere.status_code == 303, "not in another municipality"


def test_codes_cannot_be_guessed_without_waiting(
    start_town: Callable[..., Town], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()  # stands still: the first wait is a second, and a slow machine takes longer for a request
    monkeypatch.setattr("townhall.operation.parts.time", SimpleNamespace(time=lambda: now))
    town = start_town(limit_logins=2)
    town.log_in()
    phone, _ = enrol(town)
    town.client.cookies.clear()
    town.log_in()
    assert [give_code(town, "000000").status_code for _ in range(3)] == [401, 401, 429]
    assert give_code(town, phone.code()).status_code == 429


def test_second_factor_can_be_required(start_town: Callable[..., Town]) -> None:
    town = start_town(require_totp=True)
    assert town.log_in().headers["location"] == PAGE
    assert town.client.get("/winterbach/amt/termine", follow_redirects=False).status_code == 303
    assert "Ihr Rathaus verlangt einen zweiten Schritt" in town.client.get(PAGE).text
    phone, _ = enrol(town)
    assert town.client.get("/winterbach/amt/termine").status_code == 200
    form = {"code": phone.code(), "csrf": town.csrf("/winterbach/amt/termine")}
    assert town.client.post(f"{PAGE}/aus", data=form).status_code == 403, "and not be taken off again"


def test_second_factor_goes_off_with_a_code_only(town: Town) -> None:
    town.log_in()
    phone, _ = enrol(town)
    for code, status in (("000000", 422), (phone.code(), 303)):
        form = {"code": code, "csrf": town.csrf(PAGE)}
        assert town.client.post(f"{PAGE}/aus", data=form, follow_redirects=False).status_code == status
    town.client.cookies.clear()
    assert town.log_in().headers["location"] == "/winterbach/amt/termine"


def test_operator_lets_a_clerk_without_device_in_again(
    town: Town, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    town.log_in()
    enrol(town)
    assert main(["second-factor-off", "winterbach", "haug", "--database-url", database_url]) == 0
    assert capsys.readouterr().out == (
        "The second factor of haug of winterbach is off; the password alone opens the office now.\n"
    )
    assert town.client.get("/winterbach/amt/termine", follow_redirects=False).status_code == 303
    assert town.log_in(password=PASSWORD).headers["location"] == "/winterbach/amt/termine"


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url)
    yield store
    store.close()


def test_code_is_accepted_a_step_early_or_late_and_no_more(store: Store, tmp_path: Path) -> None:
    now = 1_800_000_000.0
    factors = SecondFactors(store, "k" * 40, lambda: now, 0)
    totp = pyotp.TOTP(factors.begin("winterbach", "haug"))
    assert factors.begin("winterbach", "haug") == totp.secret, "reloading the page keeps the picture"
    assert factors.confirm("winterbach", "haug", totp.at(int(now) - 60)) is None
    assert factors.confirm("winterbach", "haug", totp.at(int(now) - 30)) is not None
    assert not factors.check("winterbach", "haug", totp.at(int(now) + 60))
    assert factors.check("winterbach", "haug", totp.at(int(now) + 30))
    assert not factors.check("winterbach", "haug", totp.at(int(now))), "older than the last one used"
    assert not factors.check("kernen", "haug", totp.at(int(now) + 30))


def test_secret_lies_encrypted_and_another_key_says_so(store: Store) -> None:
    now = time.time()
    factors = SecondFactors(store, "k" * 40, lambda: now, 0)
    secret = factors.begin("winterbach", "haug")
    recovery = factors.confirm("winterbach", "haug", pyotp.TOTP(secret).at(int(now)))
    assert recovery is not None
    row = store.second_factor("winterbach", "haug")
    assert row is not None
    assert secret not in row.secret
    others = SecondFactors(store, "j" * 40, lambda: now, 0)
    with pytest.raises(FactorUnreadable, match="was set up under another secret_key: set that key again, or take"):
        others.check("winterbach", "haug", "123456")
    assert others.check("winterbach", "haug", recovery[0]), "recovery codes do not hang on the key"
