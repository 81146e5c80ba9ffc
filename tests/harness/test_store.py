"""The run folder: what a killed run leaves can be read, what was changed cannot pass for evidence."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.model.errors import RunStoreError
from harness.model.observations import Blob, SenderFrames, TapStatus
from harness.store import RunStore, read_run


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RunStore]:
    made = RunStore.create(tmp_path, "townhall", {"lang": "de"})
    yield made
    made.close()


def test_killed_run_is_readable_and_marked_incomplete(store: RunStore) -> None:
    store.add(TapStatus(vantage="sfu", state="ok"))
    with (store.evidence_folder / "records.jsonl").open("a") as file:
        file.write('{"id":"r00002","at":1.0,"seen":{"kind":"ta')  # killed in the middle of a line
    info, evidence = read_run(store.folder)
    assert info["complete"] is False
    assert [record.id for record in evidence.records] == ["r00001"]


def test_finished_run_is_marked_complete(store: RunStore) -> None:
    store.finish(seconds=1.5)
    info, _ = read_run(store.folder)
    assert (info["complete"], info["seconds"]) == (True, 1.5)


def test_damaged_record_in_the_middle_is_an_error_that_names_it(store: RunStore) -> None:
    store.add(TapStatus(vantage="sfu", state="ok"))
    file = store.evidence_folder / "records.jsonl"
    file.write_text('{"not":"a record"}\n' + file.read_text())
    with pytest.raises(RunStoreError, match="Record 1 of .* cannot be read"):
        read_run(store.folder)


def test_folder_that_is_no_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(RunStoreError, match="is not a run folder: it holds no run.json"):
        read_run(tmp_path)


def test_unwritable_runs_folder_says_the_mend(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(RunStoreError, match="name another one with --out"):
        RunStore.create(blocked, "townhall", {})


def frames_record(blob: Blob) -> SenderFrames:
    return SenderFrames(party="clerk", media="audio", via="app", stage="before", frames=1, blob=blob)


def test_changed_blob_is_absent(store: RunStore) -> None:
    blob = store.add_blob("call/a.frames", b"as it was")
    store.add(frames_record(blob))
    (store.evidence_folder / blob.path).write_bytes(b"as it was not")
    _, evidence = read_run(store.folder)
    assert evidence.bytes_of(blob) is None


def test_unchanged_blob_is_read(store: RunStore) -> None:
    blob = store.add_blob("call/a.frames", b"as it was")
    store.add(frames_record(blob))
    _, evidence = read_run(store.folder)
    assert evidence.bytes_of(blob) == b"as it was"


@pytest.mark.parametrize("path", ["../outside", "/etc/hostname", "a/../../outside"])
def test_blob_outside_the_run_is_neither_written_nor_read(store: RunStore, path: str) -> None:
    with pytest.raises(RunStoreError, match="leaves the run folder"):
        store.add_blob(path, b"x")
    store.add(frames_record(Blob(path=path, sha256="0" * 64, size=1)))
    _, evidence = read_run(store.folder)
    assert evidence.bytes_of(Blob(path=path, sha256="0" * 64, size=1)) is None


def test_symlink_out_of_the_run_is_not_followed(store: RunStore, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    blob = store.add_blob("a.frames", b"secret")
    store.add(frames_record(blob))
    file = store.evidence_folder / "a.frames"
    file.unlink()
    file.symlink_to(secret)
    _, evidence = read_run(store.folder)
    assert evidence.bytes_of(blob) is None


def test_a_killed_run_goes_on_behind_its_last_whole_record(tmp_path: Path) -> None:
    store = RunStore.create(tmp_path, "townhall", {})
    store.add(TapStatus(vantage="sfu", state="ok"))
    store.close()
    file = store.folder / "evidence" / "records.jsonl"
    with file.open("a") as records:
        records.write('{"id": "r00002", "at"')

    again, records_before = RunStore.resume(store.folder)
    assert [record.id for record in records_before] == ["r00001"]
    assert again.add(TapStatus(vantage="wire", state="ok")) == "r00002"
    again.finish()

    info, evidence = read_run(store.folder)
    assert info["complete"] is True
    assert [record.id for record in evidence.records] == ["r00001", "r00002"]
