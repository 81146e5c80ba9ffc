"""junit.xml is valid whatever the target says, and tells a failure from an error of ours."""

from xml.etree import ElementTree

from harness.model.observations import ScenarioResult
from harness.model.outcome import Outcome
from reports.inputs import ReportInput
from reports.junit import render_junit
from tests.reports.samples import EvidenceMaker, build, run_info, verdict


def parsed(given: ReportInput) -> ElementTree.Element:
    return ElementTree.fromstring(render_junit(given).encode())


def test_clean_run_has_a_case_for_each_check_and_story() -> None:
    root = parsed(build("clean"))
    assert {name: root.get(name) for name in ("tests", "failures", "errors", "skipped", "time")} == {
        "tests": "16", "failures": "0", "errors": "0", "skipped": "0", "time": "148.200"}  # fmt: skip
    cases = [case.get("name") for case in root.findall("testsuite[@name='checks']/testcase")]
    assert cases[:2] == ["E01 media-opaque-to-server", "E02 keyless-decoder-sees-nothing"]
    weak = root.find(".//testcase[@name='T03 srtp-profile-floor']/system-out")
    assert weak is not None
    assert (weak.text or "").startswith("schwach: Alle 4 Transporte nutzen AES_CM_128_HMAC_SHA1_80")


def test_failed_check_is_a_failure_with_its_evidence_sentence() -> None:
    root = parsed(build("plain-audio", "en"))
    failures = root.findall(".//failure")
    assert root.get("failures") == "2"
    assert {failure.get("message") for failure in failures} == {
        "The sound of citizen and clerk lay open at the media server: the voices were recognised without a key."
    }
    assert "Evidence: r0011, r0012" in (failures[0].text or "")


def test_missing_evidence_is_skipped_with_its_reason() -> None:
    root = parsed(build("tap-silent"))
    assert (root.get("skipped"), root.get("failures")) == ("6", "0")
    skipped = root.find(".//testcase[@name='E01 media-opaque-to-server']/skipped")
    assert skipped is not None
    assert skipped.get("message") == (
        "ohne Ergebnis: Der Medienserver lieferte keine Aufzeichnung; es gibt nichts zu beurteilen."
    )


def test_our_error_is_an_error_and_not_a_failure(maker: EvidenceMaker) -> None:
    maker.add(
        ScenarioResult(name="door", title="Tür", title_en="Door", outcome="error", sentence="KeyError", seconds=2)
    )
    broken = verdict("E01", Outcome.INCONCLUSIVE, "kaputt", "broken", bench_error="ValueError: x")
    root = parsed(ReportInput(run_info(), [broken], (), maker.evidence(), "en"))
    assert (root.get("errors"), root.get("failures"), root.get("skipped")) == ("2", "0", "0")
    assert root.find(".//testcase[@name='Door']/error[@message='KeyError']") is not None


def test_characters_that_xml_forbids_are_replaced(maker: EvidenceMaker) -> None:
    text = 'a\x00\x1b[31m<b>"&\ufffe\x0b'
    maker.add(ScenarioResult(name=text, title=text, outcome="failed", sentence=text, seconds=0))
    bad = verdict("E01", Outcome.FAIL, text, text, (text,), bench_error="")
    root = parsed(ReportInput(run_info(target=text, versions={text: text}), [bad], (), maker.evidence()))
    failures = [failure.get("message") for failure in root.findall(".//failure")]
    assert failures == ['a\ufffd\ufffd[31m<b>"&\ufffd\ufffd'] * 2


def test_gitlab_shows_the_text_of_whatever_went_wrong_and_knows_each_story_by_its_name(maker: EvidenceMaker) -> None:
    for outcome in ("failed", "error", "passed"):
        told = ScenarioResult(name="door", title="Tür", title_en="Door", outcome=outcome, sentence="stuck", seconds=1)
        maker.add(told)
    silent = verdict("E01", Outcome.INCONCLUSIVE, "nichts", "nothing")
    root = parsed(ReportInput(run_info(), [silent], (), maker.evidence(), "en"))
    cases = {case.get("name"): [element.text for element in case] for case in root.iter("testcase")}
    assert cases == {
        f"E01 {silent.name}": ["inconclusive: nothing"],
        "Door": ["stuck"],
        "Door (2)": ["stuck"],
        "Door (3)": [],
    }


def test_no_text_of_a_target_names_a_file_to_be_fetched(maker: EvidenceMaker) -> None:
    text = "[[ATTACHMENT|/etc/passwd]]"
    maker.add(ScenarioResult(name="x", title="x", outcome="failed", sentence=text, seconds=0))
    passed = verdict("E01", Outcome.PASS, text, text, ("r0001",))
    assert "[[" not in render_junit(ReportInput(run_info(), [passed], (), maker.evidence()))
