"""results.sarif: what needs attention, in SARIF 2.1.0 (OASIS), for dashboards and editors that collect findings.

A finding has no place in a source file. Its physical location is the line of the first record that it rests on, its
logical location the check.
"""

import json
from collections.abc import Iterable
from typing import Any

from harness.model.check import Check
from harness.model.exit_code import ExitCode
from reports.ci.issues import Issue, Rank, issues_of
from reports.ci.state import kind_of
from reports.inputs import ReportInput
from reports.text import Words

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_BASE = "RUN"
# 3.27.9: "open" is a rule that was evaluated without enough to decide; it has no level.
_KINDS: dict[Rank, tuple[str, str]] = {
    "failed": ("fail", "error"), "bench": ("fail", "warning"), "inconclusive": ("open", "none"),
    "weak": ("fail", "note"),
}  # fmt: skip
_OWN = {"scenario": "stories.title", "run": "run.title"}  # rules that no catalogue has


def render_sarif(given: ReportInput) -> str:
    """The file's text: sorted keys, ASCII."""
    words, info, issues = Words(given.lang), given.info, issues_of(given)
    rules = list(_rules(given, issues, words))
    places = {rule["id"]: number for number, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "Pruefstand",
                "version": words.short(info.versions.get("pruefstand", ""), 60) or "unknown",
                "rules": rules,
            }
        },
        "automationDetails": {"id": f"pruefstand/{kind_of(given)}/"},
        "originalUriBaseIds": {_BASE: {"description": {"text": message(words("run.title"))}}},
        "invocations": [_invocation(given)],
        "columnKind": "unicodeCodePoints",
        "results": [_result(issue, places[issue.check]) for issue in issues],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1, sort_keys=True) + "\n"


def message(text: str) -> str:
    """A text as a SARIF message: 3.11.5 doubles braces, 3.11.6 takes brackets for links unless they are escaped."""
    text = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return text.replace("{", "{{").replace("}", "}}")


def _invocation(given: ReportInput) -> dict[str, Any]:
    return {
        "executionSuccessful": given.info.complete and given.code is not ExitCode.BENCH,
        "exitCode": int(given.code),
        "startTimeUtc": f"{given.info.started:%Y-%m-%dT%H:%M:%SZ}",
    }


def _rules(given: ReportInput, issues: Iterable[Issue], words: Words) -> Iterable[dict[str, Any]]:
    """One rule a check that was asked, then those of issues that no check of the catalogue speaks for."""
    known: set[str] = set()
    for check in given.checks:
        known.add(check.id)
        yield _rule(check, words)
    for issue in issues:
        if issue.check not in known:
            known.add(issue.check)
            named = words(_OWN[issue.check]) if issue.check in _OWN else issue.title
            yield _described({"id": issue.check}, named, named)


def _rule(check: Check, words: Words) -> dict[str, Any]:
    rule = {"id": check.id, "name": check.name, "properties": {"tags": sorted(set(check.norms))}}
    return _described(rule, check.name, check.passing.in_language(words.lang))


def _described(rule: dict[str, Any], short: str, full: str) -> dict[str, Any]:
    return {
        **rule,
        "shortDescription": {"text": message(short)},
        "fullDescription": {"text": message(full)},
        "help": {"text": message(full)},
    }


def _result(issue: Issue, rule: int) -> dict[str, Any]:
    kind, level = _KINDS[issue.rank]
    place = {"artifactLocation": {"uri": issue.file, "uriBaseId": _BASE}, "region": {"startLine": issue.line}}
    return {
        "ruleId": issue.check,
        "ruleIndex": rule,
        "kind": kind,
        "level": level,
        "message": {"text": message(issue.sentence)},
        "locations": [
            {
                "physicalLocation": place,
                "logicalLocations": [{"fullyQualifiedName": issue.title, "kind": "resource"}],
            }
        ],
        # the name that GitHub looks for; it cannot reckon one of its own without the file
        "partialFingerprints": {"primaryLocationLineHash": f"{issue.fingerprint}:1"},
    }
