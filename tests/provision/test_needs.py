"""What is missing is found by looking for programs, files and modules."""

from pathlib import Path

import pytest

from harness.provision import needs
from harness.provision.needs import NEEDS, Need, find, find_program, is_present, missing
from harness.provision.start import optional_needs


def program(folder: Path, name: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_each_kind_of_mark_is_looked_for(tmp_path: Path) -> None:
    (tmp_path / "font.ttf").touch()
    there = [Need("file", "p", "w", (str(tmp_path / "font.ttf"),)), Need("module", "p", "w", ("module:venv",))]
    gone = [
        Need("file", "p", "w", (str(tmp_path / "no.ttf"),)),
        Need("module", "p", "w", ("module:no_such_module",)),
        Need("program", "p", "w", ("no-such-program",)),
    ]
    assert missing(tmp_path, [*there, *gone]) == tuple(gone)


def test_any_mark_is_enough(tmp_path: Path) -> None:
    assert is_present(Need("shell", "p", "w", ("no-such-program", "sh")), tmp_path)


def test_programs_for_root_are_found_on_an_ordinary_users_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = program(tmp_path / "sbin", "tcpdump-of-root")
    monkeypatch.setenv("PATH", "/usr/bin")
    assert find_program("tcpdump-of-root") is None
    monkeypatch.setattr(needs, "_SBIN", (str(tool.parent),))
    assert find_program("tcpdump-of-root") == str(tool)


def test_a_snap_is_no_chromium_since_it_cannot_see_our_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "_SBIN", ())
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    real = program(tmp_path / "bin", "chromium")
    assert find("chromium", tmp_path) == str(real)
    monkeypatch.setattr(needs, "_SNAPS", f"{tmp_path}/bin/")
    assert find("chromium", tmp_path) is None


def test_without_a_distribution_package_playwrights_own_browser_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(needs, "_SBIN", ())
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert find("chromium", tmp_path) is None
    downloaded = program(tmp_path / "browsers" / "chromium-1248" / "chrome-linux64", "chrome")
    assert find("chromium", tmp_path) == str(downloaded)


def test_servers_that_packages_would_start_are_named_as_services() -> None:
    assert {need.package: need.service for need in NEEDS if need.service} == {
        one: one for one in ("janus", "coturn", "postgresql")
    }


def test_a_version_in_a_files_path_does_not_matter(tmp_path: Path) -> None:
    need = Need("server", "p", "w", ("no-such-program", f"{tmp_path}/*/bin/server"))
    assert missing(tmp_path, [need]) == (need,)
    program(tmp_path / "15" / "bin", "server")
    assert missing(tmp_path, [need]) == ()


def test_only_the_benchs_own_tests_ask_for_a_second_database() -> None:
    assert optional_needs(["test", "-e", "unit"]) == ["postgresql"]
    assert optional_needs(["verify"]) == []
