"""Sentences in both languages, and figures as each language writes them."""

from typing import Literal

from load.municipality.calendar import Weekday
from load.reading import Part

Language = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = ("de", "en")


class Said(Part):
    """A sentence in German and English."""

    de: str
    en: str

    def __getitem__(self, lang: Language) -> str:
        return self.de if lang == "de" else self.en

    def __add__(self, other: "Said") -> "Said":
        """Two sentences one after the other; an empty one adds nothing."""
        return Said(de=f"{self.de} {other.de}".strip(), en=f"{self.en} {other.en}".strip())


NOTHING = Said(de="", en="")
WEEKDAYS: dict[Weekday, Said] = {
    "monday": Said(de="Montag", en="Monday"),
    "tuesday": Said(de="Dienstag", en="Tuesday"),
    "wednesday": Said(de="Mittwoch", en="Wednesday"),
    "thursday": Said(de="Donnerstag", en="Thursday"),
    "friday": Said(de="Freitag", en="Friday"),
}


def number(value: float, lang: Language, digits: int = 0) -> str:
    """A figure with thousands parted by a narrow space and the language's decimal sign."""
    text = f"{value:,.{digits}f}".replace(",", "\u202f")
    return text.replace(".", ",") if lang == "de" else text


def figure(value: float, unit: str, lang: Language) -> str:
    """A figure with its unit; shares in per cent."""
    if unit == "share":
        return percent(value, lang)
    digits = 0 if abs(value) >= 100 or value == round(value) else 1 if abs(value) >= 10 else 2
    return number(value, lang, digits) + ("/s" if unit == "1/s" else f"\u00a0{unit}")


def percent(share: float, lang: Language) -> str:
    """A share in per cent, with one decimal below ten where it has one."""
    whole = abs(share) >= 0.1 or abs(100 * share - round(100 * share)) < 1e-9
    return f"{number(100 * share, lang, 0 if whole else 1)}\u00a0%"


def listed(parts: list[str], lang: Language) -> str:
    """Parts in a row, "and" before the last."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {'und' if lang == 'de' else 'and'} {parts[-1]}"


def clock(minute: int) -> str:
    """A minute of the day as a clock shows it."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def calls(count: int, lang: Language) -> str:
    """So many calls."""
    one, many = ("Gespräch", "Gespräche") if lang == "de" else ("call", "calls")
    return f"{number(count, lang)} {one if count == 1 else many}"
