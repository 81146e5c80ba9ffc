"""How long the reports of a ten-minute run take, and whether the same evidence gives the same bytes.

``python -m benchmarks.reports`` makes a run of ``pruefstand verify`` and one of ``pruefstand quality``
(``benchmarks.made_runs``), then judges and reports both in two processes that shuffle their sets differently
(``PYTHONHASHSEED``), and compares every file. ``--run FOLDER`` takes a stored run instead of the made one.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.figures import Figure, Spent, measured, on_one_core, show
from benchmarks.long_call import arguments, wanted_of
from benchmarks.made_runs import plain_read, quality_run, releases, verify_run
from crypto_checks.catalogue import CATALOGUE
from harness.cli.capacity import page_of
from harness.cli.compare import compare_runs, told
from harness.cli.history import keep_and_draw
from harness.cli.quality_page import quality_of
from harness.judge import judge
from harness.store import read_run
from quality_checks.bands import load_bands
from quality_checks.catalogue import catalogue
from reports.capacity_page import write_capacity
from reports.html import render_html
from reports.inputs import ReportInput
from reports.junit import render_junit
from reports.pdf.render import render_pdf
from reports.quality_page import write_quality
from reports.verdicts_json import render_verdicts
from tests.load.test_capacity_result import result as capacity_result

REPORT, PRINTED = 5.0, 10.0  # seconds
BUDGET = 0.05
PLAIN, QUALITY_PLAIN = "plain read of the evidence", "plain read of its records"
_TARGETS = {"report.html": REPORT, "report.pdf": PRINTED, "quality.html, .json": REPORT}
_OF_NO_EVIDENCE = ("capacity page", "compare, 20 runs each", "history of 40 runs")  # of results and verdicts alone
_SHUFFLES = ("1", "2")


def make(run: Path, quality: Path, out: Path) -> dict[str, Spent]:
    """Everything once: what each part took, in the order in which a run meets them. Files go to ``out``."""
    spent: dict[str, Spent] = {}
    plain_read(run)  # so that no part pays for the disk
    with measured() as spent[PLAIN]:
        plain_read(run)
    with measured() as spent["judging"]:
        info, evidence = read_run(run)
        verdicts = judge(CATALOGUE, evidence)
    given = ReportInput(run=info, verdicts=verdicts, checks=CATALOGUE, evidence=evidence, lang="de")
    for name, text in (("verdicts.json", render_verdicts), ("junit.xml", render_junit), ("report.html", render_html)):
        with measured() as spent[name]:
            (out / name).write_text(text(given), "utf-8")
    with measured() as spent["report.pdf"]:
        (out / "report.pdf").write_bytes(render_pdf(given))
    with measured() as spent[QUALITY_PLAIN]:
        plain_read(quality)
    with measured() as spent["judging 30 calls"]:
        run_of_quality = read_run(quality)
        judge(catalogue(), run_of_quality[1])
    (out / "quality").mkdir()
    with measured() as spent["quality.html, .json"]:
        result = quality_of(*run_of_quality, load_bands())
        write_quality(result, run_of_quality[1], out / "quality", "de")
    capacity = capacity_result()
    with measured() as spent["capacity page"]:
        write_capacity(page_of(capacity, "de"), out / "capacity.html")
    before, after = releases(out / "releases", out / "verdicts.json")
    with measured() as spent["compare, 20 runs each"]:
        told(compare_runs(before, after, ("1.0", "1.1"), [], BUDGET), out / "compare", "de")
    with measured() as spent["history of 40 runs"]:
        keep_and_draw([before, after], out / "history.sqlite", out / "history.html", "de")
    return spent


def made_apart(run: Path, quality: Path, out: Path, shuffle: str) -> dict[str, Spent]:
    """``make`` in a process of its own."""
    out.mkdir()
    command = [sys.executable, "-m", "benchmarks.reports", "--make", str(run), str(quality), str(out)]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONHASHSEED": shuffle}, stdout=subprocess.PIPE, check=True, text=True
    )
    return {name: Spent(*each) for name, each in json.loads(done.stdout.splitlines()[-1]).items()}


def different(one: Path, other: Path) -> list[str]:
    """The files (below a folder each) that are not the same bytes, or are in one alone; the database is no report."""
    names = {
        file.relative_to(folder).as_posix() for folder in (one, other) for file in folder.rglob("*") if file.is_file()
    }
    return sorted(name for name in names if not name.endswith(".sqlite") and _bytes(one / name) != _bytes(other / name))


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def figures(makings: Sequence[Mapping[str, Spent]]) -> list[Figure]:
    """Of each part the faster making, with its ratio to a plain read of the same evidence."""
    best = {name: min((each[name] for each in makings), key=lambda spent: spent.cpu) for name in makings[0]}
    lines, plain = [], best[PLAIN]
    for name, spent in best.items():
        plain = spent if name in (PLAIN, QUALITY_PLAIN) else plain
        alone = spent is plain or name in _OF_NO_EVIDENCE
        ratio = "" if alone else f" ({spent.cpu / max(plain.cpu, 1e-6):,.1f} plain reads)"
        lines.append(Figure(name + ratio, spent.cpu, "s", _TARGETS.get(name), wall=spent.wall))
    return lines


def run(run: Path, quality: Path, out: Path) -> None:
    """Makes everything twice and prints."""
    size = sum(file.stat().st_size for file in (run / "evidence").rglob("*") if file.is_file())
    print(f"Reports of a run with {size / 1e6:.0f} MB of evidence {on_one_core()} …", flush=True)
    makings = [made_apart(run, quality, out / shuffle, shuffle) for shuffle in _SHUFFLES]
    show("Reports (measured: processor time, the faster of two)", figures(makings))
    unlike = different(*(out / shuffle for shuffle in _SHUFFLES))
    print("Bytes of the two makings: " + (f"different in {', '.join(unlike)}." if unlike else "the same, every file."))


def main(given: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reports", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--run", type=Path, help="report on this run folder instead of making one")
    parser.add_argument("--make", type=Path, nargs=3, help=argparse.SUPPRESS)  # the two processes
    arguments(parser)
    chosen = parser.parse_args(given)
    if chosen.make:
        print(json.dumps({name: (each.cpu, each.wall) for name, each in make(*chosen.make).items()}))
        return
    with tempfile.TemporaryDirectory(prefix="pruefstand-benchmark-") as name:
        folder = Path(name)
        if not chosen.run:
            verify_run(folder / "verify", wanted_of(chosen))
        quality_run(folder / "quality")
        (folder / "made").mkdir()
        run(chosen.run or folder / "verify", folder / "quality", folder / "made")


if __name__ == "__main__":
    main()
