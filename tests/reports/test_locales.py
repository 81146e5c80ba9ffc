"""Both languages say everything, with the same placeholders; and texts are made safe before they are shown."""

import re
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reports
from harness.model.observations import AnyObservation, CallFact, Media, Recognition, ScenarioResult, TapStatus
from harness.model.outcome import Outcome
from reports.locales import TEXTS
from reports.text import Words, clean


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    assert TEXTS["de"].keys() == TEXTS["en"].keys()
    wrong = [key for key, text in TEXTS["de"].items() if placeholders(text) != placeholders(TEXTS["en"][key])]
    assert wrong == []
    assert all(text.strip() for texts in TEXTS.values() for text in texts.values())


def test_every_key_that_code_and_templates_use_exists() -> None:
    folder = Path(reports.__file__).parent
    source = "\n".join(file.read_text("utf-8") for file in [*folder.rglob("*.py"), *folder.glob("templates/*.j2")])
    used = set(re.findall(r'(?:\bt|words)\("([a-z_.]+)"', source))
    counted = {f"{key}.{form}" for key in re.findall(r'\.count\("([a-z_.]+)"', source) for form in ("one", "many")}
    assert used | counted <= TEXTS["de"].keys()
    assert len(used) > 60


def test_every_word_of_the_contract_types_has_a_text() -> None:
    groups = {
        "outcome": [outcome.value for outcome in Outcome],
        "story": get_args(ScenarioResult.model_fields["outcome"].annotation),
        "tap": [state for state in get_args(TapStatus.model_fields["state"].annotation) if state != "ok"],
        "fault": [fault for fault in get_args(CallFact.model_fields["fault"].annotation) if fault],
        "part": get_args(Recognition.model_fields["part"].annotation),
        "media": get_args(Media),
        "kind": [get_args(each.model_fields["kind"].annotation)[0] for each in get_args(get_args(AnyObservation)[0])],
    }
    missing = [
        f"{group}.{name}" for group, names in groups.items() for name in names if f"{group}.{name}" not in TEXTS["de"]
    ]
    assert missing == []


def test_month_names_are_twelve() -> None:
    at = datetime(2021, 2, 5, 7, 3, tzinfo=UTC)
    assert Words("de").moment(at) == "5. Februar 2021, 07:03 Uhr (UTC)"
    assert Words("en").moment(at.replace(month=12)) == "5 December 2021, 07:03 (UTC)"


@pytest.mark.parametrize(
    ("value", "german", "english"),
    [
        (4.25, "4,2\u00a0s", "4.2\u00a0s"),
        (41.3, "41\u00a0s", "41\u00a0s"),
        (148.2, "2\u00a0min 28\u00a0s", "2\u00a0min 28\u00a0s"),
    ],
)
def test_durations_are_written_as_people_read_them(value: float, german: str, english: str) -> None:
    assert (Words("de").seconds(value), Words("en").seconds(value)) == (german, english)


@given(st.text(alphabet=st.characters()))
def test_clean_text_is_one_line_without_controls(text: str) -> None:
    safe = clean(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\u2028\u2029]", safe)
    assert clean(safe) == safe
    assert len(safe) <= len(text)


@given(st.text(), st.integers(1, 50))
def test_cut_text_keeps_its_beginning(text: str, limit: int) -> None:
    shown, safe = Words("en").short(text, limit), clean(text)
    assert shown == safe or shown == f"{safe[:limit].rstrip()} … [cut, {len(safe) - limit} more characters]"
