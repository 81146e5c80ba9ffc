"""junit.xml: a test case for each check and each scenario, as CI servers read it.

GitLab shows the text of an element where it has one and knows a test case by its name, so each has a text and a name of
its own. Jenkins and GitLab fetch files that a text names as ``[[ATTACHMENT|path]]``: no text of a target may say that.
"""

import re
from collections import Counter
from xml.etree import ElementTree

from harness.model.observations import ScenarioResult
from harness.model.outcome import Outcome
from harness.model.verdict import Verdict
from reports.inputs import ReportInput
from reports.text import Words, plain

# XML 1.0 (fifth edition), 2.2: the characters a document may hold.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ATTACHED = re.compile(r"\[\[(?=\s*ATTACHMENT)", re.IGNORECASE)


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
    played: Counter[str] = Counter()
    for scenario in given.scenarios:
        _scenario(stories, scenario, played, words)
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
        reason = _xml(f"{words(f'outcome.{verdict.outcome}')}: {said}")
        ElementTree.SubElement(case, "skipped", message=reason).text = reason
    else:
        ElementTree.SubElement(case, "system-out").text = f"{words(f'outcome.{verdict.outcome}')}: {said}"


def _scenario(suite: ElementTree.Element, scenario: ScenarioResult, played: Counter[str], words: Words) -> None:
    title = _xml((scenario.title if words.lang == "de" else scenario.title_en or scenario.title) or scenario.name)
    played[title] += 1
    case = ElementTree.SubElement(
        suite,
        "testcase",
        classname="pruefstand.scenarios",
        name=title if played[title] == 1 else f"{title} ({played[title]})",
        time=f"{scenario.seconds:.3f}",
    )
    element = {"failed": "failure", "error": "error", "skipped": "skipped"}.get(scenario.outcome)
    if element:
        said = _xml(scenario.said(words.lang))
        ElementTree.SubElement(case, element, message=said).text = said


def _count(suite: ElementTree.Element, seconds: float) -> None:
    suite.set("tests", str(len(suite.findall("testcase"))))
    for name, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(len(suite.findall(f"testcase/{element}"))))
    suite.set("time", f"{seconds:.3f}")


def _xml(text: str) -> str:
    """Text with U+FFFD in place of what no XML document may hold, and of what a CI server would obey."""
    return _ATTACHED.sub("\ufffd\ufffd", _NOT_XML.sub("\ufffd", plain(text)))
