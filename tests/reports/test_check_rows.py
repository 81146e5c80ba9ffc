"""What a check shows: its promise, what was seen, and records that a reader can find and verify."""

import hashlib
from pathlib import Path

from harness.model.observations import ServerFrames
from harness.model.outcome import Outcome
from harness.store import RunStore
from reports.check_rows import MOST_CITED, CheckRows, families, record_digest
from reports.text import Words
from tests.reports.sample_catalogue import catalogue
from tests.reports.samples import EvidenceMaker, verdict

EN = Words("en")


def frames(maker: EvidenceMaker) -> str:
    blob = maker.blob("sfu/a.frames", b"sealed")
    return maker.add(ServerFrames(call="c1", party="clerk", media="audio", codec="opus", frames=1, blob=blob))


def test_cited_record_shows_its_digest_and_its_files(maker: EvidenceMaker) -> None:
    record = frames(maker)
    row = CheckRows(catalogue(), maker.evidence(), EN).row(verdict("E01", Outcome.PASS, "gut", "good", (record,)))
    (cited,) = row.citations
    assert cited.what == "data at the media server · Call c1 · clerk · sound"
    assert [(digest.of, digest.sha256, digest.warning) for digest in cited.digests] == [
        ("record", record_digest(maker.records[0]), ""),
        ("file sfu/a.frames", hashlib.sha256(b"sealed").hexdigest(), ""),
    ]
    assert row.passing == "What the media server holds shares no 16 bytes with what the camera recorded."
    assert row.where == ("media server", "encoded frames in the browser")
    assert row.evidence_title == "Evidence: 1 record"


def test_digest_of_a_record_is_that_of_its_line_in_the_run_folder(tmp_path: Path, maker: EvidenceMaker) -> None:
    frames(maker)
    store = RunStore.create(tmp_path, "townhall", {})
    store.add(maker.records[0].seen)
    store.close()
    line = (store.evidence_folder / "records.jsonl").read_bytes().removesuffix(b"\n")
    stored = type(maker.records[0]).model_validate_json(line)
    assert record_digest(stored) == hashlib.sha256(line).hexdigest()


def test_altered_and_lost_files_are_pointed_out(maker: EvidenceMaker) -> None:
    cited = verdict("E01", Outcome.PASS, "gut", "good", (frames(maker), "r9999"))
    maker.blobs["sfu/a.frames"] = b"forged"
    altered, gone = CheckRows(catalogue(), maker.evidence(), EN).row(cited).citations
    assert altered.digests[1].warning == "Attention: the file does not match its digest."
    assert (gone.id, gone.what, gone.digests) == ("r9999", "not in the evidence", ())
    maker.blobs.clear()
    lost = CheckRows(catalogue(), maker.evidence(), EN).row(cited).citations[0]
    assert lost.digests[1].warning == "Attention: the file is missing from the evidence, or was altered."


def test_only_so_many_records_are_listed(maker: EvidenceMaker) -> None:
    records = tuple(f"r{number}" for number in range(MOST_CITED + 2))
    row = CheckRows(catalogue(), maker.evidence(), EN).row(verdict("E01", Outcome.PASS, "gut", "good", records))
    assert len(row.citations) == MOST_CITED
    assert row.more == "and 2 more records, named in verdicts.json"


def test_check_unknown_to_the_catalogue_is_still_shown(maker: EvidenceMaker) -> None:
    row = CheckRows((), maker.evidence(), EN).row(verdict("Z01", Outcome.INCONCLUSIVE, "nichts", "nothing"))
    assert row.passing == "This check is not in the catalogue that the report was made with."
    assert row.where == row.norms == ()


def test_figures_are_written_in_the_readers_language(maker: EvidenceMaker) -> None:
    figures = {"run": 3.25, "frames": 12345.0, "ratio": float("nan")}
    seen = verdict("E01", Outcome.INCONCLUSIVE, "nichts", "nothing", figures=figures)
    row = CheckRows(catalogue(), maker.evidence(), Words("de")).row(seen)
    assert row.figures == (("frames", "12\u202f345"), ("ratio", "nan"), ("run", "3,250"))


def test_checks_stand_under_the_heading_of_their_letter(maker: EvidenceMaker) -> None:
    rows = CheckRows(catalogue(), maker.evidence(), EN)
    made = [rows.row(verdict(check, Outcome.INCONCLUSIVE, "-", "-")) for check in ("E01", "E02", "T01", "Z9")]
    titles = [(family.title, len(family.rows)) for family in families(made, EN)]
    assert titles == [
        ("Picture and sound stay unreadable to servers", 2),
        ("The way of transmission", 1),
        ("Further checks", 1),
    ]
