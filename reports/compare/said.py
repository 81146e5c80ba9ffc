"""A comparison in words: sentences and tables, German and English, for page, release note and terminal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.model.outcome import Outcome
from reports.compare.comparison import CheckChange, Comparison
from reports.compare.figures import LEVEL, FigureChange
from reports.compare.units import measured, rounded
from reports.inputs import Lang
from reports.text import Words

_TEXTS: dict[Lang, dict[str, str]] = {
    "de": {
        "title": "{a} gegen {b}",
        "worse": "{b} ist schlechter als {a}: {n}.",
        "better": "{b} ist besser als {a}: {n}.",
        "same": "Zwischen {a} und {b} ist keine Änderung zu sehen.",
        "flaky": "{a} und {b} lassen sich nicht vergleichen: {odd} aller Ergebnisse schwanken bei derselben Version; "
        "erlaubt sind {budget}.",
        "runs": "Verglichen wurden {x} Läufe von {a} mit {y} von {b}.",
        "level": "Sind beide gleich, nennt höchstens jeder {n}. Vergleich trotzdem eine Kennzahl (exakter Rangtest "
        "von Mann und Whitney, nach Holm für alle {figures} Kennzahlen berichtigt).",
        "level.one": "Sind beide gleich, nennt höchstens jeder {n}. Vergleich trotzdem die Kennzahl (exakter Rangtest "
        "von Mann und Whitney).",
        "pairs": "{n} Paare von Läufen wurden unmittelbar nacheinander gespielt; auch sie wurden verglichen "
        "(Vorzeichen-Rangtest von Wilcoxon). Weil es zwei Tests sind, zählt die kleinere Wahrscheinlichkeit doppelt.",
        "few": "Für Kennzahlen sind es zu wenige Läufe: Ab je {n} ist eine klare Änderung vom Zufall zu unterscheiden.",
        "gone": "Nur in einer der beiden Versionen gemessen: {names}.",
        "checks": "Prüfungen, die anderes sagen", "figures": "Kennzahlen", "odd": "Prüfungen, die schwanken",
        "none.checks": "Keine Prüfung sagt anderes als vorher.", "none.figures": "Keine Kennzahl wurde verglichen.",
        "none.odd": "Jede Prüfung sagt in allen Läufen einer Version dasselbe.",
        "lead.checks": "So oft kam jedes Ergebnis vor.",
        "lead.figures": "Mediane; die Änderung mit ihrem Bereich, der in 95 von 100 Fällen stimmt; die berichtigte "
        "Wahrscheinlichkeit, dass es Zufall ist. Was sich an einem Anteil ändert, steht in Prozentpunkten.",
        "lead.odd": "Bei derselben Version nicht immer dasselbe Ergebnis.",
        "col.check": "Prüfung", "col.figure": "Kennzahl", "col.change": "Urteil", "col.shift": "Änderung",
        "col.between": "zwischen", "col.chance": "Zufall", "col.release": "Version", "col.often": "abweichend",
        "change.worse": "schlechter", "change.better": "besser", "change.changed": "anders", "change.same": "gleich",
        "of": "{odd} von {runs}", "and": "und", "to": "bis",
        "n.check": "eine Prüfung", "n.checks": "{n} Prüfungen",
        "n.figure": "eine Kennzahl", "n.figures": "{n} Kennzahlen",
    },
    "en": {
        "title": "{a} against {b}",
        "worse": "{b} is worse than {a}: {n}.",
        "better": "{b} is better than {a}: {n}.",
        "same": "No change is seen between {a} and {b}.",
        "flaky": "{a} and {b} cannot be compared: {odd} of all outcomes waver within one release; {budget} may.",
        "runs": "{x} runs of {a} were compared with {y} of {b}.",
        "level": "Where both are alike, at most one comparison in {n} names a figure all the same (exact rank test of "
        "Mann and Whitney, corrected for all {figures} figures after Holm).",
        "level.one": "Where both are alike, at most one comparison in {n} names the figure all the same (exact rank "
        "test of Mann and Whitney).",
        "pairs": "{n} pairs of runs were played right after each other; these were compared, too (Wilcoxon's "
        "signed-rank test). As that makes two tests, the smaller chance counts double.",
        "few": "There are too few runs for figures: from {n} of each on, a clear change can be told from chance.",
        "gone": "Measured in one of the two releases only: {names}.",
        "checks": "Checks that say something else", "figures": "Figures", "odd": "Checks that waver",
        "none.checks": "No check says anything else than before.", "none.figures": "No figure was compared.",
        "none.odd": "Each check says the same in all runs of a release.",
        "lead.checks": "How often each outcome occurred.",
        "lead.figures": "Medians; the change with its interval of 95 %; the corrected chance that it is mere chance. "
        "What changes of a share is told in percentage points.",
        "lead.odd": "Not always the same outcome for the same release.",
        "col.check": "check", "col.figure": "figure", "col.change": "verdict", "col.shift": "change",
        "col.between": "between", "col.chance": "chance", "col.release": "release", "col.often": "odd",
        "change.worse": "worse", "change.better": "better", "change.changed": "changed", "change.same": "same",
        "of": "{odd} of {runs}", "and": "and", "to": "to",
        "n.check": "one check", "n.checks": "{n} checks", "n.figure": "one figure", "n.figures": "{n} figures",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the first cell of each row is its heading."""

    title: str
    lead: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


class Said:
    """A comparison in one language."""

    def __init__(self, comparison: Comparison, lang: Lang) -> None:
        self.comparison, self.words, self._texts = comparison, Words(lang), _TEXTS[lang]
        self._names = {"a": self.words.short(comparison.a, 60), "b": self.words.short(comparison.b, 60)}

    def __call__(self, key: str, **values: object) -> str:
        return self._texts[key].format(**{**self._names, **values})

    @property
    def headline(self) -> str:
        """The answer in one sentence."""
        found = self.comparison
        if found.worse:
            return self("worse", n=self._count("worse", "changed"))
        if found.too_flaky:
            return self("flaky", odd=self._share(found.odd), budget=self._share(found.budget))
        better = self._count("better")
        return self("better", n=better) if better else self("same")

    @property
    def sentences(self) -> list[str]:
        """What the answer rests on."""
        found = self.comparison
        lines = [self("runs", x=found.runs[0], y=found.runs[1])]
        if found.figures:
            level = "level" if len(found.figures) > 1 else "level.one"
            lines.append(self(level, n=round(1 / LEVEL), figures=len(found.figures)))
            if pairs := max(each.pairs for each in found.figures):
                lines.append(self("pairs", n=pairs))
        if found.few:
            lines.append(self("few", n=found.few))
        if found.gone:
            lines.append(self("gone", names=self.words.short(", ".join(found.gone), 400)))
        return lines

    @property
    def grids(self) -> list[Grid]:
        """The tables, those without rows with a sentence for them."""
        found = self.comparison
        return [
            self._grid("checks", ("check", "change", "a", "b"), [self._check(each) for each in found.checks]),
            self._grid(
                "figures", ("figure", "change", "a", "b", "shift", "between", "chance"),
                [self._figure(each) for each in found.figures],
            ),
            self._grid(
                "odd", ("check", "release", "often"),
                [
                    (f"{each.check} {self.words.short(each.name, 60)}", self.words.short(each.release, 60),
                     self("of", odd=each.odd, runs=each.runs))
                    for each in found.flaky
                ],
            ),
        ]  # fmt: skip

    def _grid(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Grid:
        heads = [self._names.get(column) or self(f"col.{column}") for column in columns]
        return Grid(self(name), self(f"lead.{name}" if rows else f"none.{name}"), heads if rows else (), rows)

    def _check(self, each: CheckChange) -> tuple[str, ...]:
        name = f"{each.check} {self.words.short(each.name, 60)}"
        return name, self(f"change.{each.change}"), self._outcomes(each.before), self._outcomes(each.after)

    def _outcomes(self, counts: Mapping[Outcome, int]) -> str:
        return ", ".join(f"{count} × {self.words(f'outcome.{outcome}')}" for outcome, count in sorted(counts.items()))

    def _figure(self, each: FigureChange) -> tuple[str, ...]:
        def number(value: float) -> str:
            return measured(value, each.figure, self.words)

        between = f"{number(each.interval[0])} {self('to')} {number(each.interval[1])}" if each.interval else "–"
        chance = self._share(each.chance) if each.chance >= 0.0005 else f"< {self._share(0.001)}"
        return (
            self.figure(each, 80), self(f"change.{each.change}"), number(each.before), number(each.after),
            f"{'+' if rounded(each.shift, each.figure) > 0 else ''}{number(each.shift)}", between, chance,
        )  # fmt: skip

    def figure(self, each: FigureChange, most: int) -> str:
        """A figure by the name by which it is asked for, and that of its check; of so many characters at most."""
        name = self.comparison.names.get(each.figure.partition(".")[0], "")
        return self.words.short(f"{each.figure} {name}".strip(), most)

    def _share(self, share: float) -> str:
        return f"{self.words.number(100 * share, 1)}\u00a0%"

    def _count(self, *changes: str) -> str:
        checks = sum(each.change in changes for each in self.comparison.checks)
        figures = sum(each.change in changes for each in self.comparison.figures)
        counts = (("check", checks), ("figure", figures))
        parts = [self(f"n.{what}s" if count > 1 else f"n.{what}", n=count) for what, count in counts if count]
        return f" {self('and')} ".join(parts)
