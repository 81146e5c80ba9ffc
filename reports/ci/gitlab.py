"""gl-code-quality-report.json: what needs attention, as GitLab's merge requests show it.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format. GitLab stops at the first entry that it
does not understand, and compares two branches by the fingerprints.
"""

import json

from reports.ci.issues import Rank, issues_of
from reports.inputs import ReportInput

_SEVERITY: dict[Rank, str] = {"failed": "critical", "bench": "major", "inconclusive": "minor", "weak": "info"}


def render_code_quality(given: ReportInput) -> str:
    """The file's text; an empty list where all is well. ``location`` is below the run folder."""
    seen: set[str] = set()
    entries = []
    for issue in issues_of(given):
        if issue.fingerprint not in seen:  # GitLab keeps one entry a fingerprint
            seen.add(issue.fingerprint)
            entries.append(
                {
                    "description": f"{issue.title}: {issue.sentence}",
                    "check_name": f"pruefstand/{issue.check}",
                    "fingerprint": issue.fingerprint,
                    "severity": _SEVERITY[issue.rank],
                    "location": {"path": issue.file, "lines": {"begin": issue.line}},
                }
            )
    return json.dumps(entries, indent=1, sort_keys=True, ensure_ascii=True) + "\n"
