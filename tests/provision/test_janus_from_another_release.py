"""Where the distribution has no Janus, it comes from another Debian release, beside the system."""

import io
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from harness.model.errors import ProvisionError
from harness.provision import janus
from harness.provision.janus import apt_options, debian_mirror, libraries_of, needed, program_text
from harness.provision.needs import find, find_program
from harness.provision.run import Log

MIRROR = "http://mirror.example/debian/"


class Apt(Log):
    """Stands in for apt-get and dpkg-deb: unpacks a server that says what it was given; ``failing`` fails."""

    def __init__(self, failing: str = "") -> None:
        self.ran: list[str] = []
        self._failing = failing

    def run(self, command: Sequence[str], *, cwd: Path, env: object = None) -> tuple[int, str]:
        """As ``Log.run``."""
        what = "extract" if command[0] == "dpkg-deb" else "update" if command[-1] == "update" else "download"
        self.ran.append(what)
        place = cwd / ".pruefstand" / "janus"
        if what == "download":
            for name in (
                "janus_1.1.2-1_amd64.deb",
                "libnice10_0.1_amd64.deb",
                "libc6_2.36_amd64.deb",
                "tar_1_amd64.deb",
            ):
                (place / "archives" / name).touch()
        if what == "extract" and "janus_" in command[-2]:
            (place / "usr" / "bin").mkdir(parents=True)
            (place / "usr" / "lib" / "x86_64-linux-gnu").mkdir(parents=True)
            server = place / "usr" / "bin" / "janus"
            server.write_text('#!/bin/sh\necho "$LD_LIBRARY_PATH $*"\n')
            server.chmod(0o755)
        return (1 if what == self._failing else 0), ""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout on a Debian without Janus."""
    (tmp_path / ".pruefstand").mkdir()
    monkeypatch.setattr(
        "harness.provision.needs.find_program", lambda name: None if name == "janus" else find_program(name)
    )
    monkeypatch.setattr(janus, "_known_sources", lambda: f"{MIRROR} Debian\n")
    return tmp_path


def test_it_runs_with_its_own_libraries_also_after_the_checkout_was_moved(root: Path) -> None:
    assert not janus.is_done(root)
    apt = Apt()
    janus.install(root, apt)
    assert apt.ran == ["update", "download", "extract", "extract"]
    assert janus.is_done(root)
    assert (root / ".pruefstand/janus/sources.list").read_text() == f"deb {MIRROR} bookworm main\n"
    moved = root / "moved"
    (root / ".pruefstand").rename(moved)
    program = find("janus", moved)
    assert program is not None
    said = subprocess.run([program, "-F", "conf"], capture_output=True, text=True, check=True).stdout
    assert said == f"{moved}/janus/usr/lib/x86_64-linux-gnu -F conf\n"


@pytest.mark.parametrize("failing", ["update", "download"])
def test_a_mirror_that_does_not_answer_is_one_sentence(root: Path, failing: str) -> None:
    with pytest.raises(ProvisionError) as caught:
        janus.install(root, Apt(failing))
    assert str(caught.value) == (
        "Janus could not be fetched from Debian bookworm: check the mirror, or put a `janus` on the PATH your own way "
        "and start again."
    )
    assert not janus.is_done(root)


def test_a_machine_that_knows_no_debian_mirror_is_told_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(janus, "_known_sources", lambda: "http://mirror.example/ubuntu/ Ubuntu\n")
    with pytest.raises(
        ProvisionError, match=r"^This distribution has no package of Janus and no Debian mirror is known: "
    ):
        janus.install(root, Log(io.StringIO()))


def test_the_archive_is_chosen_not_the_one_for_security() -> None:
    assert debian_mirror(f"http://mirror.example/debian-security/ Debian-Security\n{MIRROR} Debian\n") == MIRROR
    assert debian_mirror("") is None


def test_the_machine_keeps_its_own_c_library() -> None:
    names = [
        "libc6_2.36_amd64.deb",
        "libcurl4_7_amd64.deb",
        "perl_5_amd64.deb",
        "janus_1_amd64.deb",
        "libstdc++6_12.deb",
    ]
    assert [file.name for file in needed(map(Path, names))] == ["janus_1_amd64.deb", "libcurl4_7_amd64.deb"]


def test_apt_works_beside_the_system_and_not_on_it(tmp_path: Path) -> None:
    options = apt_options(tmp_path)
    assert f"Dir::State::Status={tmp_path}/status" in options
    assert f"Dir::Cache::Archives={tmp_path}/archives" in options
    assert "Dir::Etc::SourceParts=-" in options


@pytest.mark.parametrize("below", ["lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu", "lib"])
def test_the_plugins_are_found_by_the_program(tmp_path: Path, below: str) -> None:
    program = str(tmp_path / "bin" / "janus")
    with pytest.raises(ProvisionError, match=r"/bin/janus has no plugins beside it: reinstall the package janus, or "):
        libraries_of(program)
    plugins = tmp_path / below / "janus" / "plugins"
    plugins.mkdir(parents=True)
    assert libraries_of(program) == plugins.parent


def test_library_folders_are_relative_to_the_program() -> None:
    assert '\nLD_LIBRARY_PATH="$place/lib/a:$place/usr/lib/a" exec ' in program_text([Path("usr/lib/a"), Path("lib/a")])
