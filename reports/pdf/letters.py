"""Text for the typesetter: only letters that its own fonts have, and no word that is wider than a line.

PDF/UA and PDF/A forbid a glyph that stands for nothing, so the typesetter refuses a letter it has no shape for.
A hostile name must not be able to keep a report from being written.
"""

import re
import unicodedata

LONGEST_WORD = 24  # characters; what is longer may be broken anywhere
MISSING = "\u25a1"  # a hollow square
# What Libertinus Serif has, as it comes with the typesetter; tests/reports/pdf sets every one of them.
_RANGES = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x17F), (0x386, 0x386), (0x388, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1),
    (0x3A3, 0x3CE), (0x400, 0x45F), (0x1E9E, 0x1E9E), (0x2010, 0x2014), (0x2018, 0x201A), (0x201C, 0x201E),
    (0x2020, 0x2022), (0x2026, 0x2026), (0x2030, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A), (0x20AC, 0x20AC),
    (0x2122, 0x2122), (0x2190, 0x2193), (0x2212, 0x2212), (0x2248, 0x2248), (0x2260, 0x2260), (0x2264, 0x2265),
    (0x202F, 0x202F),
)  # fmt: skip
LETTERS = frozenset(chr(code) for first, last in _RANGES for code in range(first, last + 1))
_LONG = re.compile(rf"[^\s\u00a0\u202f-]{{{LONGEST_WORD},}}")
_LONGER = re.compile(r"[^\s\u00a0\u202f]{90,}")
# Members whose value is copied by readers, and stands in letters of one width: broken only where it must be.
_VERBATIM = ("digest", "records", "commands")
_BREAK = "\u200b"  # zero width space: a line may end here, and nothing is seen


def for_print(text: str, *, verbatim: bool = False) -> str:
    """``text`` with a hollow square for what has no shape, and with places to break in words that are too long."""
    shown = "".join(char if char in LETTERS else _stand_in(char) for char in unicodedata.normalize("NFC", text))
    return (_LONGER if verbatim else _LONG).sub(lambda word: _BREAK.join(re.findall(".{1,8}", word[0])), shown)


def _stand_in(char: str) -> str:
    if char in "\u00ad\u200b\u200c\u200d":
        return ""
    return " " if char.isspace() else MISSING


def printed(value: object, *, verbatim: bool = False) -> object:
    """As ``for_print``, for every string of a JSON value; names of members stay."""
    if isinstance(value, str):
        return for_print(value, verbatim=verbatim)
    if isinstance(value, (list, tuple)):
        return [printed(each, verbatim=verbatim) for each in value]
    if isinstance(value, dict):
        return {name: printed(each, verbatim=name in _VERBATIM) for name, each in value.items()}
    return value
