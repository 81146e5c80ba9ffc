"""The memory of a server process, read while the call runs (proc(5): ``/proc/PID/maps`` and ``/proc/PID/mem``)."""

from collections.abc import Iterator
from pathlib import Path

from harness.model.errors import ProvisionError
from harness.vantage.search import PIECE, Item

_SKIPPED = ("[vvar]", "[vsyscall]", "[vdso]", "[vvar_vclock]")
OVERLAP = 256


def memory_of(pid: int, name: str) -> Iterator[Item]:
    """Every readable, writable mapping of a process, in overlapping pieces.

    Only writable memory can hold what the process was told; a mapping that goes away while it is read is left out.
    Raises ``ProvisionError`` when the right to look is missing.
    """
    try:
        maps = Path(f"/proc/{pid}/maps").read_text()
        memory = open(f"/proc/{pid}/mem", "rb", buffering=0)  # noqa: SIM115 - closed by the with below
    except PermissionError as error:
        raise ProvisionError(f"The memory of {name} cannot be read: run the bench as root (or with sudo).") from error
    except OSError:
        return
    with memory:
        for line in maps.splitlines():
            fields = line.split(maxsplit=5)
            if not fields[1].startswith("rw") or (len(fields) > 5 and fields[5] in _SKIPPED):
                continue
            first, last = (int(part, 16) for part in fields[0].split("-"))
            label = fields[5].rsplit("/", 1)[-1] if len(fields) > 5 else "heap"
            at = first
            while at < last:
                try:
                    memory.seek(at)
                    data = memory.read(min(PIECE, last - at))
                except OSError:
                    break
                if not data:
                    break
                yield Item(f"{name} memory ({label})", data)
                at += len(data) if at + len(data) >= last else max(len(data) - OVERLAP, 1)
