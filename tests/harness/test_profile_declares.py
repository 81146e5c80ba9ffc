"""What a profile says of its deployment is compared with what is seen there."""

from pathlib import Path

import pytest

from harness.model.errors import TargetError
from harness.targets.profile import read_profile
from harness.targets.townhall import TownhallTarget
from harness.wire.frame_profiles import PROFILES

HEAD = """
name = "rathaus-test"
base_url = "https://termine.example.org:8443"
clerk_password = "secret"
clerks = { winterbach = "haug" }
"""


def profile(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "target.toml"
    file.write_text(HEAD + text)
    return file


def test_only_its_own_host_is_allowed_when_it_names_none(tmp_path: Path) -> None:
    declared = read_profile(profile(tmp_path, "")).declaration
    usual = TownhallTarget.declaration
    assert declared.hosts == ("termine.example.org",)
    assert (declared.storage, declared.retention_days) == (usual.storage, usual.retention_days)


def test_its_words_take_the_place_of_the_town_halls(tmp_path: Path) -> None:
    words = '[declare]\nhosts = ["a.example", "turn.example"]\nstorage = []\nretention_days = 90\n'
    declared = read_profile(profile(tmp_path, words)).declaration
    assert (declared.hosts, declared.storage, declared.retention_days) == (("a.example", "turn.example"), (), 90)


def test_unknown_word_is_told(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="is wrong at 'declare.cookies'"):
        read_profile(profile(tmp_path, "[declare]\ncookies = []\n"))


def test_how_frames_are_framed_is_one_of_those_that_the_bench_knows(tmp_path: Path) -> None:
    assert read_profile(profile(tmp_path, "")).declaration.frame_profile == "sframe"
    told = read_profile(profile(tmp_path, '[declare]\nframe_profile = "livekit"\n')).declaration
    assert told.frame_profile in PROFILES
    with pytest.raises(TargetError, match="is wrong at 'declare.frame_profile'"):
        read_profile(profile(tmp_path, '[declare]\nframe_profile = "zoom"\n'))


def test_short_frames_that_may_be_clear_are_listed_in_hexadecimal(tmp_path: Path) -> None:
    assert read_profile(profile(tmp_path, "")).declaration.clear_frames == ()
    told = read_profile(profile(tmp_path, '[declare]\nclear_frames = ["f8fffe", ""]\n')).declaration
    assert told.clear_frames == ("f8fffe", "")
    for wrong in ("F8FFFE", "f8ff f", "00" * 16):
        with pytest.raises(TargetError, match="is wrong at 'declare.clear_frames"):
            read_profile(profile(tmp_path, f'[declare]\nclear_frames = ["{wrong}"]\n'))
