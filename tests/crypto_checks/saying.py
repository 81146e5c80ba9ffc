"""What checks say beside the sentences of the kill matrix, one file a check in ``said/``: figures, records, gaps.

``python -m tests.crypto_checks.saying`` writes the files anew. What changes in them is read before it is committed:
they are as good as the eyes that read them.
"""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from crypto_checks.catalogue import CATALOGUE, by_id
from harness.model.evidence import Evidence
from harness.model.observations import Record
from tests.crypto_checks.limits import CASES, evidence_of
from tests.crypto_checks.ways import EVERY, WAYS, evidence_with_way
from tests.flaws.evidence import evidence_with
from tests.flaws.seeded import FLAWS

FOLDER = Path(__file__).parent / "said"
_PLACE = ("kind", "blob")  # what is no value of its own
_FRAMES = (("medium",), ("sent",), ("frames",))  # how ``crypto_checks.streams`` names what it has read
_BEATEN = ("vanished", "inconclusive")  # how a flaw may move a check of which the kill matrix keeps no sentence


def said(check: str, evidence: Evidence) -> list[Any]:
    """Outcome, sentences, figures and number of records.

    A number has both forms of its noun ("2 key|keys"), a list the word before its last part ("logs [and]"): which of
    them a sentence shows depends on how many there are, and no evidence has one and many of everything.
    """
    with (
        patch("crypto_checks.words.count", lambda number, one, many: f"{number} {one}|{many}"),
        patch("crypto_checks.words.listed", lambda parts, last: f"{', '.join(parts)} [{last}]"),
    ):
        finding = by_id(check).judge(evidence)
    decided = [dict(finding.figures), len(finding.records)] if finding.records else []
    return [str(finding.outcome), finding.sentence.en, finding.sentence.de, *decided]


def moving(check: str) -> list[str]:
    """The flaws that a check fails of or is weak by; first none at all."""
    return ["", *(flaw for flaw, seeded in FLAWS.items() if check in (*seeded.fails, *seeded.weak))]


def figures_of(check: str, flaw: str) -> dict[str, Any]:
    evidence = evidence_with(flaw)
    kinds = {record.id: record.seen.kind for record in evidence.records}
    finding = by_id(check).judge(evidence)
    return {"figures": dict(finding.figures), "records": dict(Counter(kinds[one] for one in finding.records))}


def figures(check: str) -> dict[str, Any]:
    """Flaw -> the figures of the verdict, and how many records of each kind it names."""
    return {flaw: figures_of(check, flaw) for flaw in moving(check)}


def numbers(check: str) -> dict[str, list[Any]]:
    """Flaw -> the verdict with both forms of each noun, where it has any: the kill matrix has seen but one of them."""
    told = {flaw: said(check, evidence_with(flaw)) for flaw in moving(check)}
    return {flaw: sentences for flaw, sentences in told.items() if {"|", "["} & set("".join(sentences[1:3]))}


def beaten(check: str) -> dict[str, list[Any]]:
    """Flaw -> what is said where it takes the subject or the evidence away."""
    flaws = [flaw for flaw, seeded in FLAWS.items() if any(check in getattr(seeded, way) for way in _BEATEN)]
    return {flaw: said(check, evidence_with(flaw)) for flaw in flaws}


def gaps(check: str) -> dict[str, list[Any]]:
    """Kind of record -> what is said of a clean run without any, without the first, without the last that is cited."""
    clean = evidence_with("")
    named = set(by_id(check).judge(clean).records)
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
            told[way] = said(check, Evidence(left, clean.blobs))
    return told


def otherwise(check: str) -> dict[str, list[Any]]:
    """Record and value -> what is said of a clean run in which that one value is another, where it is anything new.

    Of each kind the last record that the check cites is changed. A value that no vantage point would write may break
    the judge: that is no sentence, and not kept.
    """
    clean = evidence_with("")
    as_ever = said(check, clean)
    named = set(by_id(check).judge(clean).records)
    last = {record.seen.kind: record for record in clean.records if record.id in named}
    told = {}
    for kind, record in sorted(last.items()):
        for field in type(record.seen).model_fields:
            for value in others(getattr(record.seen, field)) if field not in _PLACE else ():
                changed = record.model_copy(update={"seen": record.seen.model_copy(update={field: value})})
                try:
                    says = said(check, replaced(clean, changed))
                except (LookupError, ValueError, TypeError, ArithmeticError, AttributeError):
                    continue
                if says != as_ever:
                    told[f"{kind}.{field} = {value!r}"] = says
    return told


def others(value: object) -> list[object]:
    """Other values of the same type, none where nothing simple is another."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [each for each in (0, value + 1, value * 1000 + 1) if each != value]
    if isinstance(value, str):
        return [each for each in ("", "another") if each != value]
    if isinstance(value, tuple):
        return [each for each in ((), value[:1]) if each != value]
    return []


def replaced(evidence: Evidence, changed: Record) -> Evidence:
    """The evidence with one record changed. What was read of its frames is taken over: reading is what takes long."""
    made = Evidence([changed if one.id == changed.id else one for one in evidence.records], evidence.blobs)
    if changed.seen.kind not in ("server-frames", "sender-frames", "call", "tap"):
        frames = {what: read for what, read in evidence._read.items() if what[:1] in _FRAMES}  # type: ignore[index]
        made._read.update(frames)
    return made


def everything(check: str) -> dict[str, Any]:
    return {
        "figures": figures(check),
        "numbers": numbers(check),
        "beaten": beaten(check),
        "gaps": gaps(check),
        "otherwise": otherwise(check),
        "ways": on_other_ways(check),
    }


def kept(check: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FOLDER / f"{check}.json").read_text("utf-8"))
    return read


def on_other_ways(check: str) -> dict[str, list[Any]]:
    """Frames that went another way -> what is said of it, where it is anything new."""
    as_ever = said(check, evidence_with(""))
    if "sender-frames" not in figures_of(check, "")["records"]:
        return {}
    told = {name: said(check, evidence_with_way(name)) for name in (*WAYS, *EVERY)}
    return {name: says for name, says in told.items() if says[:3] != as_ever[:3]}


def at_limits() -> dict[str, list[Any]]:
    return {name: said(case.check, evidence_of(case, evidence_with(""))) for name, case in CASES.items()}


def write() -> None:
    limits = json.dumps(at_limits(), indent=1, ensure_ascii=False)
    (FOLDER / "limits.json").write_text(f"{limits}\n", "utf-8")
    for check in CATALOGUE:
        text = json.dumps(everything(check.id), indent=1, ensure_ascii=False)
        (FOLDER / f"{check.id}.json").write_text(f"{text}\n", "utf-8")


if __name__ == "__main__":
    write()
