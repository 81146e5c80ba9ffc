"""The sentence on top says what the verdicts carry, and never more."""

import pytest

from harness.model.evidence import Evidence
from harness.model.exit_code import ExitCode
from harness.model.observations import CallFact, Recognition, ScenarioResult, SearchResult, TapStatus
from harness.model.outcome import Outcome
from harness.model.verdict import Verdict
from reports.headline import Headline, looked_at, make_headline
from reports.inputs import ReportInput
from reports.text import Words
from tests.reports.samples import EvidenceMaker, build, run_info, verdict


def headline(
    *verdicts: Verdict, evidence: Evidence | None = None, code: ExitCode | None = None, **run: object
) -> Headline:
    given = ReportInput(run_info(**run), verdicts, (), evidence or Evidence(()), "en", code)
    return make_headline(given, Words("en"))


def passed(*checks: str) -> list[Verdict]:
    return [verdict(check, Outcome.PASS, "gut", "good", ("r1",)) for check in checks]


def failed(check: str) -> Verdict:
    return verdict(check, Outcome.FAIL, "schlecht", "bad", ("r1",))


def test_clean_run_says_that_no_server_could_read() -> None:
    given = build("clean", "de")
    top = make_headline(given, Words("de"))
    assert (top.tone, top.sentence) == ("pass", "In diesem Lauf konnte kein Server Bild oder Ton lesen.")
    assert top.counts == "12 von 12 Prüfungen bestanden, davon\u00a01 mit Schwäche."
    assert top.scope.startswith("Die Aussage gilt für 3 geprüfte Gespräche mit „townhall“ und für die Stellen, ")
    assert top.scope.endswith(
        "beobachtet wurde: Medienserver, Web-Anfragen (HTTP), Signalisierung (WebSocket), E-Mail, Protokolle der "
        "Server, Datenbank, Arbeitsspeicher der Server, kodierte Bilder und Töne im Browser, Schlüssel im Browser, "
        "Bildschirm und Lautsprecher."
    )


@pytest.mark.parametrize("left_out", ["E01", "E02", "E03", "K07"])
def test_no_claim_about_servers_when_a_check_it_needs_was_not_run(left_out: str) -> None:
    checks = {"E01", "E02", "E03", "K07"} - {left_out}
    assert headline(*passed(*sorted(checks))).sentence == "All selected checks passed."


@pytest.mark.parametrize(
    ("checks", "sentence"),
    [
        (["E02", "T03"], "A server could read picture or sound."),
        (["E01", "K07"], "A server received picture or sound wholly or partly unencrypted."),
        (["E12"], "The encryption of picture and sound had a gap."),
        (["K12", "K07"], "When something broke, the transmission went on unprotected instead of stopping."),
        (["K08"], "The keys of the calls were not protected as promised."),
        (["C02"], "The encryption of picture and sound had a fault."),
        (["T01"], "The way of transmission was not secured as promised."),
        (["P03"], "Personal data were not protected as promised."),
        (["X99"], "A promise was not kept."),
    ],
)
def test_gravest_broken_promise_is_named(checks: list[str], sentence: str) -> None:
    top = headline(*passed("E03"), *map(failed, checks))
    assert (top.tone, top.sentence) == ("fail", sentence)


def test_failed_story_fails_the_run_even_when_all_checks_pass(maker: EvidenceMaker) -> None:
    maker.add(ScenarioResult(name="door", title="Tür", outcome="failed", sentence="offen", seconds=1))
    top = headline(*passed("E01", "E02", "E03", "K07"), evidence=maker.evidence())
    assert (top.tone, top.sentence) == ("fail", "A story that was played did not go as it should.")


def test_our_own_error_is_no_verdict_on_the_system() -> None:
    broken = verdict("E01", Outcome.INCONCLUSIVE, "kaputt", "broken", bench_error="ValueError: x")
    top = headline(broken)
    assert top.tone == "bench"
    assert top.sentence == "The test bench could not do all of its work; this is no verdict on the system."


def test_story_that_broke_is_the_benchs_error(maker: EvidenceMaker) -> None:
    maker.add(ScenarioResult(name="door", title="Tür", outcome="error", sentence="KeyError", seconds=1))
    given = ReportInput(run_info(), passed("E01"), (), maker.evidence())
    assert given.code is ExitCode.BENCH


def test_killed_run_has_no_overall_verdict_and_says_so() -> None:
    top = headline(*passed("E01", "E02", "E03", "K07"), complete=False)
    assert (top.tone, top.sentence) == ("inconclusive", "The run was not finished; there is no overall verdict.")
    assert top.incomplete.startswith("The run is incomplete: it was stopped before its end.")


def test_missing_evidence_is_never_a_pass() -> None:
    silent = verdict("E01", Outcome.INCONCLUSIVE, "nichts", "nothing")
    top = headline(silent, *passed("E02", "E03", "K07"))
    assert top.sentence == "No verdict is possible: observations that matter are missing."
    assert top.counts == "3 of 4 checks passed, 1\u00a0inconclusive."
    assert top.scope == "0 calls with “townhall” were examined. They were observed at these places: none."


def test_no_verdict_at_all_is_inconclusive() -> None:
    assert headline().sentence == "No verdict is possible: nothing was judged."


def test_checks_that_do_not_apply_are_not_counted_as_passed() -> None:
    absent = verdict("E05", Outcome.NOT_APPLICABLE, "kein Schirm", "no screen")
    assert headline(*passed("E01"), absent).counts == "1 of 1 check passed, 1\u00a0not applicable."


def test_seeded_flaw_is_named() -> None:
    assert "“plain-audio”" in headline(failed("E01"), flaw="plain-audio").flaw


def test_the_callers_exit_code_counts() -> None:
    assert headline(*passed("E01"), code=ExitCode.BENCH).tone == "bench"


def test_a_search_without_its_control_is_no_place_observed(maker: EvidenceMaker) -> None:
    common = {"source": "x", "items": 3, "searched_bytes": 9, "keys": (), "control": "mark"}
    maker.add(SearchResult.model_validate(common | {"place": "mail", "control_found": 0}))
    maker.add(SearchResult.model_validate(common | {"place": "url", "control_found": 2}))
    maker.add(SearchResult.model_validate(common | {"place": "log", "control_found": 1}))
    maker.add(TapStatus(vantage="sfu", state="silent"))
    maker.add(Recognition(place="glass", media="video", looked=5, decoded=5, found=5))
    maker.add(CallFact(tenant="Kernen", parties=("clerk",), connected=True, began_at=0, ended_at=1))
    assert looked_at(maker.evidence()) == {"http", "log", "glass"}
