"""Step: what the distribution provides (browser, servers, tools), by its own packages."""

import os
import sys
from pathlib import Path

from harness.model.errors import ProvisionError
from harness.provision.apt import NO_CANDIDATE
from harness.provision.needs import Need, find_program, missing
from harness.provision.run import Log

_PASSED_THROUGH_SUDO = ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")


def is_done(root: Path) -> bool:
    """Whether nothing is missing that the distribution can provide."""
    return not _wanted(root)


def title(root: Path) -> str:
    """What will be installed, in one line."""
    return f"Installing from the distribution: {' '.join(need.package for need in _wanted(root))}"


def install(root: Path, log: Log) -> None:
    """Install what is missing; what the distribution does not have and a later step can bring is left to that."""
    wanted = _wanted(root)
    packages = " ".join(need.package for need in wanted)
    by_hand = f"apt-get install --no-install-recommends {packages}"
    if find_program("apt-get") is None:
        raise ProvisionError(f"There is no apt-get here: install {packages} your own way and start again.")
    command = [*_as_root(by_hand), sys.executable, "-B", "-m", "harness.provision.apt"]
    code, last = log.run([*command, *(f"{need.package}={need.service}" for need in wanted)], cwd=root)
    if code == NO_CANDIDATE:
        absent = last.partition(": ")[2].split()
        left = sorted(set(absent) - {need.package for need in wanted if need.own})
        if left:
            raise ProvisionError(
                f"The distribution's package lists do not have {' '.join(left)}: "
                "enable the component that has it (on Ubuntu `sudo add-apt-repository universe`) and start again."
            )
        (root / ".pruefstand" / "without-package").write_text(" ".join(absent))
    elif code:
        raise ProvisionError(f"apt-get could not do it: make `{by_hand}` work, then start again.")
    still = [need.package for need in _wanted(root)]
    if still:
        raise ProvisionError(
            f"{' '.join(still)} went in but what the bench looks for is not there: reinstall with "
            f"`apt-get install --reinstall {' '.join(still)}` and start again."
        )


def _as_root(by_hand: str) -> list[str]:
    if os.geteuid() == 0:
        return []
    sudo = find_program("sudo")
    if sudo is None:
        raise ProvisionError(
            f"Packages are missing and this user may not install them: run `{by_hand}` as root, then start again."
        )
    passed = [f"{name}={os.environ[name]}" for name in _PASSED_THROUGH_SUDO if name in os.environ]
    return [sudo, *([] if sys.stdin.isatty() else ["-n"]), "env", *passed]


def _wanted(root: Path) -> tuple[Need, ...]:
    state = root / ".pruefstand"
    absent = missing(state)
    if not any(need.own for need in absent):
        return absent
    without = _without_package(state)
    return tuple(need for need in absent if not (need.own and need.package in without))


def _without_package(state: Path) -> list[str]:
    """The packages that this distribution was seen not to have (Ubuntu: Chromium is a snap; Debian 13: no Janus)."""
    note = state / "without-package"
    return note.read_text().split() if note.exists() else []
