"""``pruefstand doctor``: what the bench needs of this machine, what is there, and the mend for what is not."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.cli.machine import Machine, look
from harness.model.exit_code import ExitCode
from harness.provision.needs import NEEDS

_CAP_NET_ADMIN, _CAP_NET_RAW, _CAP_SYS_PTRACE, _CAP_SYS_ADMIN = 12, 13, 19, 21  # linux/capability.h
_CORES, _MEMORY = 2, 4 * 2**30  # below these a two-way call and the bench beside it get in each other's way (measured)


class State(StrEnum):
    """How a need stands: ``LIMITED`` costs a vantage point or comfort, ``MISSING`` stops the bench."""

    OK = "ok"
    LIMITED = "limited"
    MISSING = "missing"


class Row(NamedTuple):
    """One line of the table: what, how it stands, what was seen, and the mend (empty where all is well)."""

    name: str
    state: State
    seen: str
    mend: str = ""


def examine(machine: Machine) -> list[Row]:
    """Every row about ``machine``, in the order of the table. Pure."""
    return [*_tools(machine), _packages(machine), _client(machine), *_rights(machine), *_size(machine)]


def table(rows: Iterable[Row]) -> Table:
    """The rows for a terminal."""
    shown = Table(title="What the bench needs of this machine", title_justify="left")
    for heading in ("need", "state", "seen", "mend"):
        shown.add_column(heading, overflow="fold")
    colours = {State.OK: "green", State.LIMITED: "yellow", State.MISSING: "bold red"}
    for row in rows:
        state = Text(row.state, style=colours[row.state])
        shown.add_row(Text(row.name), state, Text(row.seen), Text(row.mend))
    return shown


def doctor(console: Console) -> int:
    """Print the table of this machine; 0 when the bench can work here, 2 when something is missing."""
    rows = examine(look())
    console.print(table(rows))
    absent = [row.name for row in rows if row.state is State.MISSING]
    console.print(f"Missing: {', '.join(absent)}." if absent else "Nothing is missing: the bench can work here.")
    return ExitCode.BENCH if absent else ExitCode.OK


def _tools(machine: Machine) -> list[Row]:
    rows = [Row("python", State.OK, machine.python)]
    for need in NEEDS:
        version = machine.versions.get(need.name)
        if version is None and need.optional:
            mend = f"is installed when asked for, or: apt-get install --no-install-recommends {need.package}"
            rows.append(Row(need.name, State.LIMITED, f"not found ({need.why})", mend))
        elif version is None:
            mend = f"start ./pruefstand again, or: apt-get install --no-install-recommends {need.package}"
            rows.append(Row(need.name, State.MISSING, f"not found ({need.why})", mend))
        else:
            rows.append(Row(need.name, State.OK, version or need.why))
    return rows


def _packages(machine: Machine) -> Row:
    other = sorted(name for name, locked in machine.locked.items() if machine.installed.get(name) != locked)
    if not other:
        return Row("python packages", State.OK, f"{len(machine.locked)} as locked")
    seen = f"not as locked: {', '.join(other[:5])}" + (f" and {len(other) - 5} more" if len(other) > 5 else "")
    return Row("python packages", State.MISSING, seen, "delete .pruefstand and start again")


def _client(machine: Machine) -> Row:
    if machine.client_built:
        return Row("web client", State.OK, "built")
    return Row("web client", State.MISSING, "not built", "start ./pruefstand again")


def _rights(machine: Machine) -> list[Row]:
    def may(*capabilities: int) -> bool:
        return all(machine.capabilities >> number & 1 for number in capabilities)

    rows = []
    for name, able, lost in (
        ("right to capture", may(_CAP_NET_RAW), "nothing is seen on the wire"),
        ("right to make hosts", may(_CAP_NET_ADMIN, _CAP_SYS_ADMIN), "no network namespaces"),
        (
            "right to read memory",
            may(_CAP_SYS_PTRACE) or machine.ptrace_scope <= 1,
            "server processes cannot be searched for keys",
        ),
    ):
        if able:
            rows.append(Row(name, State.OK, "granted"))
        else:
            rows.append(Row(name, State.LIMITED, f"not granted: {lost}", "run as root (sudo ./pruefstand …)"))
    return rows


def _size(machine: Machine) -> list[Row]:
    gib = f"{machine.memory / 2**30:.1f} GiB"
    enough = machine.cores >= _CORES and machine.memory >= _MEMORY
    size = f"{machine.cores} cores, {gib}"
    return [
        Row("cores and memory", State.OK, size)
        if enough
        else Row("cores and memory", State.LIMITED, size, f"give it {_CORES} cores and {_MEMORY // 2**30} GiB"),
        Row("shared memory", State.OK, "/dev/shm is writable")
        if machine.shared_memory
        else Row("shared memory", State.MISSING, "/dev/shm is not writable", "mount a tmpfs there: browsers need it"),
    ]
