"""What the bench needs from the machine, and where it is looked for. Cheap enough to be looked at on every start."""

import glob
import importlib.util
import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_SBIN = ("/usr/local/sbin", "/usr/sbin", "/sbin")  # left out of an ordinary user's PATH on Debian
_PLAYWRIGHT_CHROMIUM = "browsers/chromium-*/chrome-linux*/chrome"  # inside .pruefstand, Playwright's own layout


@dataclass(frozen=True, slots=True)
class Need:
    """Something of the machine: ``package`` installs it (Debian, Ubuntu); any of ``marks`` shows that it is there.

    A mark is the name of a program, the absolute path of a file, or ``module:NAME`` for a standard Python module that
    distributions split off. ``version`` are the arguments that make the program tell its version. ``service`` is the
    service that the package would start by itself and that must stay off, since the bench starts its own.
    """

    name: str
    package: str
    why: str
    marks: tuple[str, ...]
    version: tuple[str, ...] = ()
    service: str = ""


NEEDS = (
    Need(
        "python venv",
        f"python{sys.version_info.major}.{sys.version_info.minor}-venv",
        "makes the bench's own environment",
        ("module:ensurepip",),
    ),
    Need("certificates", "ca-certificates", "packages come over TLS", ("/etc/ssl/certs/ca-certificates.crt",)),
    Need("chromium", "chromium", "the citizen's and the clerk's browser", ("chromium",), ("--version",)),
    Need("janus", "janus", "the media server of the town hall", ("janus",), ("--version",), "janus"),
    Need("coturn", "coturn", "the relay of the town hall", ("turnserver",), ("--version",), "coturn"),
    Need("tcpdump", "tcpdump", "looks at the wire", ("tcpdump",), ("--version",)),
    Need("iproute2", "iproute2", "hosts as network namespaces", ("ip",), ("-V",)),
    Need("espeak-ng", "espeak-ng", "the voice of the fake microphone", ("espeak-ng",), ("--version",)),
    Need(
        "font",
        "fonts-dejavu-core",
        "umlauts in pictures and pages",
        ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",),
    ),
)


def find_program(name: str) -> str | None:
    """The path of a program, also in the folders for system programs; snaps do not count: they cannot see our files."""
    folders = [*os.environ.get("PATH", os.defpath).split(os.pathsep), *_SBIN]
    path = shutil.which(name, path=os.pathsep.join(folders))
    return None if path is None or os.path.realpath(path).startswith("/snap/") or path.startswith("/snap/") else path


def find_chromium(state: Path) -> str | None:
    """The browser to drive: the distribution's, else the one that Playwright's installer put into ``state``."""
    return find_program("chromium") or next(iter(sorted(glob.glob(str(state / _PLAYWRIGHT_CHROMIUM)))), None)


def is_present(need: Need, state: Path) -> bool:
    """Whether any mark of ``need`` is there; ``state`` is the folder ``.pruefstand``."""
    if need.name == "chromium":
        return find_chromium(state) is not None
    return any(_is_there(mark) for mark in need.marks)


def missing(state: Path, needs: Iterable[Need] = NEEDS) -> tuple[Need, ...]:
    """The needs that this machine does not meet, in the order of the table."""
    return tuple(need for need in needs if not is_present(need, state))


def _is_there(mark: str) -> bool:
    if mark.startswith("module:"):
        return importlib.util.find_spec(mark.removeprefix("module:")) is not None
    if mark.startswith("/"):
        return os.path.exists(mark)
    return find_program(mark) is not None
