"""A release as its runs showed it: of each run the outcome of every check, and the figures."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.model.errors import RunStoreError
from harness.model.outcome import Outcome
from reports.verdicts_json import VerdictsFile, read_verdicts

VERDICTS = "verdicts.json"


@dataclass(frozen=True, slots=True)
class Ran:
    """One run: outcomes by check, figures by ``CHECK.name``. Runs of A and B of one ``pair`` were played right after
    each other; 0 where they were not."""

    id: str
    outcomes: Mapping[str, Outcome]
    figures: Mapping[str, float]
    names: Mapping[str, str]  # of the checks
    pair: int = 0


@dataclass(frozen=True, slots=True)
class Release:
    """``name`` is what the reader calls it; ``runs`` in the order in which they were played."""

    name: str
    runs: tuple[Ran, ...]

    def outcomes(self, check: str) -> Counter[Outcome]:
        """How often a check had which outcome."""
        return Counter(run.outcomes[check] for run in self.runs if check in run.outcomes)

    def values(self, figure: str) -> list[float]:
        """A figure in every run that has it."""
        return [run.figures[figure] for run in self.runs if figure in run.figures]

    def by_pair(self, figure: str) -> Mapping[int, float] | None:
        """A figure by pair; ``None`` where a run that has it is of no pair, or two are of the same."""
        found = [(run.pair, run.figures[figure]) for run in self.runs if figure in run.figures]
        pairs = dict(found)
        return pairs if len(pairs) == len(found) and 0 not in pairs else None


def read_release(name: str, folders: Sequence[Path]) -> Release:
    """The release whose runs lie in these folders: run folders, or folders that hold some.

    Raises ``RunStoreError`` where there is none, or one cannot be read.
    """
    runs = (_ran(read_verdicts(file), _pair(file.with_name("run.json"))) for file in verdict_files(folders))
    return Release(name, tuple(sorted(runs, key=lambda run: run.id)))


def verdict_files(folders: Sequence[Path]) -> Iterator[Path]:
    """The verdicts of run folders, and of those that lie in a folder. Raises ``RunStoreError`` where one has none."""
    for folder in folders:
        files = [folder / VERDICTS] if (folder / VERDICTS).is_file() else sorted(folder.glob(f"*/{VERDICTS}"))
        if not files:
            raise RunStoreError(f"{folder} holds no judged run: name a run folder, or a folder with runs in it.")
        yield from files


def _pair(file: Path) -> int:
    """Of which pair a run is, as ``compare --play`` wrote it down."""
    try:
        pair = json.loads(file.read_text("utf-8"))["turn"]["pair"]
    except (OSError, ValueError, LookupError, TypeError):
        return 0
    return pair if isinstance(pair, int) and pair > 0 else 0


def _ran(file: VerdictsFile, pair: int) -> Ran:
    return Ran(
        id=file.run.id,
        pair=pair,
        outcomes={verdict.check: verdict.outcome for verdict in file.verdicts},
        figures={
            f"{verdict.check}.{name}": value
            for verdict in file.verdicts
            for name, value in verdict.finding.figures.items()
        },
        names={verdict.check: verdict.name for verdict in file.verdicts},
    )
