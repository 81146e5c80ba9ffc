"""Only letters that the fonts have reach the typesetter, and no word is wider than a line."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.locales import TEXTS
from reports.pdf.document import build_document
from reports.pdf.letters import LETTERS, LONGEST_WORD, MISSING, for_print, printed
from reports.pdf.render import typeset
from reports.text import clean
from tests.reports.hostile import HOSTILE
from tests.reports.samples import build

BREAK = "\u200b"


def test_the_fonts_have_every_letter_that_is_let_through() -> None:
    document = build_document(build("clean"), None)
    data = json.loads(document.data)
    data["commands"] = [" ".join(sorted(LETTERS | {MISSING}))]  # in letters of one width
    data["open"] = [["a", " ".join(sorted(LETTERS | {MISSING}))]]
    typeset(replace(document, data=json.dumps(data)), 0)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_texts_of_the_report_need_no_stand_in(lang: str) -> None:
    texts = {key: text for key, text in TEXTS[lang].items() if key.startswith(("pdf.", "norm.", "term.", "means."))}
    assert [key for key, text in texts.items() if MISSING in for_print(text) and key != "pdf.missing_letters"] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Müller-Lüdenscheidt", "Müller-Lüdenscheidt"),
        ("Mu\u0308ller", "Müller"),
        ("\u4e2d\u6587 Ж", "□□ Ж"),
        ("a\ufffdb", "a□b"),
        ("zu\u00adsammen", "zusammen"),
        ("x" * 25, BREAK.join(["x" * 8] * 3 + ["x"])),
        ("a\u2003b", "a b"),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert for_print(text) == shown


@given(st.text())
def test_no_other_letter_comes_through(text: str) -> None:
    shown = for_print(text)
    assert set(shown) <= LETTERS | {MISSING, BREAK}
    assert all(len(word) < LONGEST_WORD for word in re.split(rf"[\s\u00a0\u202f{BREAK}-]", shown))


def test_no_hostile_string_brings_another() -> None:
    for text in HOSTILE:
        assert set(for_print(clean(text))) <= LETTERS | {MISSING, BREAK}


def test_what_is_copied_is_not_broken() -> None:
    digest = "0123456789abcdef" * 4
    assert printed({"digest": digest, "seen": [digest]}) == {
        "digest": digest,
        "seen": [BREAK.join(digest[at : at + 8] for at in range(0, 64, 8))],
    }
