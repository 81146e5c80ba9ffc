"""Running the installers: their output goes to a log, the person sees one line a step."""

import hashlib
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from harness.model.errors import ProvisionError

_TAIL = 12  # lines of a failed installer that are shown; the whole is in the log


class Log:
    """Writes commands and their output to ``file`` and the progress to standard error."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._tail: deque[str] = deque(maxlen=_TAIL)

    @contextmanager
    def heading(self, title: str) -> Iterator[None]:
        """Say what is being done, then how long it took; when it failed, the last lines of the last installer."""
        began = time.monotonic()
        self._file.write(f"{title}\n")
        print(f"{title} …", file=sys.stderr, flush=True)
        try:
            yield
        except ProvisionError:
            for line in self._tail:
                print(f"      | {line}", file=sys.stderr, flush=True)
            raise
        print(f"      done in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)

    def run(self, command: Sequence[str], *, cwd: Path, env: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Run ``command`` without standard input; its exit code and its last line."""
        self._file.write(f"$ {' '.join(command)}\n")
        self._file.flush()
        self._tail.clear()
        with subprocess.Popen(
            command,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as process:
            for line in process.stdout or ():
                self._file.write(line)
                if line.strip():
                    self._tail.append(line.rstrip())
        return process.returncode, self._tail[-1] if self._tail else ""


def digest(*parts: str | bytes | Path) -> str:
    """One SHA-256 (hex) over texts and the contents of files, each with its length so that none runs into the next."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if isinstance(part, Path) else part.encode() if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()
