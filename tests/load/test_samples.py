"""Samples survive their file, and a table and a chart say of them what was measured."""

from pathlib import Path
from types import MappingProxyType
from xml.etree import ElementTree

import pytest

from load.endurance.__main__ import main
from load.endurance.flatness import MIB, judge
from load.endurance.report import chart, table
from load.endurance.samples import FILE, Sample, append, names, read, series


def sample(minute: int, heap: float) -> Sample:
    values = {"heap/clerk": heap, "nodes/clerk": 1200.0 + minute, "server/townhall": 90.0 * MIB}
    return Sample(float(minute), minute * 60.0, MappingProxyType(values))


FLAT = [sample(minute, 6.0 * MIB) for minute in range(31)]
LEAKING = [sample(minute, (6.0 + minute / 2) * MIB) for minute in range(31)]


def written(folder: Path, samples: list[Sample]) -> Path:
    for each in samples:
        append(folder / FILE, each)
    return folder


def test_samples_come_back_from_their_file_as_they_were(tmp_path: Path) -> None:
    assert read(written(tmp_path, FLAT) / FILE) == FLAT
    assert names(FLAT) == ["heap/clerk", "nodes/clerk", "server/townhall"]
    assert series(FLAT, "nodes/clerk")[:2] == [(0.0, 1200.0), (1.0, 1201.0)]
    assert series(FLAT, "heap/nobody") == []


@pytest.mark.parametrize("line", ["[]", "{}", '{"minute": 1, "seconds": 2, "values": 3}', "{"])
def test_a_line_that_is_no_sample_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / FILE).write_text(line)
    with pytest.raises(ValueError, match="line"):
        read(tmp_path / FILE)


def test_judging_flat_samples_ends_with_0_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--judge", "--out", str(written(tmp_path, FLAT))]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "Memory stays flat over a call of 30 minutes: all 3 series are within their limits."
    assert (tmp_path / "growth.txt").read_text().splitlines() == said


def test_judging_a_leak_ends_with_1_and_names_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--judge", "--out", str(written(tmp_path, LEAKING))]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "Memory grows over a call of 30 minutes: heap/clerk."


def test_a_folder_without_samples_is_an_error_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--judge", "--out", str(tmp_path)]) == 2
    assert "The call could not be judged: " in capsys.readouterr().err


@pytest.mark.parametrize("minutes", ["0", "11", "-30", "many", "²²"])
def test_a_call_too_short_to_judge_is_refused_before_it_begins(
    minutes: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(SystemExit):
        main(["--minutes", minutes, "--out", str(tmp_path)])
    assert "at least 12 minutes" in capsys.readouterr().err or minutes == "-30"


def test_table_and_chart_show_every_series_with_its_unit() -> None:
    growths = judge(LEAKING)
    lines = table(growths).splitlines()
    assert len(lines) == 4
    amounts = "8.50 MiB 21.00 MiB +15.00 MiB +15.00 MiB … +15.00 MiB 2.00 MiB"
    assert " ".join(lines[1].split()) == f"heap/clerk {amounts} grows"
    assert "nodes/clerk" in lines[2]
    assert "+30" in lines[2]
    drawn = ElementTree.fromstring(chart(LEAKING, growths, "Memory <grows>"))
    words = [text.text or "" for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert "Memory <grows>" in words
    assert "heap/clerk: +15.00 MiB in 30 min (grows)" in words
    assert len(list(drawn.iter("{http://www.w3.org/2000/svg}g"))) == 3
