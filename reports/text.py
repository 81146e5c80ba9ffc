"""Text from a target made safe to show, and figures written the way each language writes them."""

import re
import unicodedata
from datetime import datetime

from reports.locales import TEXTS

LONGEST = 900  # characters of one text shown on the page; the whole text stays in verdicts.json and the evidence
_WHITE = re.compile(r"\s+")
_KEPT = re.compile(r"([\n\t])")


def clean(text: str) -> str:
    """One line without control characters, surrogates or direction overrides: each becomes U+FFFD, visibly."""
    return _seen(_WHITE.sub(" ", text).strip())


def plain(text: str) -> str:
    """As ``clean``, with its line ends, tabs and spaces: for where a text may have more than one line."""
    return "".join(part if part in "\n\t" else _seen(part) for part in _KEPT.split(text))


def _seen(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join("\ufffd" if unicodedata.category(char) in ("Cc", "Cs") or _hides(char) else char for char in text)


def _hides(char: str) -> bool:
    """Direction controls and other unseen formats could make a sentence read differently from its characters.

    Unicode UAX 9, UTR 36. Soft hyphens and the joiners of letters and emoji may stay.
    """
    return unicodedata.category(char) == "Cf" and char not in "\u00ad\u200c\u200d"


class Words:
    """The texts of one language, and its way to write numbers, times and cut texts."""

    def __init__(self, lang: str) -> None:
        self.lang = "de" if lang == "de" else "en"
        self._texts = TEXTS[self.lang]

    def __call__(self, key: str, **values: object) -> str:
        """The text of ``key`` with its placeholders filled. Raises ``KeyError`` for a key that does not exist."""
        return self._texts[key].format(**values)

    def count(self, key: str, number: int, **values: object) -> str:
        """The text of ``key`` in singular or plural (``key.one``, ``key.many``) with ``{n}`` filled."""
        return self(f"{key}.{'one' if number == 1 else 'many'}", n=self.number(number), **values)

    def of(self, group: str, name: str) -> str:
        """The text of ``group.name``, or the name itself (made safe) where this report has no word for it."""
        return self._texts.get(f"{group}.{name}") or self.short(name)

    def short(self, text: str, limit: int = LONGEST) -> str:
        """``text`` made safe and, beyond ``limit`` characters, cut with a remark that says how much is missing."""
        safe = clean(text)
        return safe if len(safe) <= limit else self("cut", start=safe[:limit].rstrip(), n=len(safe) - limit)

    def number(self, value: float, digits: int = 0) -> str:
        """A figure with thousands separated by a narrow space and the language's decimal sign."""
        text = f"{value:,.{digits}f}".replace(",", "\u202f")
        return text.replace(".", ",") if self.lang == "de" else text

    def figure(self, value: float) -> str:
        """A measured figure: whole numbers as such, others with at most three decimals."""
        if value == int(value) if abs(value) < 1e15 else False:
            return self.number(value)
        return self.number(value, 3)

    def seconds(self, value: float) -> str:
        """A duration, in minutes from 100 s on."""
        if value < 100:
            return self("seconds", n=self.number(value, 1 if value < 10 else 0))
        return self("minutes", m=int(value) // 60, s=f"{int(value) % 60:02d}")

    def moment(self, at: datetime) -> str:
        """A date and time (UTC), the month written out."""
        month = self._texts["months"].split()[at.month - 1]
        return self("moment", day=at.day, month=month, year=at.year, time=f"{at.hour:02d}:{at.minute:02d}")
