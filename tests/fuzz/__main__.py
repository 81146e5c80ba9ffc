"""Feeds the parsers of ``harness/wire`` with hostile inputs: ``python -m tests.fuzz --help``."""

import argparse
import contextlib
import importlib.util
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.fuzz.feed import FOUND, Tally, feed
from tests.fuzz.parsers import PARSERS
from tests.fuzz.summary import summary

EXAMPLES = """examples:
  python -m tests.fuzz --list                               the parsers
  python -m tests.fuzz --inputs 10000000                    ten million inputs to each
  python -m tests.fuzz --parser pcap --seconds 60           one of them for a minute
  ./pruefstand test -e fuzz -- --parser pcap --seconds 60   the same, guided by coverage (atheris is installed for it)

An input that is not borne is written to tests/fuzz/found/PARSER/; the unit tests replay what lies there.
Exit 0: nothing found; 1: something was; 2: wrong call."""


def main(arguments: list[str] | None = None) -> int:
    """Feed one or all; a line as it goes, a line for each parser at its end."""
    options = _options(arguments)
    if options.list:
        for parser in PARSERS.values():
            print(f"{parser.name:16} {', '.join(parser.covers)}")
        return 0
    if options.sum:
        print(summary(options.sum.read_text().splitlines()))
        return 0
    engine = options.engine
    if engine == "auto":
        engine = "atheris" if importlib.util.find_spec("atheris") else "own"
    if engine == "atheris" and not importlib.util.find_spec("atheris"):
        print("atheris is not installed here: ./pruefstand test -e fuzz -- ... has it, or choose --engine own.")
        return 2
    print(
        f"inputs by {'atheris, guided by coverage' if engine == 'atheris' else 'our own mutator, seeded'}", flush=True
    )
    found = 0
    for name in options.parser or PARSERS:
        tally = _guided(name, options) if engine == "atheris" else _own(name, options)
        print(tally, flush=True)
        for each in tally.found:
            print(f"  found {each}", flush=True)
        found += len(tally.found)
        if options.results:
            with options.results.open("a") as file:
                file.write(json.dumps(asdict(tally)) + "\n")
        if tally.interrupted:
            break
    return 1 if found else 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz",
        description=__doc__,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--parser", action="append", choices=sorted(PARSERS), metavar="NAME", help="only this one (again)"
    )
    parser.add_argument("--inputs", type=int, default=10_000_000, help="to each parser (10000000)")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="at most so long for each parser")
    parser.add_argument("--seed", type=int, default=0, help="of the mutator (0)")
    parser.add_argument(
        "--engine", choices=("auto", "atheris", "own"), default="auto", help="auto: atheris if installed"
    )
    parser.add_argument("--found", type=Path, default=FOUND, help="folder for inputs that are not borne")
    parser.add_argument("--results", type=Path, help="add a line of JSON for each parser to this file")
    parser.add_argument("--list", action="store_true", help="name the parsers and what they cover")
    parser.add_argument("--sum", type=Path, metavar="RESULTS", help="feed nothing: add up such a file as a table")
    return parser.parse_args(arguments)


def _own(name: str, options: argparse.Namespace) -> Tally:
    return feed(
        PARSERS[name],
        options.inputs,
        options.seconds,
        options.seed,
        lambda tally: print(f"  {tally}", flush=True),
        options.found,
    )


def _guided(name: str, options: argparse.Namespace) -> Tally:
    """In a process of its own: the engine never gives one back."""
    call = [sys.executable, "-m", "tests.fuzz.guided", name, str(options.inputs), str(options.seconds)]
    with tempfile.TemporaryDirectory() as corpus:
        call += [str(options.seed), str(options.found), corpus]
        said = subprocess.run(call, stdout=subprocess.PIPE, text=True, check=False).stdout.splitlines()
    with contextlib.suppress(OSError):
        (options.found / name).rmdir()  # where nothing was found, nothing is left behind
    if not said or not said[-1].startswith("{"):
        return Tally(name, "atheris", found=["the engine ended without a word: its output is above"])
    return Tally(**json.loads(said[-1]))


if __name__ == "__main__":
    raise SystemExit(main())
