"""A run's keys and passwords are in no file of it when it ends, in no form."""

import base64
import hashlib
import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.model.observations import PictureSeen, TapStatus
from harness.store import RunStore, read_run
from harness.sweep import sweep
from harness.wire.encodings import needles, text_needles

KEY = bytes(range(100, 132))
PASSWORD = b'Gef\xc3\xa4ngnis "7"'


def test_every_form_is_blotted_out_and_counted(tmp_path: Path) -> None:
    forms = [form for each in needles(KEY).values() for form in each]
    forms += [form for each in text_needles(PASSWORD.decode()).values() for form in each if len(form) >= 8]
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "all.bin").write_bytes(b"|".join(forms))
    (tmp_path / "clean.txt").write_text("nothing here")
    said = sweep(tmp_path, [KEY, PASSWORD, b"de", b""])
    left = (tmp_path / "deep" / "all.bin").read_bytes()
    assert not any(form in left for form in forms)
    assert len(left) == len(b"|".join(forms))
    assert (said["secrets"], said["too_short"], said["files"]) == (2, 1, 2)
    assert said["blotted"] == [{"file": "deep/all.bin", "count": len(forms)}]
    assert (tmp_path / "clean.txt").read_text() == "nothing here"
    assert sweep(tmp_path, [KEY, PASSWORD])["blotted"] == []


def test_a_blob_that_was_changed_is_still_evidence(tmp_path: Path) -> None:
    store = RunStore.create(tmp_path, "t", {})
    blob = store.add_blob("call/leak.frames", b"head" + KEY + b"tail")
    store.add(PictureSeen(call="c", party="p", place="server", caption_de="x", caption_en="x", blob=blob))
    store.add(TapStatus(vantage="sfu", state="failed", reason=f"said {base64.b64encode(KEY).decode()}"))
    said = sweep(store.folder, [KEY])
    store.finish(swept=said)
    info, evidence = read_run(store.folder)
    assert [each["file"] for each in said["blotted"]] == ["evidence/call/leak.frames", "evidence/records.jsonl"]
    assert evidence.blobs["call/leak.frames"] == b"head" + b"*" * 32 + b"tail"
    assert base64.b64encode(KEY)[:40] not in (store.folder / "evidence" / "records.jsonl").read_bytes()
    assert info["swept"] == json.loads(json.dumps(said))


def test_without_secrets_nothing_is_touched(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    assert sweep(tmp_path, []) == {"secrets": 0, "too_short": 0, "files": 1, "bytes": 1, "blotted": []}


@settings(max_examples=100, deadline=None)
@given(secret=st.binary(min_size=16, max_size=64), before=st.binary(max_size=9), after=st.binary(max_size=9))
def test_no_secret_survives_in_any_alignment(secret: bytes, before: bytes, after: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        for way in (bytes, base64.b64encode, base64.urlsafe_b64encode, lambda data: data.hex().encode()):
            data = way(before + secret + after)
            file.write_bytes(data)
            assert sweep(Path(folder), [secret])["blotted"] == [{"file": "file", "count": 1}]
            assert len(file.read_bytes()) == len(data)
            assert hashlib.sha256(file.read_bytes()).digest() != hashlib.sha256(data).digest()
