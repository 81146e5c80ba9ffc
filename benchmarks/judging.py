"""How long judging a stored ten-minute call of two people takes, with every check of the catalogue.

``python -m benchmarks.judging`` makes the run (``benchmarks.long_call``), reads it as ``pruefstand judge`` does, with
the hash of every file, and judges it on one core. ``--run FOLDER`` judges a run that is there already.
"""

import argparse
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.figures import Figure, Spent, measured, on_one_core, show
from benchmarks.long_call import arguments, wanted_of, write_run
from crypto_checks.catalogue import CATALOGUE
from harness.judge import judge
from harness.model.verdict import Verdict
from harness.store import read_run

TARGET = 10.0  # seconds
SLOWEST = 6  # checks that are shown


def judge_timed(folder: Path) -> tuple[Mapping[str, Spent], list[Verdict]]:
    """Judges a run folder: what reading (``read``) and each check took, and the verdicts.

    The checks share what they read of the evidence, so whichever comes first pays for it. Raises ``RunStoreError``.
    """
    times: dict[str, Spent] = {}
    with measured() as times["read"]:
        _, evidence = read_run(folder)
    verdicts: list[Verdict] = []
    for check in CATALOGUE:
        with measured() as times[check.id]:
            verdicts += judge([check], evidence)
    return times, verdicts


def figures(times: Mapping[str, Spent]) -> list[Figure]:
    """The sum, which has a target, and what took longest."""
    cpu, wall = sum(each.cpu for each in times.values()), sum(each.wall for each in times.values())
    longest = sorted(times.items(), key=lambda each: -each[1].cpu)[:SLOWEST]
    return [
        Figure(f"judging a stored call with {len(times) - 1} checks", cpu, "s", TARGET, wall=wall),
        *(Figure(f"  of which {name}", spent.cpu, "s", wall=spent.wall) for name, spent in longest),
    ]


def run(folder: Path) -> None:
    """Judges and prints."""
    size = sum(file.stat().st_size for file in (folder / "evidence").rglob("*") if file.is_file())
    print(f"Judging {size / 1e6:.0f} MB of evidence {on_one_core()} …", flush=True)
    times, verdicts = judge_timed(folder)
    show("Judging (measured: processor time)", figures(times))
    said: dict[str, int] = {}
    for verdict in verdicts:
        said[verdict.outcome.value] = said.get(verdict.outcome.value, 0) + 1
    print("Verdicts: " + ", ".join(f"{count} {outcome}" for outcome, count in sorted(said.items())) + ".")


def main(given: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.judging", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--run", type=Path, help="judge this run folder instead of making one")
    arguments(parser)
    chosen = parser.parse_args(given)
    if chosen.run:
        run(chosen.run)
        return
    with tempfile.TemporaryDirectory(prefix="pruefstand-benchmark-") as folder:
        write_run(Path(folder) / "long-call", wanted_of(chosen))
        run(Path(folder) / "long-call")


if __name__ == "__main__":
    main()
