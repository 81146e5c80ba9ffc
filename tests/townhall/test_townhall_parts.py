"""The small parts: clock, settings, tenants, sentences, cookies, TURN credentials."""

import base64
import hashlib
import hmac
import string
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from starlette.requests import Request
from starlette.responses import Response

from townhall.auth import Gate
from townhall.clock import Clock
from townhall.errors import SettingsError
from townhall.language import LANGUAGES, client_sentences, moment, sentences
from townhall.settings import load
from townhall.store import Store
from townhall.tenants import load_tenants
from townhall.turn import ice_servers

CLIENT_KEYS = (
    "idle checking checked denied no-device device-busy waiting connecting connected reconnecting ended failed in-use "
    "too-late encryption-failed peer-left code-hint refused unsupported worker-blocked worker-lost keys-mismatch "
    "keys-timeout connection-lost"
)


def test_clock_follows_its_file_at_every_look(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    clock = Clock(file)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    file.write_text("-3600.5\n")
    assert abs(clock.now() - datetime.now(UTC) + timedelta(seconds=3600.5)) < timedelta(seconds=5)
    file.write_text("soon")
    with pytest.raises(SettingsError, match=f"The clock file {file} holds no number of seconds."):
        clock.now()


def test_command_line_beats_environment_beats_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "town.toml"
    file.write_text('port = 1001\nsmtp_port = 1002\nhost = "127.0.0.2"\n')
    monkeypatch.setenv("TOWNHALL_PORT", "2001")
    monkeypatch.setenv("TOWNHALL_SMTP_PORT", "2002")
    settings = load(file, ["--port", "3001"])
    assert (settings.port, settings.smtp_port, settings.host) == (3001, 2002, "127.0.0.2")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("port = 70000", "The setting port is not usable: Input should be less than or equal to 65535."),
        ("prot = 80", "The setting prot is not usable: Extra inputs are not permitted."),
        ('secret_key = "short"', "The setting secret_key is not usable: String should have at least 32 characters."),
        (
            'turn_urls = ["turn:x"]',
            "The setting settings is not usable: Value error, turn_urls is set without turn_secret.",
        ),
        ("port = ", "is not valid TOML"),
    ],
)
def test_setting_that_is_wrong_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "town.toml"
    file.write_text(text)
    with pytest.raises(SettingsError) as raised:
        load(file, [])
    assert sentence in str(raised.value)
    assert "\n" not in str(raised.value)


def test_missing_configuration_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"town.toml cannot be read: No such file or directory.$"):
        load(tmp_path / "town.toml", [])


def test_database_that_cannot_be_opened_is_one_sentence(tmp_path: Path) -> None:
    for url in (f"sqlite:///{tmp_path}/missing/town.db", "nonsense", "oracle8://x"):
        with pytest.raises(SettingsError, match=r"^The database cannot be opened; check database_url"):
            Store(url)


def test_both_town_halls_offer_the_agreed_services_and_clerks() -> None:
    tenants = load_tenants()
    assert sorted(tenants) == ["kernen", "winterbach"]
    for tenant in tenants.values():
        assert {one.id: one.video for one in tenant.services} == {"kita": True, "wohnsitz": True, "ausweis": False}
        assert tenant.timezone == "Europe/Berlin"
        assert len(tenant.clerks) >= 2


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("video = true", "video = false", "service kita needs presence and does not say why"),
        ("minutes = 30\nvideo", "minutes = 45\nvideo", "service kita is longer than a slot"),
        ("closes = 12:30:00", "closes = 07:30:00", "opening hours end before they begin"),
        ("Europe/Berlin", "Europe/Winterbach", "No time zone found"),
        ('id = "winterbach"', 'id = "verwaltung"', "verwaltung is an address of the service itself"),
        ('user = "oezdemir"', 'user = "haug"', "two clerks or two services have the same name"),
        ('"Rathaus Winterbach"', '"Rathaus\\nBcc: all@example.org"', "must be one line of printable text"),
        (
            "slot_minutes = 30",
            'slot_minutes = 30\ncolours = { main = "#7fb2e5" }',
            "contrast on the pages is below 4.5 to 1",
        ),
        ("minutes = 30\nvideo", 'minutes = 30\nclerks = ["maier"]\nvideo', "names clerks that do not exist: maier"),
    ],
)
def test_municipality_that_makes_no_sense_is_refused(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    text = (Path(load_tenants.__code__.co_filename).parent / "tenants" / "winterbach.toml").read_text("utf-8")
    assert old in text
    (tmp_path / "winterbach.toml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(SettingsError, match=complaint) as raised:
        load_tenants(tmp_path)
    assert str(raised.value).startswith("winterbach.toml is no municipality: ")
    assert "\n" not in str(raised.value)


def test_both_languages_have_the_same_sentences_with_the_same_words() -> None:
    german, english = (sentences(lang) for lang in LANGUAGES)

    def words(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert german.keys() == english.keys()
    assert [key for key in german if words(german[key]) != words(english[key]) and key != "moment"] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_call_page_has_every_sentence_its_script_shows(lang: str) -> None:
    texts = client_sentences(lang)
    assert set(CLIENT_KEYS.split()) <= set(texts)
    assert all(texts.values())


def test_moment_is_said_in_local_time() -> None:
    when = datetime(2021, 2, 10, 17, 30, tzinfo=UTC)
    zone = ZoneInfo("Europe/Berlin")
    assert moment(when, zone, "de") == "Mittwoch, 10. Februar 2021, 18:30 Uhr"
    assert moment(when, zone, "en") == "Wednesday, 10 February 2021, 18:30"


@pytest.mark.parametrize("https", [True, False])
def test_cookies_are_secure_where_the_service_is(tmp_path: Path, https: bool) -> None:
    store = Store(f"sqlite:///{tmp_path}/town.db")
    response = Response()
    Gate("k" * 40, store, secure_cookies=https).start_session(response)
    assert ("Secure" in response.headers["set-cookie"]) is https
    store.close()


def test_cookie_signed_with_another_key_is_none(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/town.db")
    response = Response()
    Gate("a" * 40, store, secure_cookies=False).start_session(response, "winterbach", "haug")
    cookie = response.headers["set-cookie"].split(";")[0].encode()
    request = Request({"type": "http", "headers": [(b"cookie", cookie)]})
    assert Gate("b" * 40, store, secure_cookies=False).session(request) is None
    session = Gate("a" * 40, store, secure_cookies=False).session(request)
    assert session is not None
    assert (session.tenant, session.user) == ("winterbach", "haug")
    store.close()


def test_turn_password_is_coturns_and_expires_in_ten_minutes() -> None:
    now = datetime(2021, 2, 10, 17, 30, tzinfo=UTC)
    (server,) = ice_servers(["turn:turn.example:3478"], "north", "p-1", now)
    name = f"{int(now.timestamp()) + 600}:p-1"
    assert server["username"] == name
    assert server["credential"] == base64.b64encode(hmac.new(b"north", name.encode(), hashlib.sha1).digest()).decode()
    assert ice_servers([], "", "p-1", now) == []
