"""Network profiles: those of the bench can be read, and a wrong one says where."""

import re
from pathlib import Path

import pytest

from harness.model.errors import NetworkError
from harness.net.profiles import profile, profiles, read_profiles

HEAD = '[mine]\nde = "Meins."\nen = "Mine."\nsource = "assumed"\n'


def test_bench_has_too_few_profiles_or_two_that_do_the_same() -> None:
    assert {"clear", "dsl-6000", "lte-edge", "train", "lift", "uplink-shared-by-five", "bursty"} < set(profiles())
    assert len(profiles()) >= 10
    assert len({each.steps for each in profiles().values()}) == len(profiles())
    assert profile("clear").steps[0].up.is_clear


@pytest.mark.parametrize("name", profiles())
def test_profile_has_no_sentence_of_its_own_or_no_source(name: str) -> None:
    each = profiles()[name]
    assert each.name == name
    assert each.sentence.de != each.sentence.en
    assert each.sentence.de.endswith(".")
    assert each.sentence.en.endswith(".")


def test_table_of_profiles_is_not_the_profiles() -> None:
    page = (Path(__file__).parents[3] / "docs" / "network.md").read_text("utf-8")
    told = re.findall(r"^\| `([a-z0-9-]+)` \| (.+?) \| (\d+) \|", page, re.MULTILINE)
    assert told == [(name, each.sentence.en, str(len(each.steps))) for name, each in profiles().items()]


def test_outage_of_the_profile_is_not_3_s_one_way() -> None:
    steps = profile("one-way-outage").steps
    assert [(step.at_s, step.up.outage, step.down.outage) for step in steps] == [
        (0, False, False), (10, True, False), (13, False, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = [", "^own.toml is not TOML: "),
        ("mine = 3", "'mine' must be a table with de, en, source and steps."),
        (HEAD, "own.toml, mine.steps: Field required."),
        (HEAD.replace('de = "Meins."', "") + "[[mine.steps]]", "own.toml, mine.sentence.de: Field required."),
        (HEAD + "[[mine.steps]]\nat_s = 2", "mine: Value error, the first step must be at 0 s."),
        (HEAD + "[[mine.steps]]\n[[mine.steps]]", "mine: Value error, each step must be later than the one before it."),
        (HEAD + "loops_after_s = 1\n[[mine.steps]]\n[[mine.steps]]\nat_s = 1", "loops_after_s must be later"),
        (HEAD + "[[mine.steps]]\nup = { delay_ms = -1 }", "mine.steps.0.up.delay_ms: Input should be greater"),
    ],
)
def test_wrong_profile_is_taken_or_its_place_not_named(text: str, words: str) -> None:
    with pytest.raises(NetworkError, match=words):
        read_profiles(text, "own.toml")


def test_unknown_name_does_not_list_the_known_ones() -> None:
    with pytest.raises(NetworkError, match="There is no network profile 'lft'; there are clear, dsl-6000, "):
        profile("lft")
