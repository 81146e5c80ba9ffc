"""The fuzzing itself: no parser is left out, and a fault is caught, kept in a file, and told."""

import ast
import importlib.util
import re
import signal
import time
from pathlib import Path

import pytest

import harness.wire
from tests.fuzz import __main__ as command
from tests.fuzz.feed import Grown, Hang, bear, feed
from tests.fuzz.mutate import BATCH, KEPT, LONGEST, Mutator
from tests.fuzz.parsers import BUILDERS, PARSERS, Parser

ROOT = Path(__file__).resolve().parents[2]
WIRE = Path(next(iter(harness.wire.__path__)))


def public_functions() -> set[str]:
    """All functions of harness.wire that others may call, as module.function."""
    return {
        f"{file.stem}.{node.name}"
        for file in WIRE.glob("*.py")
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }


def test_every_public_function_of_the_wire_is_fed_or_said_to_be_no_parser() -> None:
    covered = {name for parser in PARSERS.values() for name in parser.covers}
    assert public_functions() - covered - BUILDERS.keys() == set()
    assert (covered | BUILDERS.keys()) - public_functions() == set()
    assert covered & BUILDERS.keys() == set()


def broken(data: bytes) -> object:
    if data[:1] == b"a" and len(data) > 1:
        raise KeyError(data[1])
    if len(data) > 40:
        return [data] * 10_000
    return data


BROKEN = Parser("broken", broken, (), (b"ab", b"c" * 41))


def test_other_errors_and_large_answers_are_found_once_and_kept(tmp_path: Path) -> None:
    tally = feed(BROKEN, 20 * BATCH, 60, 3, lambda _: None, tmp_path)
    assert sorted(re.sub(".*: (?=[KG])", "", said).split(" ")[0] for said in tally.found) == ["Grown", "KeyError"]
    files = list(tmp_path.glob("broken/*"))
    assert len(files) == 2
    for file in files:
        with pytest.raises((KeyError, Grown)):
            bear(BROKEN, file.read_bytes())
    assert tally.inputs == 20 * BATCH
    assert "10,240 inputs (own)" in str(tally)
    assert str(tally).endswith("2 found")


def test_a_parser_without_end_is_interrupted_and_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(data: bytes) -> object:
        end = time.process_time() + 5
        while data == b"endless" and time.process_time() < end:
            pass
        return None

    class One(Mutator):
        def batch(self) -> list[bytes]:
            return [b"endless", b"after"]

    monkeypatch.setattr("tests.fuzz.feed.HANG", 0.05)
    monkeypatch.setattr("tests.fuzz.feed.Mutator", One)
    before = signal.getsignal(signal.SIGPROF)
    tally = feed(Parser("endless", endless, (), (b"endless",)), 2, 60, 0, lambda _: None, tmp_path)
    assert [Hang.__name__ in said for said in tally.found] == [True]
    assert [file.read_bytes() for file in tmp_path.glob("endless/*")] == [b"endless"]
    assert (tally.inputs, signal.getsignal(signal.SIGPROF)) == (2, before)


def test_interrupted_feeding_tells_what_was_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    batches = iter([[b"one", b"two"]])

    def batch(_: Mutator) -> list[bytes]:
        try:
            return next(batches)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr("tests.fuzz.feed.Mutator.batch", batch)
    assert command.main(["--parser", "vp8", "--parser", "vp9", "--engine", "own", "--found", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "vp8: 2 inputs (own)" in said
    assert "vp9" not in said


def test_mutants_are_the_same_each_time_and_differ_from_each_other() -> None:
    def some(seed: int) -> list[bytes]:
        mutator = Mutator([b"a seed of ours", b"\0" * 9], seed)
        mutator.keep(b"kept")
        return [data for _ in range(20) for data in mutator.batch()]

    assert some(1) == some(1)
    assert some(1) != some(2)
    assert len(set(some(1))) > 15 * BATCH
    assert any(b"kept"[:3] in data for data in some(1))


def test_kept_inputs_are_bounded() -> None:
    mutator = Mutator([b"x"])
    for _ in range(3 * KEPT):
        mutator.keep(bytes(10 * LONGEST))
    assert max(len(data) for _ in range(50) for data in mutator.batch()) <= 2 * LONGEST


def test_command_feeds_one_parser_and_says_by_what(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = tmp_path / "results"
    assert command.main(["--parser", "vp8", "--inputs", "700", "--engine", "own", "--results", str(results)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("inputs by our own mutator, seeded\nvp8: 700 inputs (own), ")
    assert said.rstrip().endswith("0 found")
    assert command.main(["--parser", "vp8", "--inputs", "300", "--engine", "own", "--results", str(results)]) == 0
    capsys.readouterr()
    assert command.main(["--sum", str(results)]) == 0
    [head, _, row] = capsys.readouterr().out.splitlines()
    assert head.startswith("| parser | engine | inputs |")
    assert row.startswith("| vp8 | own | 1,000 |")


def test_command_lists_its_parsers_and_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(PARSERS)
    with pytest.raises(SystemExit):
        command.main(["--help"])
    assert "python -m tests.fuzz --parser pcap --seconds 60" in capsys.readouterr().out


@pytest.mark.skipif(importlib.util.find_spec("atheris") is not None, reason="atheris is installed")
def test_without_atheris_asking_for_it_says_where_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--engine", "atheris"]) == 2
    assert "./pruefstand test -e fuzz" in capsys.readouterr().out


def test_lock_of_the_fuzzing_is_bound_by_hash_and_has_the_benchs_own_versions() -> None:
    lock = (ROOT / "tests" / "fuzz" / "requirements.lock").read_text()
    entries = re.split(r"\n(?=[A-Za-z0-9])", lock.strip())
    pinned = re.compile(r"^([\w.-]+)==([\w.]+)", re.MULTILINE)
    ours = dict(pinned.findall((ROOT / "requirements.lock").read_text()))
    theirs = dict(pinned.findall(lock))
    assert "atheris" in theirs
    assert "atheris" not in ours
    assert {name for name, version in theirs.items() if ours.get(name) != version} == {"atheris"}
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"https?://|file:|^-|^\s*/|@", lock, re.MULTILINE) == []
