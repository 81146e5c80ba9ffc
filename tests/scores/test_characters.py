"""The small print of the shared page: every character is read where nothing was lost, and fewer where something was."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from harness.media.document import LINES, SIZE, document_text, draw_document, write_page
from harness.model.errors import BenchError, ProvisionError
from harness.scores import characters
from harness.scores.characters import edit_distance, score_characters
from harness.scores.spoil import blurred

TEXTS = st.text("abcdß ", max_size=12)


def _slow(one: str, other: str) -> int:
    rows = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, rows[0] = rows[0], at
        for place, wanted in enumerate(other, 1):
            before, rows[place] = rows[place], min(rows[place] + 1, rows[place - 1] + 1, before + (letter != wanted))
    return rows[-1]


@given(TEXTS, TEXTS)
def test_the_edit_distance_is_levenshteins(one: str, other: str) -> None:
    assert edit_distance(one, other) == _slow(one, other)


@pytest.mark.parametrize(("read", "distance"), [("", 4), ("Süßes", 1), ("Suß", 2), ("Süße", 0), ("xSüße", 1)])
def test_left_out_changed_and_invented_characters_count_alike(read: str, distance: int) -> None:
    assert edit_distance(read, "Süße") == distance


def test_the_strip_of_a_pictures_number_covers_none_of_the_page() -> None:
    page = draw_document()
    top = page.crop((0, 0, page.width, page.height // 10))
    assert page.size == SIZE
    assert top.getextrema() == ((255, 255),) * 3
    assert page.crop((0, page.height - 20, page.width, page.height)).getextrema() == ((255, 255),) * 3, "it is not cut"


def test_a_page_of_which_nothing_can_be_read_is_all_wrong_and_an_empty_one_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(characters, "read_page", lambda _: "")
    monkeypatch.setattr(characters, "_version", lambda: "nobody")
    blank = Image.new("RGB", SIZE, "white")
    assert score_characters(blank, document_text(), SIZE).share == 1.0
    with pytest.raises(BenchError, match="Nothing was written on the shared page"):
        score_characters(blank, " \n", SIZE)


def test_where_the_reader_is_missing_the_sentence_names_its_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(characters, "find_program", lambda _: None)
    with pytest.raises(ProvisionError, match="install tesseract-ocr and tesseract-ocr-deu"):
        score_characters(draw_document(), document_text(), SIZE)


def test_every_character_of_the_clean_page_is_read_and_many_of_a_blurred_one_are_not() -> None:
    few = LINES[:4]
    page = draw_document(few)
    clean = score_characters(page, document_text(few), SIZE)
    blurry = score_characters(blurred(page, 3.0), document_text(few), SIZE)
    assert clean.share == 0.0
    assert clean.characters == len(" ".join(document_text(few).split()))
    assert clean.by.startswith("tesseract ")
    assert blurry.share > 0.2


def test_the_film_of_the_page_is_one_picture(tmp_path: Path) -> None:
    whole = write_page(tmp_path / "page.film").read_bytes()
    assert int.from_bytes(whole[:4], "big") == len(whole) - 4
