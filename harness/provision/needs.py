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
_SNAPS = "/snap/"
WANTS = "PRUEFSTAND_WANTS"


@dataclass(frozen=True, slots=True)
class Need:
    """Something of the machine: ``package`` installs it (Debian, Ubuntu); any of ``marks`` shows that it is there.

    A mark is the name of a program, the absolute path of a file (``*`` for a version in it), or ``module:NAME`` for a
    standard Python module that distributions split off. ``version`` are the arguments that make the program tell its
    version. ``service`` is the service that the package would start by itself and that must stay off, since the bench
    starts its own. ``own`` is where a later step puts the program, inside ``.pruefstand``, when the distribution has no
    package of it. What is ``optional`` is installed only for a start that asks for it by name.
    """

    name: str
    package: str
    why: str
    marks: tuple[str, ...]
    version: tuple[str, ...] = ()
    service: str = ""
    own: str = ""
    optional: bool = False


NEEDS = (
    Need(
        "python venv",
        f"python{sys.version_info.major}.{sys.version_info.minor}-venv",
        "makes the bench's own environment",
        ("module:ensurepip",),
    ),
    Need("certificates", "ca-certificates", "packages come over TLS", ("/etc/ssl/certs/ca-certificates.crt",)),
    Need(
        "chromium",
        "chromium",
        "the citizen's and the clerk's browser",
        ("chromium",),
        ("--version",),
        own="browsers/chromium-*/chrome-linux*/chrome",  # as Playwright's installer lays it out
    ),
    Need(
        "firefox",
        "firefox-esr",
        "another browser than Chromium, for --browser firefox and --browser mixed",
        ("firefox-esr", "firefox"),
        ("--version",),
        optional=True,
    ),
    Need(
        "janus",
        "janus",
        "the media server of the town hall",
        ("janus",),
        ("--version",),
        service="janus",
        own="janus/bin/janus",
    ),
    Need("coturn", "coturn", "the relay of the town hall", ("turnserver",), ("--version",), service="coturn"),
    Need("tcpdump", "tcpdump", "looks at the wire", ("tcpdump",), ("--version",)),
    Need("iproute2", "iproute2", "hosts as network namespaces", ("ip",), ("-V",)),
    Need("espeak-ng", "espeak-ng", "the voice of the fake microphone", ("espeak-ng",), ("--version",)),
    Need(
        "font",
        "fonts-dejavu-core",
        "umlauts in pictures and pages",
        ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",),
    ),
    Need("tesseract", "tesseract-ocr", "reads the page that is shared in a call", ("tesseract",), ("--version",)),
    Need(
        "tesseract's German",
        "tesseract-ocr-deu",
        "the language of that page",
        ("/usr/share/tesseract-ocr/*/tessdata/deu.traineddata",),
    ),
    Need(
        "postgresql",
        "postgresql",
        "the other database that ./pruefstand test runs the town hall on",
        ("postgres", "/usr/lib/postgresql/*/bin/postgres"),  # Debian keeps each version's programs out of the PATH
        service="postgresql",
        optional=True,
    ),
)


def find_program(name: str) -> str | None:
    """The path of a program, also in the folders for system programs; snaps do not count: they cannot see our files."""
    folders = [*os.environ.get("PATH", os.defpath).split(os.pathsep), *_SBIN]
    path = shutil.which(name, path=os.pathsep.join(folders))
    return None if path is None or _SNAPS in {path[: len(_SNAPS)], os.path.realpath(path)[: len(_SNAPS)]} else path


def find(name: str, state: Path) -> str | None:
    """The program of the need ``name``: the machine's, else the one that a step put into ``state`` (.pruefstand)."""
    need = next(need for need in NEEDS if need.name == name)
    found = next((path for mark in need.marks if (path := find_program(mark))), None)
    return found or (next(iter(sorted(glob.glob(str(state / need.own)))), None) if need.own else None)


def is_present(need: Need, state: Path) -> bool:
    """Whether any mark of ``need`` is there, or what a step of ours put into ``state`` instead."""
    return any(_is_there(mark) for mark in need.marks) or bool(need.own and glob.glob(str(state / need.own)))


def missing(state: Path, needs: Iterable[Need] = NEEDS) -> tuple[Need, ...]:
    """The needs that this machine does not meet, in the order of the table; optional ones where they are asked for."""
    return tuple(
        need for need in needs if not (need.optional and need.name not in asked_for()) and not is_present(need, state)
    )


def asked_for() -> tuple[str, ...]:
    """The optional needs of this start: the launcher leaves their names in ``PRUEFSTAND_WANTS``."""
    return tuple(os.environ.get(WANTS, "").split())


def _is_there(mark: str) -> bool:
    if mark.startswith("module:"):
        return importlib.util.find_spec(mark.removeprefix("module:")) is not None
    if mark.startswith("/"):
        return bool(glob.glob(mark))
    return find_program(mark) is not None
