"""The console's table: whole at any width, without colour and without Unicode; never reading texts as markup."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from harness.model.outcome import Outcome
from reports.inputs import ReportInput
from reports.terminal import print_verdicts
from tests.reports.samples import EvidenceMaker, build, run_info, verdict


def printed(given: ReportInput, width: int = 110, encoding: str = "utf-8", report: Path | None = None) -> str:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, errors="strict")
    print_verdicts(given, Console(file=file, width=width, color_system=None), report)
    file.flush()
    return raw.getvalue().decode(encoding)


def test_table_counts_and_path_are_printed() -> None:
    text = printed(build("clean"), report=Path("/runs/a/report.html"))
    assert "T03   srtp-profile-floor             ▲ schwach" in text
    assert "E01   media-opaque-to-server         ✔ bestanden" in text
    assert "12 von 12 Prüfungen bestanden, davon\u00a01 mit Schwäche.\n" in text
    assert text.endswith("Bericht: /runs/a/report.html\n")


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_no_line_is_wider_than_the_console(width: int) -> None:
    lines = printed(build("plain-audio", "en"), width).splitlines()
    assert max(map(len, lines)) <= width
    assert sum("✖ failed" in line for line in lines) == 2


def test_console_without_unicode_gets_letters(maker: EvidenceMaker) -> None:
    bad = verdict("E01", Outcome.FAIL, "Größe – „offen“ \u65e5", "bad", ("r1",))
    text = printed(ReportInput(run_info(), [bad], (), maker.evidence()), encoding="ascii")
    assert "x nicht bestanden" in text
    assert 'Groesse - "offen" ?' in text


def test_markup_of_the_target_is_shown_as_it_is(maker: EvidenceMaker) -> None:
    text = "[red]x[/red] \x1b]8;;evil\x07 [/nope]"
    bad = verdict("E01", Outcome.FAIL, text, text, ("r1",))
    out = printed(ReportInput(run_info(flaw="[bold]f"), [bad], (), maker.evidence(), "en"))
    assert "[red]x[/red] \ufffd]8;;evil\ufffd [/nope]" in out
    assert "“[bold]f”" in out
    assert "\x1b" not in out


def test_our_own_error_is_told_apart(maker: EvidenceMaker) -> None:
    broken = verdict("E01", Outcome.INCONCLUSIVE, "kaputt", "broken", bench_error="ValueError: x")
    out = printed(ReportInput(run_info(), [broken], (), maker.evidence(), "en"))
    assert "An error of the bench, not of the system under test: ValueError: x" in " ".join(out.split())
