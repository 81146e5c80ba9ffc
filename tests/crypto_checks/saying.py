"""What checks say beside the sentences of the kill matrix, one file a check in ``said/``: figures, records, gaps.

``python -m tests.crypto_checks.saying`` writes the files anew. What changes in them is read before it is committed:
they are as good as the eyes that read them.
"""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crypto_checks.catalogue import CATALOGUE, by_id
from harness.model.evidence import Evidence
from harness.model.observations import Record
from harness.model.verdict import Finding
from tests.flaws.evidence import evidence_with
from tests.flaws.seeded import FLAWS

FOLDER = Path(__file__).parent / "said"
_BEATEN = ("vanished", "inconclusive")  # how a flaw may move a check of which the kill matrix keeps no sentence


def said(finding: Finding) -> list[str]:
    return [str(finding.outcome), finding.sentence.en, finding.sentence.de]


def moving(check: str) -> list[str]:
    """The flaws that a check fails of or is weak by; first none at all."""
    return ["", *(flaw for flaw, seeded in FLAWS.items() if check in (*seeded.fails, *seeded.weak))]


def figures(check: str) -> dict[str, Any]:
    """Flaw -> the figures of the verdict, and how many records of each kind it names."""
    told = {}
    for flaw in moving(check):
        evidence = evidence_with(flaw)
        kinds = {record.id: record.seen.kind for record in evidence.records}
        finding = by_id(check).judge(evidence)
        told[flaw] = {"figures": dict(finding.figures), "records": dict(Counter(kinds[one] for one in finding.records))}
    return told


def beaten(check: str) -> dict[str, list[str]]:
    """Flaw -> what is said where it takes the subject or the evidence away."""
    flaws = [flaw for flaw, seeded in FLAWS.items() if any(check in getattr(seeded, way) for way in _BEATEN)]
    return {flaw: said(by_id(check).judge(evidence_with(flaw))) for flaw in flaws}


def gaps(check: str) -> dict[str, list[str]]:
    """Kind of record -> what is said of a clean run without any, without the first, without the last that is cited."""
    clean = evidence_with("")
    judge = by_id(check).judge
    named = set(judge(clean).records)
    cited = [record for record in clean.records if record.id in named]
    told = {}
    for kind in sorted({record.seen.kind for record in cited}):
        of_kind = [record for record in cited if record.seen.kind == kind]
        ways: dict[str, Callable[[Record], bool]] = {
            f"no {kind}": lambda record, kind=kind: record.seen.kind == kind,  # type: ignore[misc]
            f"without the first {kind}": lambda record, gone=of_kind[0]: record is gone,  # type: ignore[misc]
            f"without the last {kind}": lambda record, gone=of_kind[-1]: record is gone,  # type: ignore[misc]
        }
        for way, gone in ways.items():
            left = [record for record in clean.records if not gone(record)]
            told[way] = said(judge(Evidence(left, clean.blobs)))
    return told


def everything(check: str) -> dict[str, Any]:
    return {"figures": figures(check), "beaten": beaten(check), "gaps": gaps(check)}


def kept(check: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FOLDER / f"{check}.json").read_text("utf-8"))
    return read


def write() -> None:
    for check in CATALOGUE:
        text = json.dumps(everything(check.id), indent=1, ensure_ascii=False)
        (FOLDER / f"{check.id}.json").write_text(f"{text}\n", "utf-8")


if __name__ == "__main__":
    write()
