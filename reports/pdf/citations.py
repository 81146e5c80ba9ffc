"""Norms as a check names them, taken apart: which document, which place in it, and how each language cites that."""

import re
from dataclasses import dataclass

_GDPR = re.compile(r"DSGVO Art\. ?(\d+)(?:(?:\((\d+)\)| Abs\. (\d+))(?:(?:\(([a-z])\)| lit\. ([a-z])))?)?$")
_DSK = re.compile(r"DSK, Orientierungshilfe Videokonferenzsysteme, Stand 23\.10\.2020(?:, ([\d.]+))?$")
_PLACED = re.compile(r"((?:RFC|EN) [\d ]+\d), (?:section |clause )?([\d.]+)$")
# The documents that people outside the trade answer for; all others are technical standards.
OFFICIAL = ("gdpr", "tdddg", "dsk", "bsi", "access")


@dataclass(frozen=True, slots=True)
class Norm:
    """``group`` is one of ``OFFICIAL`` or ``technical``; ``place`` is the article, chapter or section, or nothing."""

    group: str
    document: str
    place: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name under which the locales keep the sentence of what it is about."""
        return re.sub(r"[^a-z0-9]+", "-", " ".join((self.document, *self.place)).lower()).strip("-")

    def cited(self, lang: str) -> str:
        """The way that officials of the language write it."""
        if self.document == "DSGVO":
            return _article(self.place, lang)
        chapter = ".".join(self.place)
        if self.group == "dsk":
            name = "DSK, Orientierungshilfe Videokonferenzsysteme (23.10.2020)"
            return f"{name}, {'Kap.' if lang == 'de' else 'ch.'}\u00a0{chapter}" if chapter else name
        if not chapter:
            return self.document.replace("levels A and AA", "Stufen A und AA") if lang == "de" else self.document
        return f"{self.document}, {'Abschn.' if lang == 'de' else 'sec.'}\u00a0{chapter}"


def parse_norm(text: str) -> Norm:
    """A norm out of a check's list; what is not known is a technical standard that is cited as it stands."""
    if found := _GDPR.match(text):
        article, short, long, letter, lit = found.groups()
        return Norm("gdpr", "DSGVO", tuple(part for part in (article, short or long, letter or lit) if part))
    if found := _DSK.match(text):
        return Norm("dsk", "DSK OH VK", tuple((found[1] or "").split(".")) if found[1] else ())
    group = "technical"
    for start, name in (
        ("TDDDG", "tdddg"),
        ("BSI ", "bsi"),
        ("BITV", "access"),
        ("EN 301", "access"),
        ("WCAG", "access"),
    ):
        group = name if text.startswith(start) else group
    if found := _PLACED.match(text):
        return Norm(group, found[1], tuple(found[2].split(".")))
    return Norm(group, text)


def _article(place: tuple[str, ...], lang: str) -> str:
    if lang == "de":
        signs = ("Art.", "Abs.", "lit.")
        return " ".join(f"{sign}\u00a0{part}" for sign, part in zip(signs, place, strict=False)) + " DSGVO"
    return "GDPR Art.\u00a0" + place[0] + "".join(f"({part})" for part in place[1:])
