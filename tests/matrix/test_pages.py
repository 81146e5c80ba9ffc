"""The matrix as people and machines read it: what was not as named is said in words, and nothing of it is markup."""

import json
import re
from pathlib import Path

import pytest

from crypto_checks.catalogue import CATALOGUE
from harness.model.errors import BenchError, RunStoreError
from harness.model.matrix import Code, Row, Seen
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from reports.inputs import Lang
from reports.matrix_write import write_matrix
from tests.matrix.rows import blinded, row

HOSTILE = "<script>alert(1)</script>|**bold**"
ROWS = (
    blinded(row("plain-media", "E01", "E02", T03="weak"), E01="inconclusive", E02="inconclusive"),
    row("key-in-log", "K07", T03="weak", E02="inconclusive"),
    row("tap-silent", "E01", silences="sfu", E01="inconclusive", T03="weak"),
    row("clean-01", clean=True, T03="weak"),
)


def written(folder: Path, rows: tuple[Row, ...] = ROWS, lang: Lang = "en") -> dict[str, str]:
    files = [folder / name for name in ("matrix.json", "matrix.md", "matrix.html")]
    write_matrix(rows, CATALOGUE, lang, files, ["no-csp"])
    return {file.suffix: file.read_text("utf-8") for file in files}


def line_of(markdown: str, name: str) -> list[str]:
    [line] = [line for line in markdown.splitlines() if line.startswith(f"| {name} |")]
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_markdown_shows_every_row_against_every_check(tmp_path: Path) -> None:
    page = written(tmp_path)[".md"]
    assert line_of(page, "flaw") == [
        *("flaw", "E01", "E02", "K07", "T03", "must fail", "as named", "s"),
        *("browser only", "no server", "no keys"),
    ]
    assert line_of(page, "plain-media") == [
        *("plain-media", "**F**", "**F**", "", "w", "E01, E02", "yes", "41", "–", "–", "–"),
    ]
    assert line_of(page, "key-in-log")[5:] == ["K07", "**no**; inconclusive: E02", "41", "K07", "K07", "K07"]
    assert line_of(page, "tap-silent")[1:] == ["**?**", "", "", "w", "E01 (inconclusive)", "yes", "41", "", "", ""]
    assert line_of(page, "clean-01") == ["clean-01", "", "", "", "w", "yes", "41"]


def test_check_without_its_control_is_said_where_the_flaw_takes_it_away(tmp_path: Path) -> None:
    open_row = row("plain-audio", "E01", unsettles=("E02",), E02="inconclusive")
    page = written(tmp_path, (open_row, row("other", "E01", unsettles=("E02",))))[".md"]
    assert line_of(page, "plain-audio")[6] == "yes; without its control, as named: E02"
    assert line_of(page, "other")[6] == "yes"


def test_page_says_figures_and_where_they_come_from(tmp_path: Path) -> None:
    page = written(tmp_path)[".md"]
    assert "**Flaws caught by exactly their checks: 2 of 3 (67 %; 95 % interval 21 to 94 %)**" in page
    assert "**Clean runs with a false alarm: 0 of 1 (0 %; 95 % interval 0 to 79 %)**" in page
    assert "- Code: ffffffffffff\n" in page
    assert "- Played: 22 November 2026, 20:00 (UTC)\n" in page
    assert "- Machine: 2 cores, Linux, Chromium 156, Janus 1.1.2\n" in page
    assert "- Not played yet: no-csp.\n" in page
    assert "- key-in-log: E02 (inconclusive): So it was.\n" in page


def test_german_page_says_the_same(tmp_path: Path) -> None:
    page = written(tmp_path, lang="de")[".md"]
    assert "**Fehler, die genau ihre Prüfungen erkennen: 2 von 3 (67 %; 95-%-Intervall 21 bis 94 %)**" in page
    assert "- key-in-log: E02 (ohne Ergebnis): So war es.\n" in page


def test_json_holds_rows_and_figures(tmp_path: Path) -> None:
    content = json.loads(written(tmp_path)[".json"])
    assert content["format"] == "pruefstand-matrix/1"
    assert content["detection"] == {"hits": 2, "of": 3, "interval": [0.2077, 0.9385]}
    assert content["blindfolds"]["browser"]["caught"] == {"plain-media": [], "key-in-log": ["K07"]}
    judged = {each["name"]: each["judged"] for each in content["rows"]}
    assert judged["key-in-log"] == {"exact": False, "missed": [], "alarms": [], "open": ["E02"]}
    stored = {key: value for key, value in content["rows"][0].items() if key != "judged"}
    assert Row.model_validate(stored) == ROWS[0]


def test_page_asks_for_nothing_and_runs_nothing(tmp_path: Path) -> None:
    page = written(tmp_path)[".html"]
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert "default-src &#39;none&#39;" in page
    assert page.count('<tr><th scope="row">') >= 4
    assert 'class="cell fail named"' in page


def test_what_a_target_says_is_text(tmp_path: Path) -> None:
    seen = Seen(outcome=Outcome.PASS, sentence=Sentence(de=HOSTILE, en=HOSTILE), records=1)
    hostile = row("a", "E01").model_copy(update={"seen": {"E01": seen}})
    broken = row("b", "E01").model_copy(update={"error": HOSTILE})
    texts = written(tmp_path, (hostile, broken))
    assert "<script" not in texts[".html"]
    assert r"a: E01 (passed): \<script\>alert(1)\</script\>\|\*\*bold\*\*" in texts[".md"]
    assert r"- b: \<script\>alert(1)\</script\>\|\*\*bold\*\*" in texts[".md"]


def test_work_that_is_in_no_commit_is_said(tmp_path: Path) -> None:
    changed = row("a", "E01").model_copy(update={"code": Code(digest="1", commit="e" * 40, changed=True)})
    page = written(tmp_path, (changed, *ROWS))[".md"]
    assert "- Code: eeeeeeeeeeee+, ffffffffffff (+ means: with changes that are in no commit)\n" in page


def test_code_without_a_commit_is_told_by_its_sources(tmp_path: Path) -> None:
    bare = row("a", "E01").model_copy(update={"code": Code(digest="abc")})
    assert "- Code: sources abc\n" in written(tmp_path, (bare,))[".md"]
    assert "- Stand des Codes: Quelldateien abc\n" in written(tmp_path, (bare,), lang="de")[".md"]


def test_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    assert written(tmp_path / "a") == written(tmp_path / "b")


def test_file_of_another_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="name a file that ends in .json, .md, .html"):
        write_matrix(ROWS, CATALOGUE, "en", [tmp_path / "matrix.pdf"])


def test_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RunStoreError, match="cannot be written: .* Choose another place"):
        write_matrix(ROWS, CATALOGUE, "en", [tmp_path / "file" / "matrix.md"])
