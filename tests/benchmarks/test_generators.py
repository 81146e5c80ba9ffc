"""The benchmarks measure what they say: real calls, captures and haystacks. No time is asserted."""

import hashlib
from pathlib import Path

import pytest

from benchmarks import captures, judging, long_call, searching
from benchmarks.capture import OTHERS_EVERY, capture, write_capture
from benchmarks.figures import Figure, Spent
from benchmarks.haystack import CONTROL, KEYS, items, keys
from harness.model.outcome import Outcome
from harness.store import read_run
from harness.wire.encodings import ENCODINGS, needles
from harness.wire.frames import unpack_frames
from harness.wire.sframe import derive_key, open_

SECONDS = 4


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "long-call"
    long_call.write_run(folder, long_call.Wanted(SECONDS))
    return folder


def test_the_call_is_as_long_and_as_large_as_it_says(run: Path) -> None:
    for party in ("citizen", "clerk"):
        for media, rate, mean in (("audio", 50, 80), ("video", 25, long_call.VIDEO_BYTES)):
            name = run / "evidence" / long_call.CALL / f"page-{party}-{media}-app-before.frames"
            frames = unpack_frames(name.read_bytes())
            assert len(frames) == rate * SECONDS
            assert frames[-1].at - frames[0].at == pytest.approx(SECONDS, abs=0.1)
            assert sum(len(frame.data) for frame in frames) / len(frames) == pytest.approx(mean, rel=0.25)


def test_its_frames_are_sealed_with_sframe(run: Path) -> None:
    folder = run / "evidence" / long_call.CALL
    key = derive_key(long_call.SUITE, long_call.KID, long_call.base_key("clerk"))
    held = unpack_frames((folder / "server-clerk-video-0.frames").read_bytes())
    made = unpack_frames((folder / "page-clerk-video-app-before.frames").read_bytes())
    assert [open_(key, frame.data).plaintext for frame in held] == [frame.data for frame in made]


def test_every_check_passes_on_it(run: Path) -> None:
    times, verdicts = judging.judge_timed(run)
    assert {
        verdict.check: verdict.finding.sentence.en for verdict in verdicts if verdict.outcome is not Outcome.PASS
    } == {}
    assert set(times) == {"read", *(verdict.check for verdict in verdicts)}


def test_the_same_arguments_give_the_same_evidence(run: Path, tmp_path: Path) -> None:
    long_call.write_run(tmp_path / "again", long_call.Wanted(SECONDS))
    seen = [[record.seen for record in read_run(folder)[1].records] for folder in (run, tmp_path / "again")]
    assert seen[0] == seen[1]  # the hashes of all files are in them
    long_call.write_run(tmp_path / "other", long_call.Wanted(SECONDS, seed=2))
    assert [record.seen for record in read_run(tmp_path / "other")[1].records] != seen[0]


def test_the_capture_is_read_alike_as_columns_and_as_objects(tmp_path: Path) -> None:
    size = write_capture(tmp_path / "call.pcap", 500)
    assert size == len(capture(500))
    _, headers = captures.read_headers(tmp_path / "call.pcap")
    _, objects = captures.read_objects(tmp_path / "call.pcap")
    assert len(headers) == objects == 500 - 500 // OTHERS_EVERY


def test_without_tshark_the_own_figures_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_capture(tmp_path / "call.pcap", 100)
    figures = captures.compare(tmp_path / "call.pcap", None)
    assert [figure.target for figure in figures] == [None, None]
    assert "install it with 'apt-get install tshark'" in capsys.readouterr().out


def test_what_is_hidden_in_the_haystack_is_found_and_nothing_else() -> None:
    secrets = keys()
    assert len(secrets) == KEYS
    assert set(needles(secrets[0])) == set(ENCODINGS)
    pieces = list(items(20, secrets))
    _, result = searching.search_timed(pieces, secrets)
    hidden = [hashlib.sha256(secret).hexdigest()[:16] for secret in secrets[: len(pieces)]]
    assert [(hit.key_id, hit.where) for hit in result.hits] == [(key, f"piece {n}") for n, key in enumerate(hidden)]
    assert (result.control, result.control_found) == (CONTROL, len(pieces))


def test_a_target_is_reached_on_its_good_side() -> None:
    assert Figure("judging", 9.9, "s", 10.0).reached is True
    assert Figure("judging", 10.1, "s", 10.0).reached is False
    assert Figure("search", 199.0, "MB/s", 200.0, "more").reached is False
    assert Figure("told", 1.0, "s").reached is None
    assert judging.figures({"read": Spent(1, 2), "E01": Spent(3, 4)})[0].value == 4


@pytest.mark.parametrize("module", [judging, captures, searching, long_call])
def test_each_says_how_it_is_used(module: object, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="^0$"):
        module.main(["--help"])  # type: ignore[attr-defined]
    assert "python -m benchmarks." in capsys.readouterr().out
