"""The folder of recordings: a key beside the packets is found, and an empty folder proves nothing."""

from pathlib import Path

from harness.searching import recorder_haystacks
from harness.targets.protocol import Observables
from harness.vantage.search import search
from harness.wire.mjr import build_mjr

KEY = bytes(range(100, 132))


def test_key_file_beside_the_recordings_is_found(tmp_path: Path) -> None:
    (tmp_path / "a1-clerk-0-audio-0.mjr").write_bytes(build_mjr("audio", "opus", 1.0, []))
    (tmp_path / "service").mkdir()
    (tmp_path / "service" / "aufnahme.key").write_text(KEY.hex())
    (haystack,) = recorder_haystacks(Observables(recordings=tmp_path))
    result = search(haystack, [KEY])
    assert [(hit.encoding, hit.where) for hit in result.hits] == [("hex", "file beside the recordings")]
    assert result.control_found == 1


def test_folder_without_recordings_has_no_control(tmp_path: Path) -> None:
    (haystack,) = recorder_haystacks(Observables(recordings=tmp_path))
    assert search(haystack, [KEY]).control_found == 0
    assert list(recorder_haystacks(Observables())) == []
