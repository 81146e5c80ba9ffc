"""The forms: what they ask for in which municipality, and what the call page makes of them."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from tests.townhall.conftest import Town
from townhall.forms import FOLDER, Form, form_for
from townhall.forms.words import paper_words
from townhall.language import sentences
from townhall.tenants import load_tenants

SERVICES = ("kita", "wohnsitz")


def the_form(tenant: str, service: str) -> Form:
    form = form_for(tenant, service)
    assert form is not None
    return form


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("tenant", ["winterbach", "kernen"])
def test_both_municipalities_have_their_forms_in_both_languages(tenant: str, service: str) -> None:
    form = the_form(tenant, service)
    assert len(form.fields) > 15
    for field in form.fields:
        assert field.label.de
        assert field.label.en
        assert field.label.de != field.label.en


def test_a_service_that_needs_presence_has_no_form() -> None:
    assert form_for("winterbach", "ausweis") is None


def test_a_service_cannot_name_a_file_elsewhere() -> None:
    assert form_for("winterbach", "../tenants/winterbach") is None


def test_each_municipality_offers_its_own_kindergartens() -> None:
    offered = {
        tenant: {option.label.de for field in the_form(tenant, "kita").fields for option in field.options}
        for tenant in ("winterbach", "kernen")
    }
    assert "Kinderhaus am Bach" in offered["winterbach"] - offered["kernen"]
    assert "Kinderhaus am Weinberg (Stetten)" in offered["kernen"] - offered["winterbach"]


def test_a_municipality_without_a_list_writes_the_kindergarten() -> None:
    field = next(field for field in the_form("elsewhere", "kita").fields if field.name == "kindergarten")
    assert (field.kind, field.options, field.length) == ("text", [], 200)


def written(folder: Path, fields: str) -> Path:
    text = (FOLDER / "kita.toml").read_text("utf-8")
    head, tail = text.split("[[sections]]")[0], text[text.index("[[signatures]]") :]
    section = f'[[sections]]\ntitle = {{ de = "Teil", en = "Part" }}\nfields = [{fields}]\n'
    (folder / "kita.toml").write_text(head + section + tail, "utf-8")
    return folder


def test_two_fields_of_one_name_are_refused(tmp_path: Path) -> None:
    field = '{ name = "a", label = { de = "x", en = "y" } }'
    with pytest.raises(ValidationError, match="two fields have the same name"):
        form_for("winterbach", "kita", written(tmp_path, f"{field}, {field}"))


def test_a_choice_without_answers_is_refused(tmp_path: Path) -> None:
    field = '{ name = "a", label = { de = "x", en = "y" }, kind = "choice" }'
    with pytest.raises(ValidationError, match="there is nothing to choose from in the field a"):
        form_for("winterbach", "kita", written(tmp_path, field))


def test_the_scripts_sentences_are_the_same_ones_in_both_languages() -> None:
    keys = [{key for key in sentences(lang) if key.startswith("papers")} for lang in ("de", "en")]
    assert keys[0] == keys[1]
    for key in keys[0]:
        words = [set(re.findall(r"\{(\w+)\}", sentences(lang)[key])) for lang in ("de", "en")]
        assert words[0] == words[1], key


def test_the_paper_speaks_german_whoever_reads_and_english_beside_it() -> None:
    tenant = load_tenants()["kernen"]
    papers = paper_words(tenant, "kita", "citizen", "en")["papers"]
    assert isinstance(papers, dict)
    assert papers["paper"]["de"]["place_date"] == "Ort, Datum"
    assert papers["paper"]["en"]["place_date"] == "Place, date"
    assert papers["letter"]["address"] == ["Stettener Straße 12", "71394 Kernen im Remstal"]
    assert json.loads(json.dumps(papers)) == papers


def test_the_page_of_each_side_has_the_form_for_it(town: Town) -> None:
    appointment, path = town.invited()
    citizen = town.client.get(path).text
    clerk = town.client.get(f"/winterbach/amt/termine/{appointment}/anruf").text
    for field in the_form("winterbach", "kita").fields:
        assert citizen.count(f' name="{field.name}"') == 1
        for part in (f'for="feld-{field.name}"', f'id="feld-{field.name}-fehler"', f'id="feld-{field.name}-wer"'):
            assert citizen.count(part) == 1, part
    assert 'id="formular-oeffnen"' not in citizen, "only the clerk opens the form"
    assert 'id="formular-oeffnen"' in clerk
    assert 'autocomplete="street-address"' in citizen
    assert 'autocomplete="street-address"' not in clerk, "the browser would offer the clerk's own address"
    form = re.search(r'<form id="formular".*?</form>', clerk, re.DOTALL)
    assert form is not None
    assert " hidden" in form[0].split(">")[0]
    sends = r"action=|method=|type=\"submit\"|<button(?![^>]*type=\"button\")"
    assert not re.search(sends, form[0]), "the form must have nowhere to be sent to"


def test_a_service_without_a_form_still_has_chat_captions_and_files(start_town: Callable[..., Town]) -> None:
    town = start_town()
    tenant = town.hall.tenants["winterbach"]
    town.hall.tenants["winterbach"] = tenant.model_copy(
        update={"services": [service.model_copy(update={"id": "beratung"}) for service in tenant.services[:1]]}
    )
    town.log_in()
    assert town.book(service="beratung").status_code == 303
    page = town.client.get(f"/winterbach/amt/termine/{town.appointment_ids()[0]}/anruf").text
    assert 'id="formular"' not in page
    for part in ("chat-log", "untertitel", "dateien"):
        assert f'id="{part}"' in page
