"""Step: the media server out of another Debian release, only where this one has no package of it (Debian 13).

The packages come from the Debian mirror that this machine uses anyway, are verified by its keys, and are unpacked into
``.pruefstand/janus`` beside the system, not into it: the server finds its libraries there, the C library stays the
machine's own (a newer one runs older programs, not the other way round).
"""

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from harness.model.errors import ProvisionError
from harness.provision.needs import find
from harness.provision.run import Log

_RELEASE = "bookworm"  # whose Janus, 1.1.2, the bench is proven with
_THE_MACHINES_OWN = ("libc6", "libgcc-s1", "libstdc++6", "libcrypt1")
_YOUR_OWN_WAY = "put a `janus` on the PATH your own way and start again."


def own_programs(root: Path) -> Path:
    """The folder with the program, for the PATH."""
    return root / ".pruefstand" / "janus" / "bin"


def is_done(root: Path) -> bool:
    """Whether there is a media server."""
    return find("janus", root / ".pruefstand") is not None


def title(root: Path) -> str:
    """What will be installed, in one line."""
    return f"Fetching Janus from Debian {_RELEASE} into .pruefstand/janus, since this distribution has no package of it"


def install(root: Path, log: Log) -> None:
    """Fetch the package with its libraries, unpack them, and put a program beside that knows where they are."""
    mirror = debian_mirror(_known_sources())
    if mirror is None:
        raise ProvisionError(
            f"This distribution has no package of Janus and no Debian mirror is known: {_YOUR_OWN_WAY}"
        )
    place = root / ".pruefstand" / "janus"
    shutil.rmtree(place, ignore_errors=True)
    for folder in ("lists/partial", "archives/partial", "bin"):
        (place / folder).mkdir(parents=True)
    (place / "status").touch()  # nothing is installed, says this file: all libraries come along
    (place / "sources.list").write_text(f"deb {mirror} {_RELEASE} main\n")
    apt = ["apt-get", "--quiet", "--yes", *apt_options(place)]
    fetch = [*apt, "--download-only", "--no-install-recommends", "install", "janus"]
    if log.run([*apt, "update"], cwd=root)[0] or log.run(fetch, cwd=root)[0]:
        raise ProvisionError(f"Janus could not be fetched from Debian {_RELEASE}: check the mirror, or {_YOUR_OWN_WAY}")
    for archive in needed(place.glob("archives/*.deb")):
        if log.run(["dpkg-deb", "--extract", str(archive), str(place)], cwd=root)[0]:
            raise ProvisionError(f"{archive.name} could not be unpacked: is the disk full? Make room and start again.")
    shutil.rmtree(place / "archives")
    shutil.rmtree(place / "lists")
    program = own_programs(root) / "janus"
    program.write_text(program_text(folder.relative_to(place) for folder in place.glob("**/*-linux-gnu")))
    program.chmod(0o755)


def libraries_of(program: str) -> Path:
    """The folder that holds a Janus' ``plugins`` and ``transports``, by the path of its program: ours or another."""
    prefix = Path(program).parent.parent
    for base in (prefix / "usr" / "lib", prefix / "lib"):
        for plugins in sorted(base.glob("**/janus/plugins")):
            return plugins.parent
    raise ProvisionError(f"{program} has no plugins beside it: reinstall the package janus, or {_YOUR_OWN_WAY}")


def debian_mirror(sources: str) -> str | None:
    """The first Debian archive among lines of ``URI label`` (``apt-get indextargets``); not the one for security."""
    for line in sources.splitlines():
        uri, _, label = line.partition(" ")
        if label == "Debian":
            return uri
    return None


def apt_options(place: Path) -> list[str]:
    """Options by which apt-get works in ``place`` alone, as any user, with the machine's keys and mirror settings."""
    options = {
        "Dir::Etc::SourceList": place / "sources.list",
        "Dir::Etc::SourceParts": "-",
        "Dir::State::Lists": place / "lists",
        "Dir::State::Status": place / "status",
        "Dir::Cache::Archives": place / "archives",
        "Dir::Cache::PkgCache": "",
        "Dir::Cache::SrcPkgCache": "",
        "APT::Sandbox::User": "root",  # as root, apt would become a user who may not write here
    }
    return [argument for name, value in options.items() for argument in ("-o", f"{name}={value}")]


def needed(archives: Iterable[Path]) -> list[Path]:
    """The server and its libraries, without the C and C++ runtimes and without what only an installation needs."""
    chosen = [archive for archive in archives if archive.name.startswith(("janus_", "lib"))]
    return sorted(archive for archive in chosen if archive.name.partition("_")[0] not in _THE_MACHINES_OWN)


def program_text(libraries: Iterable[Path]) -> str:
    """A program in ``bin/`` that becomes the server (same process id) and goes on working when the folder is moved."""
    path = ":".join(f"$place/{folder}" for folder in sorted(libraries))
    return (
        "#!/bin/sh\n"
        'place=$(dirname "$(dirname "$(readlink -f "$0")")")\n'
        f'LD_LIBRARY_PATH="{path}" exec "$place/usr/bin/janus" "$@"\n'
    )


def _known_sources() -> str:
    command = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(LABEL)", "Created-By: Packages"]
    try:
        return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False).stdout
    except FileNotFoundError:
        return ""
