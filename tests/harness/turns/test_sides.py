"""What people write for a side is taken for something else, or found to be wrong only after an hour."""

import sys
from pathlib import Path

import pytest

from harness.model.errors import NetworkError, TargetError
from harness.model.sentence import Sentence
from harness.targets.checkout import OWN, find_checkout
from harness.targets.registry import find_target
from harness.targets.townhall import TownhallTarget
from harness.turns import side as sides
from harness.turns.side import Side

PROFILE = """
name = "rathaus-test"
base_url = "https://termine.example.org:8443"
clerk_password = "secret"
clerks = { winterbach = "haug" }
"""


@pytest.fixture(autouse=True)
def networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sides, "why_not", lambda: None)


def release(folder: Path, *, builds: bool = True) -> Path:
    """A checkout as far as the bench looks at it before it is started."""
    web = folder / "townhall" / "web"
    web.mkdir(parents=True)
    for package in (folder / "townhall", web):
        (package / "__init__.py").touch()
    (folder / "townhall" / "__main__.py").touch()
    does = "from pathlib import Path; Path('bundled').touch()" if builds else "raise SystemExit('no network')"
    (web / "build.py").write_text(does + "\n")
    return folder


def test_the_town_hall_as_it_is_with_a_flaw_and_over_a_network() -> None:
    assert Side.read("townhall") == Side("townhall")
    assert Side.read("townhall+plain-audio") == Side("townhall", "plain-audio")
    assert Side.read("townhall@delay-50") == Side("townhall", "", "delay-50")
    both = Side.read("townhall+plain-audio@delay-50")
    assert (both.name, both.started) == ("townhall+plain-audio@delay-50", True)
    assert both.setting(linked=True).flaw == "plain-audio"


def test_folder_is_a_release_whatever_signs_are_in_its_name(tmp_path: Path) -> None:
    folder = release(tmp_path / "rathaus+fast@2.1")
    side = Side.read(str(folder))
    assert (side.flaw, side.network, side.name) == ("", "", "rathaus+fast@2.1")
    assert side.checkout is not None
    assert (side.checkout.root, side.checkout.python, side.checkout.own) == (folder, sys.executable, False)
    assert (folder / "bundled").is_file(), "its pages are made from its own sources"
    assert isinstance(side.target, TownhallTarget)
    assert len(side.code) == 12


def test_release_with_an_environment_of_its_own_is_run_by_it(tmp_path: Path) -> None:
    folder = release(tmp_path / "2.1")
    python = folder / ".pruefstand" / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    assert find_checkout(folder).python == str(python)


def test_its_code_is_another_when_its_sources_are(tmp_path: Path) -> None:
    folders = [release(tmp_path / name) for name in ("2.0", "2.1")]
    (folders[1] / "townhall" / "app.py").write_text("late = True\n")
    assert len({Side.read(str(folder)).code for folder in folders}) == 2


def test_folder_without_a_town_hall_and_one_that_cannot_be_bundled_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="holds no town hall: name a checkout"):
        Side.read(str(tmp_path))
    broken = release(tmp_path / "2.2", builds=False)
    with pytest.raises(TargetError, match=r"cannot be bundled \(no network\): start \./pruefstand in that folder once"):
        Side.read(str(broken))


def test_own_folder_is_the_embedded_one() -> None:
    assert find_checkout(OWN.root) == OWN
    assert isinstance(find_target(str(OWN.root)), TownhallTarget)


def test_profile_is_reached_and_takes_neither_flaw_nor_network(tmp_path: Path) -> None:
    file = tmp_path / "test.toml"
    file.write_text(PROFILE)
    side = Side.read(str(file))
    assert (side.started, side.name, side.target.name) == (False, "test", "rathaus-test")
    assert side.setting(linked=False).target("10.77.0.2") is side.target
    with pytest.raises(TargetError, match="cannot be started with a flaw 'plain-audio': there are none"):
        Side.read(f"{file}+plain-audio")
    with pytest.raises(TargetError, match="runs elsewhere, not behind our links"):
        Side.read(f"{file}@delay-50")


def test_what_there_is_not_is_refused_before_anything_is_played(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="cannot be started with a flaw 'moss': there are "):
        Side.read("townhall+moss")
    with pytest.raises(NetworkError, match="There is no network profile 'moon'"):
        Side.read("townhall@moon")
    with pytest.raises(TargetError, match="holds no town hall"):
        Side.read(str(tmp_path / "gone"))
    with pytest.raises(TargetError, match=r"gone\.toml cannot be read"):
        Side.read(str(tmp_path / "gone.toml"))


def test_network_that_this_machine_cannot_make_is_refused_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sides, "why_not", lambda: Sentence(de="Es fehlt.", en="It is missing."))
    with pytest.raises(TargetError, match="cannot be put behind delay-50: It is missing."):
        Side.read("townhall@delay-50")
