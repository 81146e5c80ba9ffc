"""junit.xml: a test case for each check and each scenario, as CI servers read it."""

import re
from xml.etree import ElementTree

from harness.model.observations import ScenarioResult
from harness.model.outcome import Outcome
from harness.model.verdict import Verdict
from reports.inputs import ReportInput
from reports.text import Words

# XML 1.0 (fifth edition), 2.2: the characters a document may hold.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(given: ReportInput) -> str:
    """The document. A failed check is a failure, our own error an error, a check without a result is skipped."""
    words = Words(given.lang)
    root = ElementTree.Element("testsuites", name="pruefstand")
    started = given.info.started.strftime("%Y-%m-%dT%H:%M:%S")
    checks = ElementTree.SubElement(root, "testsuite", name="checks", timestamp=started)
    facts = ElementTree.SubElement(checks, "properties")
    for name, value in _properties(given):
        ElementTree.SubElement(facts, "property", name=name, value=_xml(value))
    for verdict in given.verdicts:
        _check(checks, verdict, words)
    stories = ElementTree.SubElement(root, "testsuite", name="scenarios", timestamp=started)
    for scenario in given.scenarios:
        _scenario(stories, scenario, words)
    _count(checks, 0.0)
    _count(stories, sum(scenario.seconds for scenario in given.scenarios))
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(int(checks.get(name, "0")) + int(stories.get(name, "0"))))
    root.set("time", f"{given.info.seconds:.3f}")
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _properties(given: ReportInput) -> list[tuple[str, str]]:
    info = given.info
    facts = [("run", info.id), ("target", info.target), ("browser", info.browser), ("seed", info.seed)]
    facts += [("flaw", info.flaw), ("complete", str(info.complete).lower()), ("exit_code", str(int(given.code)))]
    return facts + [(f"version.{_xml(name)}", version) for name, version in sorted(info.versions.items())]


def _check(suite: ElementTree.Element, verdict: Verdict, words: Words) -> None:
    case = ElementTree.SubElement(
        suite, "testcase", classname="pruefstand.checks", name=_xml(f"{verdict.check} {verdict.name}"), time="0.000"
    )
    sentence = verdict.finding.sentence
    said = _xml(sentence.in_language(words.lang))
    body = _xml(f"{sentence.de}\n{sentence.en}\n{words('junit.records', records=', '.join(verdict.finding.records))}")
    if verdict.bench_error:
        ElementTree.SubElement(case, "error", message=_xml(verdict.bench_error), type="bench").text = body
    elif verdict.outcome is Outcome.FAIL:
        ElementTree.SubElement(case, "failure", message=said, type="fail").text = body
    elif verdict.outcome in (Outcome.INCONCLUSIVE, Outcome.NOT_APPLICABLE):
        ElementTree.SubElement(case, "skipped", message=_xml(f"{words(f'outcome.{verdict.outcome}')}: {said}"))
    else:
        ElementTree.SubElement(case, "system-out").text = f"{words(f'outcome.{verdict.outcome}')}: {said}"


def _scenario(suite: ElementTree.Element, scenario: ScenarioResult, words: Words) -> None:
    title = scenario.title if words.lang == "de" else scenario.title_en or scenario.title
    case = ElementTree.SubElement(
        suite,
        "testcase",
        classname="pruefstand.scenarios",
        name=_xml(title or scenario.name),
        time=f"{scenario.seconds:.3f}",
    )
    element = {"failed": "failure", "error": "error", "skipped": "skipped"}.get(scenario.outcome)
    if element:
        ElementTree.SubElement(case, element, message=_xml(scenario.sentence))


def _count(suite: ElementTree.Element, seconds: float) -> None:
    suite.set("tests", str(len(suite.findall("testcase"))))
    for name, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(len(suite.findall(f"testcase/{element}"))))
    suite.set("time", f"{seconds:.3f}")


def _xml(text: str) -> str:
    """Text with U+FFFD in place of characters that no XML document may hold."""
    return _NOT_XML.sub("\ufffd", text)
