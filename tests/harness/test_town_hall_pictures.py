"""The manual in pictures: each picture is there and small, is shown, and has words for those who cannot see it."""

import re
from pathlib import Path

import pytest
from PIL import Image

from harness.pictures.album import PHONE_WIDEST, WIDEST, Album

DOCS = Path(__file__).resolve().parents[2] / "docs"
MANUALS = ("rathaus.md", "the-town-hall.md")
SHOWN = re.compile(r'<img src="(pictures/[^"]+)" width="\d+" alt="([^"]*)">')


def size_of(file: Path) -> tuple[int, int]:
    with Image.open(file) as picture:
        return picture.size


@pytest.mark.parametrize("manual", MANUALS)
def test_a_manual_shows_each_picture_in_its_order_and_none_that_is_missing(manual: str) -> None:
    shown = [file for file, _ in SHOWN.findall((DOCS / manual).read_text())]
    assert shown == sorted(f"pictures/{file.name}" for file in (DOCS / "pictures").glob("*.jpg"))


@pytest.mark.parametrize("manual", MANUALS)
def test_each_picture_has_words_of_its_own(manual: str) -> None:
    words = [words for _, words in SHOWN.findall((DOCS / manual).read_text())]
    assert all(words)
    assert len(set(words)) == len(words)


def test_all_pictures_together_stay_small() -> None:
    pictures = list((DOCS / "pictures").glob("*.jpg"))
    assert pictures
    assert sum(file.stat().st_size for file in pictures) < 3_000_000
    assert max(size_of(file)[0] for file in pictures) <= WIDEST


def test_a_wide_picture_is_made_smaller_and_a_long_one_is_cut(tmp_path: Path) -> None:
    album = Album(tmp_path)
    album._keep("wide", Image.new("RGB", (2 * WIDEST, 800)))
    album._keep("long", Image.new("RGB", (780, 9000)), PHONE_WIDEST)
    assert [size_of(file) for file in album.taken] == [(1000, 400), (520, 1352)]
    assert [file.name for file in album.taken] == ["01-wide.jpg", "02-long.jpg"]
