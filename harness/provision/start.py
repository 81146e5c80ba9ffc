"""What ``./pruefstand`` does: prepare, then become the bench."""

import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

from harness.model.errors import ProvisionError
from harness.provision.browser import browsers_folder
from harness.provision.environment import python_of
from harness.provision.janus import own_programs
from harness.provision.needs import WANTS
from harness.provision.prepare import prepare

ROOT = Path(__file__).resolve().parents[2]
_CANNOT_WORK = 2  # harness.model.exit_code.ExitCode.BENCH, which needs packages that are not there yet
_INTERRUPTED = 130  # as shells report SIGINT


def main(arguments: Sequence[str]) -> int:
    """Prepare the environment and hand over to it; returns only when that failed."""
    os.environ[WANTS] = " ".join(optional_needs(arguments))
    try:
        prepare(ROOT)
    except ProvisionError as error:
        print(f"pruefstand: {error}", file=sys.stderr)
        return _CANNOT_WORK
    except KeyboardInterrupt:
        print("pruefstand: stopped; the next start goes on from here.", file=sys.stderr)
        return _INTERRUPTED
    return _hand_over(arguments)


def optional_needs(arguments: Sequence[str]) -> list[str]:
    """What a start needs beside what every start needs: PostgreSQL for ``test``, Firefox for ``--browser``."""
    if arguments[:1] == ["test"]:
        return ["postgresql"]
    spoken = [part for argument in arguments for part in argument.split("=", 1)]
    browsers = {value for option, value in pairwise(spoken) if option == "--browser"}
    return ["firefox"] if browsers & {"firefox", "mixed"} else []


def _hand_over(arguments: Sequence[str]) -> NoReturn:
    if browsers_folder(ROOT).exists():
        os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(browsers_folder(ROOT)))
    if own_programs(ROOT).exists():
        os.environ["PATH"] = f"{own_programs(ROOT)}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    module = "harness.provision.selftest" if arguments[:1] == ["test"] else "harness.cli"
    rest = arguments[1:] if arguments[:1] == ["test"] else arguments
    python = str(python_of(ROOT))
    os.execv(python, [python, "-P", "-m", module, *rest])
