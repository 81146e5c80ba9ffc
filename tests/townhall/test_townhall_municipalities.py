"""A new municipality: a file or a form, live at once, with colours that can be read, and nothing crosses."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from townhall.arms import initials, placeholder
from townhall.colours import contrast, ink_is_legible, stylesheet
from townhall.errors import SettingsError
from townhall.tenant_file import to_toml, write
from townhall.tenants import FOLDER, Tenant, load_tenants

WINTERBACH = load_tenants()["winterbach"]
colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")
lines = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40)
FORM = {
    "id": "urbach", "name": "Gemeinde Urbach", "name_en": "Municipality of Urbach", "hall": "Rathaus Urbach",
    "hall_en": "Urbach town hall", "street": "Konrad-Hornschuch-Straße 12", "town": "73660 Urbach",
    "phone": "0221 4710 300", "mail": "termine@urbach.example", "initials": "", "main": "#5b2a66", "second": "#e5d3ec",
    "user1": "weber", "display1": "Ute Weber", "service1": "Hundesteuer", "service_en1": "Dog tax", "minutes1": "15",
    "where1": "video", "service2": "Reisepass", "service_en2": "Passport", "minutes2": "20", "where2": "counter",
    "reason2": "Fingerabdrücke nehmen wir vor Ort.", "reason_en2": "Fingerprints are taken on site.",
}  # fmt: skip


@settings(deadline=None)
@given(colours, colours, st.lists(lines, min_size=1, max_size=3), lines, st.sampled_from(list(load_tenants().values())))
def test_municipality_survives_being_written(
    main: str, second: str, address: list[str], name: str, tenant: Tenant
) -> None:
    kept = tenant.model_dump() | {"address": address, "name": {"de": name, "en": name}}
    if ink_is_legible(main):
        kept["colours"] = {"main": main, "second": second}
    changed = Tenant.model_validate(kept)
    assert Tenant.model_validate(tomllib.loads(to_toml(changed))) == changed


@settings(deadline=None)
@given(colours)
def test_colour_that_passes_can_be_read_on_every_surface(colour: str) -> None:
    if ink_is_legible(colour):
        assert all(contrast(colour, surface) >= 4.5 for surface in ("#ffffff", "#fbfaf7", "#eaf1f8", "#e9ecef"))
        darker = stylesheet(colour).split("--blue-dark: ")[1][:7]
        assert contrast(darker, "#ffffff") >= 4.5


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#14406b", "#14406b", 1.0)]
)
def test_contrast_is_wcags(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


@settings(deadline=None)
@given(colours, st.text(max_size=3).filter(lambda text: text.isalnum() or not text))
def test_arms_are_one_svg_whatever_the_letters(second: str, letters: str) -> None:
    if not letters.isascii():
        letters = ""
    tenant = WINTERBACH.model_copy(update={"initials": letters})
    svg = placeholder(tenant)
    assert svg.startswith("<svg ")
    assert svg.count("<svg") == svg.count("</svg>") == 1
    assert f">{initials(tenant)}</text>" in svg


def test_letter_of_the_arms_is_the_places() -> None:
    assert {one.id: initials(one) for one in load_tenants().values()} == {"winterbach": "W", "kernen": "K"}


def test_file_in_the_operators_folder_is_a_municipality(start_town: Callable[..., Any], tmp_path: Path) -> None:
    folder = tmp_path / "halls"
    write(WINTERBACH.model_copy(update={"id": "urbach", "mail": "termine@urbach.example"}), folder)
    town = start_town(tenants_dir=folder)
    assert list(town.hall.tenants) == ["kernen", "winterbach", "urbach"]
    assert town.log_in("urbach", "haug").status_code == 303
    assert town.client.get("/urbach/wappen.svg").headers["content-type"].startswith("image/svg+xml")


def test_id_that_is_there_twice_is_one_sentence(tmp_path: Path) -> None:
    write(WINTERBACH, tmp_path)
    with pytest.raises(SettingsError, match=r"^winterbach.toml: there is a municipality called winterbach already.$"):
        load_tenants(FOLDER, tmp_path)


def test_file_that_is_no_toml_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "urbach.toml").write_text("id = ")
    with pytest.raises(SettingsError, match=r"^urbach.toml is no municipality: it cannot be read as TOML"):
        load_tenants(tmp_path)


@pytest.fixture
def operated(start_town: Callable[..., Any], tmp_path: Path) -> Any:
    town = start_town(tenants_dir=tmp_path / "halls", operator_password="betrieb-und-lang")
    page = "/verwaltung/anmelden"
    town.client.post(page, data={"csrf": town.csrf(page), "password": "betrieb-und-lang"})
    return town


def make(operated: Any, **changes: str) -> Any:
    return operated.client.post("/verwaltung", data=FORM | {"csrf": operated.csrf("/verwaltung")} | changes)


def test_form_makes_a_municipality_that_is_there_at_once_and_after_a_restart(operated: Any, tmp_path: Path) -> None:
    answer = make(operated)
    assert answer.status_code == 200
    assert 'data-made="urbach"' in answer.text
    password = answer.text.split("<dt>weber</dt><dd><code>")[1].split("<")[0]
    assert "Rathaus Urbach" in operated.client.get("/urbach/").text
    assert "--blue: #5b2a66" in operated.client.get("/urbach/farben.css").text
    assert operated.log_in("urbach", "weber", password).status_code == 303
    assert operated.book("urbach", service="leistung-1").status_code == 303
    assert operated.post.next()["From"] == "Rathaus Urbach <termine@urbach.example>"
    assert load_tenants(FOLDER, tmp_path / "halls")["urbach"] == operated.hall.tenants["urbach"]


def test_new_municipality_sees_nothing_of_the_others(operated: Any) -> None:
    password = make(operated).text.split("<dt>weber</dt><dd><code>")[1].split("<")[0]
    operated.log_in()
    operated.book()
    (foreign,) = operated.appointment_ids()
    operated.log_in("urbach", "weber", password)
    assert operated.appointment_ids("urbach") == []
    assert operated.client.get("/winterbach/amt/termine").status_code == 403
    assert operated.client.get(f"/urbach/amt/termine/{foreign}").status_code == 404
    assert operated.client.get("/verwaltung", follow_redirects=False).status_code == 303


WRONG: list[tuple[dict[str, str], str]] = [
    ({"id": "winterbach"}, "bad_id"),
    ({"id": "../urbach"}, "bad_id"),
    ({"id": "static"}, "bad_id"),
    ({"name": ""}, "bad_name"),
    ({"hall": "Rathaus\nBcc: x@example.org"}, "bad_hall"),
    ({"town": ""}, "bad_address"),
    ({"phone": "ruf an"}, "bad_phone"),
    ({"mail": "urbach"}, "bad_mail"),
    ({"main": "#ffee88"}, "bad_contrast"),
    ({"main": "red; }"}, "bad_colours"),
    ({"user1": "Ute Weber"}, "bad_clerk"),
    ({"user1": ""}, "bad_clerks"),
    ({"minutes1": "90"}, "bad_services"),
    ({"minutes1": "viele"}, "bad_service"),
    ({"reason2": ""}, "bad_service"),
    ({"initials": "<b>"}, "bad_initials"),
]


def test_form_that_makes_no_sense_is_named_and_makes_nothing(operated: Any, tmp_path: Path) -> None:
    for changes, problem in WRONG:
        answer = make(operated, **changes)
        assert answer.status_code == 422, changes
        assert re.findall(r'data-problem="(\w+)"', answer.text) == [problem], changes
    assert not (tmp_path / "halls").exists()
    assert list(operated.hall.tenants) == ["kernen", "winterbach"]


def test_short_name_a_browser_lets_through_is_one_the_service_takes(operated: Any) -> None:
    page = operated.client.get("/verwaltung").text
    assert r"required pattern=[a-z][a-z\-]* maxlength=40>" in page  # quotes would be escaped, and part of the pattern


def test_operators_page_does_not_exist_without_a_password(town: Any) -> None:
    for path in ("/verwaltung", "/verwaltung/anmelden"):
        assert town.client.get(path).status_code == 404
    assert town.client.post("/verwaltung", data=FORM).status_code == 404


def test_operators_page_is_the_operators_only(operated: Any) -> None:
    operated.client.cookies.clear()
    assert operated.client.get("/verwaltung", follow_redirects=False).headers["location"] == "/verwaltung/anmelden"
    operated.log_in()
    assert operated.client.post("/verwaltung", data=FORM, follow_redirects=False).status_code == 303
    page = "/verwaltung/anmelden"
    wrong = operated.client.post(page, data={"csrf": operated.csrf(page), "password": "falsch"})
    assert wrong.status_code == 401
    assert "urbach" not in operated.hall.tenants


def test_operator_is_no_clerk(operated: Any) -> None:
    assert operated.client.get("/winterbach/amt/termine").status_code == 403


def test_form_without_its_token_is_refused(operated: Any) -> None:
    assert operated.client.post("/verwaltung", data=FORM).status_code == 403
    assert "urbach" not in operated.hall.tenants
