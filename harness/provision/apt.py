"""The part that needs root: install distribution packages without letting them start their services.

Run as ``python3 -m harness.provision.apt PACKAGE[=SERVICE]…``. Exit 0 installed, 3 a package has no candidate (the
last line names them), otherwise apt-get's own code.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from harness.provision.needs import find_program

NO_CANDIDATE = 3
_POLICY = Path("/usr/sbin/policy-rc.d")
_MARK = "# Put here by pruefstand while it installs packages"
_APT = ("apt-get", "--quiet", "--yes", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0")


def policy_script(services: Sequence[str], before: Path) -> str:
    """A policy-rc.d (Debian's invoke-rc.d interface) that forbids ``services`` and leaves all others as they were."""
    names = "|".join(name for service in services for name in (service, f"{service}.service")) or "''"
    return (
        "#!/bin/sh\n"
        f"{_MARK}: it starts its own servers, the system's stay off.\n"
        f'case "$1" in {names}) exit 101 ;; esac\n'
        f'[ -x {before} ] && exec {before} "$@"\n'
        "exit 0\n"
    )


@contextmanager
def services_stay_off(services: Sequence[str], policy: Path) -> Iterator[None]:
    """While inside, packages cannot start ``services``; an earlier policy is put back, also one a killed run left."""
    before = policy.with_name(f"{policy.name}.before-pruefstand")
    _put_back(policy, before)
    if policy.exists():
        policy.replace(before)
    policy.write_text(policy_script(services, before))
    policy.chmod(0o755)
    try:
        yield
    finally:
        _put_back(policy, before)


def _put_back(policy: Path, before: Path) -> None:
    if policy.exists() and _MARK in policy.read_text(errors="replace"):
        policy.unlink()
    if before.exists():
        before.replace(policy)


def candidate(policy_output: str) -> str | None:
    """The version that ``apt-cache policy`` would install; ``None`` for none and for a wrapper around a snap."""
    for line in policy_output.splitlines():
        key, _, version = line.strip().partition(": ")
        if key == "Candidate":
            return None if version == "(none)" or "snap" in version else version
    return None


def main(arguments: Sequence[str]) -> int:
    """Install ``PACKAGE[=SERVICE]…``; what has no candidate is left out and named in the last line."""
    services = {package: service for package, _, service in (argument.partition("=") for argument in arguments)}
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    subprocess.run([*_APT, "update"], env=environment, check=False)  # a stale third-party list must not stop us
    installable = [package for package in services if _has_candidate(package, environment)]
    if installable:
        wanted = [services[package] for package in installable if services[package]]
        with services_stay_off(wanted, _POLICY):
            command = [*_APT, "install", "--no-install-recommends", *installable]
            code = subprocess.run(command, env=environment, check=False).returncode
        if code:
            return code
        for service in wanted:
            _keep_off_at_boot(service)
    left = [package for package in services if package not in installable]
    if left:
        print(f"no candidate: {' '.join(left)}", flush=True)
        return NO_CANDIDATE
    return 0


def _has_candidate(package: str, environment: dict[str, str]) -> bool:
    command = ["apt-cache", "policy", package]
    shown = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    return candidate(shown.stdout) is not None


def _keep_off_at_boot(service: str) -> None:
    for command in (["systemctl", "disable", service], ["update-rc.d", service, "disable"]):
        program = find_program(command[0])
        if program:  # either may not know the service; what counts is that none enables it
            subprocess.run([program, *command[1:]], stdin=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
