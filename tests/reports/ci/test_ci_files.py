"""The files for CI servers: complete, the same bytes for the same run, and never better than the exit code."""

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from prometheus_client.parser import text_string_to_metric_families

from harness.model.errors import RunStoreError
from harness.model.exit_code import ExitCode
from harness.model.observations import ScenarioResult
from harness.model.outcome import Outcome
from reports.ci.badge import COLOURS, DARK, WHITE, render_badge
from reports.ci.github import MOST, annotations
from reports.ci.gitlab import render_code_quality
from reports.ci.metrics import render_metrics
from reports.ci.sarif import render_sarif
from reports.ci.state import State, state_of
from reports.ci.summary import MOST as ROWS
from reports.ci.summary import render_summary
from reports.ci.write import write_ci
from reports.inputs import Lang, ReportInput
from reports.text import LONGEST, Words
from tests.reports.ci.reading import contrast, read_commands, sarif_faults
from tests.reports.samples import EvidenceMaker, build, run_info, verdict


def many(outcome: Outcome, count: int, lang: Lang = "en", **changes: object) -> ReportInput:
    """A run with so many checks of one outcome, and a passed one."""
    verdicts = [verdict(f"X{n:03d}", outcome, f"de {n}", f"en {n}", ("r1",)) for n in range(count)]
    verdicts.append(verdict("E01", Outcome.PASS, "gut", "good", ("r1",)))
    return ReportInput(run_info(**changes), verdicts, (), EvidenceMaker().evidence(), lang)


def samples(text: str) -> dict[tuple[str, str], float]:
    """Values by name and by the one label that tells samples apart."""
    told = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            told[sample.name, sample.labels.get("check", "") + sample.labels.get("outcome", "")] = sample.value
    return told


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (write_ci(build("plain-audio"), tmp_path / name) for name in "ab")
    assert {kind: path.name for kind, path in first.items()} == {
        "summary": "summary.md", "codequality": "gl-code-quality-report.json", "sarif": "results.sarif",
        "badge": "badge.svg", "metrics": "metrics.prom"}  # fmt: skip
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == sorted(path.name for path in first.values())
    for kind, path in first.items():
        assert path.read_bytes() == second[kind].read_bytes()
        assert path.stat().st_size < 60_000


def test_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RunStoreError, match="the files for CI cannot be written to .*file: .*. Choose another folder."):
        write_ci(build("clean"), tmp_path / "file")


def test_a_failed_run_is_an_error_and_names_what_failed_first() -> None:
    told = read_commands("\n".join(annotations(build("plain-audio", "en"))))
    assert [(each.name, each.properties["title"]) for each in told] == [
        ("error", "Pruefstand: 2 failed"),
        ("error", "E01 media-opaque-to-server"),
        ("error", "E02 keyless-decoder-sees-nothing"),
        ("notice", "T03 srtp-profile-floor"),
    ]
    assert told[0].message.startswith("A server could read picture or sound. 10 of 12 checks passed")


def test_missing_evidence_is_a_warning_and_never_silent() -> None:
    told = read_commands("\n".join(annotations(build("tap-silent"))))
    assert [each.name for each in told].count("warning") == 7
    assert told[0].properties["title"] == "Prüfstand: 6 ohne Ergebnis"


@pytest.mark.parametrize(("count", "lines"), [(MOST - 1, MOST), (MOST, MOST), (500, MOST)])
def test_github_shows_ten_of_a_level_so_the_last_one_names_the_rest(count: int, lines: int) -> None:
    told = annotations(many(Outcome.FAIL, count))
    assert len(told) == lines
    assert ("more" in told[-1]) is (count >= MOST)
    if count == MOST:
        assert told[-1] == "::error title=Pruefstand::2 more: X008, X009"


@pytest.mark.parametrize(
    ("given", "tone", "german", "english"),
    [
        (many(Outcome.PASS, 3), "passed", "bestanden 4/4", "passed 4/4"),
        (many(Outcome.WEAK, 3), "weak", "bestanden 4/4, 3 schwach", "passed 4/4, 3 weak"),
        (many(Outcome.FAIL, 1), "failed", "1 nicht bestanden", "1 failed"),
        (many(Outcome.INCONCLUSIVE, 2), "inconclusive", "2 ohne Ergebnis", "2 inconclusive"),
        (many(Outcome.PASS, 3, complete=False), "inconclusive", "abgebrochen", "incomplete"),
        (replace(many(Outcome.PASS, 0), verdicts=[]), "inconclusive", "ohne Ergebnis", "no result"),
        (replace(many(Outcome.PASS, 3), exit_code=ExitCode.BENCH), "bench", "Prüfstand gestört", "bench error"),
        (replace(many(Outcome.PASS, 3), exit_code=ExitCode.FAILED), "failed", "1 Ablauf mit Fehler", "1 story failed"),
        (many(Outcome.WEAK, 1, quality={}), "weak", "1 von 2 nur annehmbar", "1 of 2 only acceptable"),
        (many(Outcome.FAIL, 2, quality={}), "failed", "2 schlecht", "2 bad"),
        (many(Outcome.NOT_APPLICABLE, 2, quality={}), "passed", "gut 1/1", "good 1/1"),
    ],
)
def test_the_badge_says_what_the_exit_code_says(given: ReportInput, tone: str, german: str, english: str) -> None:
    states = [state_of(replace(given, lang=lang)) for lang in ("de", "en")]
    assert [(state.tone, state.said) for state in states] == [(tone, german), (tone, english)]
    root = ElementTree.fromstring(render_badge(states[0], "de"))
    assert (root.get("role"), root.get("aria-label")) == ("img", f"{states[0].label}: {german}")
    assert root.findtext("{*}title") == root.get("aria-label")
    assert float(root.get("width", "0")) < 400


def test_a_badge_can_be_read_and_asks_for_nothing() -> None:
    for colour in [DARK, *COLOURS.values()]:
        assert contrast(colour, WHITE) >= 4.5
    told = render_badge(State("weak", '<b a="1">&', "{{ 7*7 }}"), "de")
    assert "&lt;b a=&#34;1&#34;&gt;&amp;" in told
    assert not re.search(r"href|url\(|<style|<script|@font-face", told)


def test_code_quality_is_what_gitlab_reads_and_tells_old_from_new() -> None:
    entries = json.loads(render_code_quality(build("plain-audio", "en")))
    assert [(entry["check_name"], entry["severity"]) for entry in entries] == [
        ("pruefstand/E01", "critical"), ("pruefstand/E02", "critical"), ("pruefstand/T03", "info")]  # fmt: skip
    for entry in entries:
        assert isinstance(entry["location"]["lines"]["begin"], int)
        assert re.fullmatch("[0-9a-f]{64}", entry["fingerprint"])
    assert entries[0]["location"] == {"path": "evidence/records.jsonl", "lines": {"begin": 11}}
    other = replace(build("plain-audio", "de"), run=run_info(id="tomorrow", started="2025-11-23T19:07:12Z"))
    assert [entry["fingerprint"] for entry in json.loads(render_code_quality(other))] == [
        entry["fingerprint"] for entry in entries
    ]
    worse = {entry["fingerprint"] for entry in json.loads(render_code_quality(many(Outcome.FAIL, 1)))}
    assert worse.isdisjoint(entry["fingerprint"] for entry in json.loads(render_code_quality(many(Outcome.WEAK, 1))))
    assert json.loads(render_code_quality(many(Outcome.PASS, 1))) == []


def test_stories_and_errors_of_ours_are_issues_too(maker: EvidenceMaker) -> None:
    for outcome in ("failed", "error", "passed"):
        story = ScenarioResult(name="door", title="Tür", title_en="Door", outcome=outcome, sentence=outcome, seconds=1)
        maker.add(story)
    broken = verdict("E01", Outcome.INCONCLUSIVE, "kaputt", "broken", bench_error="ValueError: x")
    given = ReportInput(run_info(complete=False), [broken], (), maker.evidence(), "en")
    entries = json.loads(render_code_quality(given))
    assert [(entry["description"], entry["severity"], entry["location"]["lines"]["begin"]) for entry in entries] == [
        ("Story: Door: failed", "critical", 1),
        (f"E01 {broken.name}: An error of the bench, not of the system under test: ValueError: x", "major", 1),
        ("Story: Door: error", "major", 2),
        (f"Run incomplete: {Words('en')('incomplete')}", "minor", 1),
    ]
    assert sarif_faults(json.loads(render_sarif(given))) == []


@pytest.mark.parametrize("case", ["clean", "plain-audio", "tap-silent"])
def test_sarif_has_what_the_standard_requires(case: str) -> None:
    log = json.loads(render_sarif(build(case, "en")))
    assert sarif_faults(log) == []
    kinds = {result["ruleId"]: (result["kind"], result["level"]) for result in log["runs"][0]["results"]}
    wanted = {"clean": None, "plain-audio": ("fail", "error"), "tap-silent": ("open", "none")}[case]
    assert kinds.get("E01") == wanted
    assert kinds["T03"] == ("fail", "note")


def test_metrics_count_every_outcome_and_tell_each_check() -> None:
    text = render_metrics(build("plain-audio", "en"))
    told = samples(text)
    assert text == render_metrics(build("plain-audio", "de"))
    assert [told["pruefstand_checks", outcome.value] for outcome in Outcome] == [9, 1, 2, 0, 0]
    assert told["pruefstand_check_outcome", "E01fail"] == 1
    assert told["pruefstand_check_outcome", "E01pass"] == 0
    assert told["pruefstand_run_exit_code", ""] == 1
    assert told["pruefstand_run_duration_seconds", ""] == 148.2
    assert told["pruefstand_run_start_timestamp_seconds", ""] == 1763838432
    for family in text_string_to_metric_families(text):
        assert family.documentation
        assert all({"kind", "target"} <= sample.labels.keys() for sample in family.samples)


def test_a_summary_stays_below_what_github_takes() -> None:
    text = "x" * LONGEST
    verdicts = [verdict(f"X{n}", Outcome.FAIL, text, text, ("r1",)) for n in range(2000)]
    given = ReportInput(run_info(), verdicts, (), EvidenceMaker().evidence(), "en")
    told = render_summary(given)
    assert len(told.encode()) < 1 << 20
    assert f"{2000 - ROWS:,} more lines are in verdicts.json.".replace(",", "\u202f") in told
