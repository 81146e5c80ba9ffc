"""What the PDF says: never more than was seen, no legal conclusion, and every word of the trade explained."""

import hashlib
import json
import re
from typing import Any

import pytest

from crypto_checks.catalogue import CATALOGUE
from harness.model.outcome import Outcome
from harness.store import RunStore, read_run
from reports.check_rows import record_digest
from reports.inputs import Lang, ReportInput
from reports.locales import TEXTS
from reports.pdf.bench_rates import bench_rates, measured
from reports.pdf.document import build_document, records_digest
from reports.pdf.glossary import TERMS, glossary_of
from reports.text import Words
from tests.reports.samples import build, run_info, verdict


def told(given: ReportInput) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(build_document(given, measured()).data)
    return data


def test_requirements_name_their_checks_by_outcome() -> None:
    rows = {row["cited"].replace("\u00a0", " "): row for row in told(build("plain-audio"))["requirements"]}
    article = rows["Art. 32 Abs. 1 lit. a DSGVO"]
    assert [said for _, said, _ in article["checks"]] == ["bestanden", "schwach", "nicht bestanden"]
    assert article["checks"][2][2] == ["E01", "E02"]
    assert list(rows) == [
        "Art. 32 Abs. 1 lit. a DSGVO",
        "DSK, Orientierungshilfe Videokonferenzsysteme (23.10.2020), Kap. 4.1",
    ]


def test_each_check_names_a_record_with_its_digest() -> None:
    given = build("clean")
    records = {record.id: record for record in given.evidence.records}
    rows = [row for family in told(given)["families"] for row in family["rows"]]
    assert [row["id"] for row in rows] == [check.id for check in given.checks]
    for row in rows:
        cited = re.search(r"r\d{4}", row["rests"])
        assert cited
        assert row["digest"] == record_digest(records[cited[0]])
        assert records[cited[0]].seen.kind != "call"  # every verdict cites the calls; this one tells more
        assert row["more"] == "und 5 weitere"


def test_place_that_was_silent_is_not_among_those_looked_at() -> None:
    data = told(build("tap-silent"))
    media = next(group for group in data["groups"] if group["name"] == "media")
    assert "Medienserver" not in media["looked"]
    assert data["limits"][0]["entries"] == [
        "Medienserver: war da, lieferte nichts. rec_dir war da, aber Janus schrieb keine Aufzeichnung (0 Dateien)."
    ]
    assert [kind for kind, _ in data["open"]] == ["Schwäche"] + ["Ohne Ergebnis"] * 6


def test_picture_that_is_missing_is_said() -> None:
    data = told(build("tap-silent", "en"))
    assert [photo["label"] for photo in data["photos"]] == ["At home", "At the town hall"]
    assert data["control"]["sentence"] == TEXTS["en"]["control.none"]


def test_checksum_is_that_of_the_file_of_records(tmp_path: Any) -> None:
    store = RunStore.create(tmp_path, "townhall", {})
    given = build("clean")
    for record in given.evidence.records:
        store.add(record.seen)
    store.finish()
    _, evidence = read_run(store.folder)
    assert (
        records_digest(evidence)
        == hashlib.sha256((store.folder / "evidence" / "records.jsonl").read_bytes()).hexdigest()
    )


def test_killed_run_names_no_checksum_because_its_last_line_may_be_cut() -> None:
    given = build("clean")
    assert told(given)["records"]
    assert told(ReportInput(run_info(complete=False), given.verdicts, given.checks, given.evidence))["records"] == ""


@pytest.mark.parametrize("lang", ["de", "en"])
def test_no_sentence_draws_a_legal_conclusion(lang: Lang) -> None:
    texts = " ".join(text for key, text in TEXTS[lang].items() if key.startswith(("pdf.", "norm.")))
    assert not re.search(r"(?i)rechtskonform|rechtmäßig|DSGVO-konform|compliant|complies|lawful|rechtssicher", texts)
    assert re.search("rechtliche Bewertung|legal assessment", texts)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_abbreviations_of_the_checks_are_explained(lang: Lang) -> None:
    """Words in capitals are the trade's; each that a check's own sentence uses is in the glossary, or is no jargon."""
    known = {"RFC", "NONE", "QVGA", "ID"}
    for check in CATALOGUE:
        passing = check.passing.in_language(lang)
        explained = " ".join(word for word, _ in glossary_of(passing, Words(lang)))
        for word in set(re.findall(r"\b[A-Z]{2,}[A-Za-z]*\b", passing)) - known:
            assert word in explained or word in ("SRTCP", "AA", "TURNS") or re.fullmatch(r"E\d+", word), (
                check.id,
                word,
            )


def test_glossary_has_only_what_occurs_in_the_order_of_the_alphabet() -> None:
    words = [word for word, _ in glossary_of("DTLS 1.2 und SRTP über TURN", Words("de"))]
    assert words == ["DTLS", "RTP, SRTP", "STUN, TURN"]
    assert all(f"means.{key}" in TEXTS["en"] for key in TERMS)


def test_measured_rates_are_told_with_their_interval() -> None:
    rates = measured()
    assert rates is not None
    said = bench_rates(rates, ["E01", "X99"], Words("en"))
    assert re.match(r"With insight at all places \d+ of \d+ built-in flaws were found", said.sentences[0])
    assert said.sentences[3] == "Of the 2 checks of this run, 1 were tried on at least one built-in flaw."
    assert [bar.label for bar in said.bars] == [
        "all places",
        "browsers only",
        "no look into the servers",
        "all but the keys",
    ]
    assert all(0 <= bar.low <= bar.share <= bar.high <= 1 for bar in said.bars)


def test_without_measurements_it_says_so() -> None:
    assert bench_rates(None, ["E01"], Words("en")).sentences == (TEXTS["en"]["pdf.rate.none"],)


def test_check_without_record_says_so() -> None:
    given = build("clean")
    open_one = verdict("E01", Outcome.INCONCLUSIVE, "Nichts.", "Nothing.")
    data = told(ReportInput(given.run, [open_one], given.checks, given.evidence))
    assert data["families"][0]["rows"][0]["rests"] == "keine Aufzeichnung"
    assert [part["title"] for part in data["limits"]][-1] == "Nicht ausgeführt"
