"""What a figure was at worst, as one sentence."""

from collections.abc import Sequence
from typing import Protocol

from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from quality_checks import words
from quality_checks.bands import Band
from quality_checks.reading import Reading
from quality_checks.span import Span

_LEVEL = {
    Outcome.PASS: Sentence(de="durchweg gut", en="good throughout"),
    Outcome.WEAK: Sentence(de="nur annehmbar", en="only acceptable"),
    Outcome.FAIL: Sentence(de="schlecht", en="bad"),
}


class Value(Protocol):
    """A value with its place."""

    @property
    def span(self) -> Span: ...
    @property
    def reading(self) -> Reading: ...
    @property
    def band(self) -> Band: ...
    @property
    def value(self) -> float: ...
    @property
    def begin(self) -> float | None: ...
    @property
    def end(self) -> float | None: ...
    @property
    def level(self) -> Outcome: ...


def said(subject: Sentence, worst: Value, values: Sequence[Value]) -> Sentence:
    """The sentence: level, worst value with its second, whose it was, the whole call, how often, and the limits."""
    level, value = _LEVEL[worst.level], words.amount(worst.value, worst.band.unit)
    when, where, whole = _when(worst), place(worst.span, worst.reading.of), _whole(worst)
    often, limits = _often(worst, values), words.limits(worst.band)
    return Sentence(
        de=f"{subject.de} war {level.de}: im schlechtesten Fall {value.de}{when.de} ({where.de}){whole.de}{often.de}. "
        f"{limits.de}",
        en=f"{subject.en} was {level.en}: at worst {value.en}{when.en} ({where.en}){whole.en}{often.en}. {limits.en}",
    )


def place(span: Span, of: Sentence) -> Sentence:
    """Whose it is, in which call, under which profile of the network."""
    de = f"{of.de}, Gespräch {span.name}"
    en = f"{of.en}, call {span.name}"
    return (
        Sentence(de=f"{de}, Netz {span.profile}", en=f"{en}, network {span.profile}")
        if span.profile
        else Sentence(de=de, en=en)
    )


def _when(worst: Value) -> Sentence:
    if worst.begin is None or worst.end is None:
        return Sentence(de="", en="")
    seconds, second = round((worst.end - worst.begin) / 1000), worst.span.second(worst.begin)
    return Sentence(
        de=f" in den {seconds} Sekunden ab Sekunde {second}", en=f" in the {seconds} seconds from second {second} on"
    )


def _whole(worst: Value) -> Sentence:
    note = worst.reading.note
    note_de, note_en = (f" ({note.de})", f" ({note.en})") if note else ("", "")
    if worst.begin is None or worst.reading.whole is None:
        return Sentence(de=note_de, en=note_en)
    value = words.amount(worst.reading.whole, worst.band.unit)
    return Sentence(de=f", im ganzen Gespräch {value.de}{note_de}", en=f", over the whole call {value.en}{note_en}")


def _often(worst: Value, values: Sequence[Value]) -> Sentence:
    windows = [value for value in values if value.begin is not None]
    if worst.level is Outcome.PASS or worst.begin is None or len(windows) < 2:
        return Sentence(de="", en="")
    bad = sum(value.level is worst.level for value in windows)
    return Sentence(
        de=f"; so in {bad} von {len(windows)} gemessenen Abschnitten",
        en=f"; so in {bad} of {len(windows)} measured windows",
    )
