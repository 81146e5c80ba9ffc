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
    """Install what is missing; a browser that the distribution has only as a snap is left to the next steps."""
    wanted = _wanted(root)
    packages = " ".join(need.package for need in wanted)
    by_hand = f"apt-get install --no-install-recommends {packages}"
    if find_program("apt-get") is None:
        raise ProvisionError(f"There is no apt-get here: install {packages} your own way and start again.")
    command = [*_as_root(by_hand), sys.executable, "-B", "-m", "harness.provision.apt"]
    code, last = log.run([*command, *(f"{need.package}={need.service}" for need in wanted)], cwd=root)
    if code == NO_CANDIDATE:
        left = set(last.partition(": ")[2].split())
        if left != {"chromium"}:
            raise ProvisionError(
                f"The distribution's package lists do not have {' '.join(sorted(left))}: "
                "enable the component that has it (on Ubuntu `sudo add-apt-repository universe`) and start again."
            )
        _note_no_chromium(root)
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
    return tuple(need for need in absent if need.name != "chromium") if no_chromium(root) else absent


def no_chromium(root: Path) -> bool:
    """Whether this distribution was seen to have no Chromium package (Ubuntu has only a snap)."""
    return (root / ".pruefstand" / "no-chromium-package").exists()


def _note_no_chromium(root: Path) -> None:
    (root / ".pruefstand" / "no-chromium-package").touch()
