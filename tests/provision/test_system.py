"""The step that installs distribution packages says in one sentence what it could not do."""

import io
from pathlib import Path

import pytest

from harness.model.errors import ProvisionError
from harness.provision import browser, needs, system
from harness.provision.apt import NO_CANDIDATE
from harness.provision.needs import NEEDS
from harness.provision.run import Log

NAMED = {need.name: need for need in NEEDS}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without browser and media server, root allowed, apt-get there."""
    (tmp_path / ".pruefstand").mkdir()
    monkeypatch.setattr(system, "missing", lambda state: (NAMED["chromium"], NAMED["janus"]))
    monkeypatch.setattr(system, "find_program", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("os.geteuid", lambda: 0)
    return tmp_path


def answering(monkeypatch: pytest.MonkeyPatch, code: int, last: str) -> list[list[str]]:
    """Every command ends with ``code`` and ``last``; returns the list that commands are noted in."""
    commands: list[list[str]] = []

    def run(self: Log, command: list[str], *, cwd: Path, env: object = None) -> tuple[int, str]:
        commands.append(list(command))
        return code, last

    monkeypatch.setattr(Log, "run", run)
    return commands


def refused(root: Path) -> str:
    with pytest.raises(ProvisionError) as caught:
        system.install(root, Log(io.StringIO()))
    return str(caught.value)


def test_without_apt_get_the_packages_are_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "find_program", lambda name: None)
    assert refused(root) == "There is no apt-get here: install chromium janus your own way and start again."


def test_without_root_and_sudo_the_command_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr(system, "find_program", lambda name: None if name == "sudo" else name)
    assert refused(root) == (
        "Packages are missing and this user may not install them: "
        "run `apt-get install --no-install-recommends chromium janus` as root, then start again."
    )


def test_an_ordinary_user_goes_by_sudo_and_takes_the_proxy_along(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setenv("http_proxy", "proxy:3128")
    commands = answering(monkeypatch, 100, "E: no")
    refused(root)
    assert commands[0][:3] == ["/usr/bin/sudo", "-n", "env"], "nobody is there to type a password"
    assert "http_proxy=proxy:3128" in commands[0]
    assert commands[0][-2:] == ["chromium=", "janus=janus"]


def test_a_failing_apt_get_leaves_the_command_to_mend(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, 100, "E: Unable to fetch some archives")
    assert refused(root) == (
        "apt-get could not do it: make `apt-get install --no-install-recommends chromium janus` work, then start again."
    )


def test_an_unknown_package_asks_for_its_component(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "missing", lambda state: (NAMED["chromium"], NAMED["coturn"]))
    answering(monkeypatch, NO_CANDIDATE, "no candidate: chromium coturn")
    assert refused(root) == (
        "The distribution's package lists do not have coturn: enable the component that has it "
        "(on Ubuntu `sudo add-apt-repository universe`) and start again."
    )


def test_what_a_later_step_can_bring_is_left_to_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, NO_CANDIDATE, "no candidate: chromium janus")
    assert not system.is_done(root)
    system.install(root, Log(io.StringIO()))
    assert system.is_done(root)
    monkeypatch.setattr(system, "missing", lambda state: (NAMED["tcpdump"], NAMED["chromium"]))
    assert system.title(root) == "Installing from the distribution: tcpdump"


def test_playwrights_installer_failing_says_what_else_would_do(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "find_program", lambda name: None)
    commands = answering(monkeypatch, 1, "")
    with pytest.raises(ProvisionError, match=r"^Playwright could not install Chromium: allow its download, or put a "):
        browser.install(root, Log(io.StringIO()))
    assert commands[0][1:] == ["-m", "playwright", "install", "--with-deps", "--no-shell", "chromium"]


def test_a_package_that_does_not_bring_its_program_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, 0, "")
    assert refused(root).startswith("chromium janus went in but what the bench looks for is not there: reinstall with ")
