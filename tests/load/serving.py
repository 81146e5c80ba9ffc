"""A town hall that a process of its own serves, as ``pruefstand serve`` has it, and what that says."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from harness.processes import die_with_parent
from load.bots.municipality import write_municipality
from load.measure.halls import PASSWORD, Hall, wanted_hall

ROOT = Path(__file__).resolve().parents[2]
_SAID = re.compile(
    r"Town hall:\s+(?P<here>\S+)/\n(?:For other hosts:\s+(?P<there>\S+)/\n)?"
    r".*Password of the clerks:\s+(?P<password>\S+)\nMails to citizens:\s+(?P<mails>\S+)",
    re.DOTALL,
)


def as_it_is(command: Sequence[str]) -> list[str]:
    """The command on this host."""
    return list(command)


@contextmanager
def serving(
    folder: Path, calls: int, *more: str, on: Callable[[Sequence[str]], list[str]] = as_it_is
) -> Iterator[Hall]:
    """A town hall with desks for so many calls; ``on`` has its command run on another host, ``more`` are options."""
    tenants = write_municipality(folder / "tenants", calls)
    command = [
        sys.executable,
        "-m",
        "harness.cli",
        "serve",
        "--folder",
        str(folder / "hall"),
        "--tenants",
        str(tenants),
    ]
    with subprocess.Popen(
        on([*command, *more]), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
        preexec_fn=die_with_parent, env=os.environ | {"PYTHONUNBUFFERED": "1"},
    ) as process:  # fmt: skip
        try:
            yield _announced(process)
        finally:
            process.terminate()


def _announced(process: "subprocess.Popen[str]") -> Hall:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl-C" in line:
            break
    found = _SAID.search(said)
    assert found, said
    url, mails, environment = found["there"] or found["here"], Path(found["mails"]), {PASSWORD: found["password"]}
    hall = wanted_hall("townhall", url, mails, "lasthausen", "amt{:04}", "kita", environment)
    assert hall is not None
    return hall
