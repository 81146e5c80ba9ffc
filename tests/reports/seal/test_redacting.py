"""What must not travel is taken out before it is bound, and listed; what is made up stays."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import SealError
from reports.seal.folder import RECORDS, Swept, leaks, redact_run
from reports.seal.redacting import Redactor, found_in
from reports.seal.sealing import seal_run
from tests.reports.seal.samples import INFO, KEY, MOMENT, run_folder


def redacted(text: str) -> str:
    return Redactor().text("f", text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Mail an karin.huber@winterbach.de, bitte", "Mail an redacted-1@redacted.invalid, bitte"),
        ("https://admin:geheim123@host.example/x", "https://redacted-1@host.example/x"),
        ("Authorization: Bearer abcdefgh12345678", "Authorization: Bearer redacted-1"),
        ("token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln end", "token redacted-1 end"),
        ("/join?room=7&token=s3cr3tvalue&x=1", "/join?room=7&token=redacted-1&x=1"),
        ("/join#access_token=s3cr3tvalue", "/join#access_token=redacted-1"),
        ("at /home/karin/pruefstand/x.py", "at /home/redacted-1/pruefstand/x.py"),
        ("c=IN IP4 93.184.216.34", "c=IN IP4 192.0.2.1"),
        ("http://93.184.216.34/x", "http://192.0.2.1/x"),
        ("candidate 2a00:1450:4001:81b::200e 9", "candidate 2001:db8::1 9"),
    ],
)
def test_each_kind(before: str, after: str) -> None:
    assert redacted(before) == after
    assert redacted(after) == after


@pytest.mark.parametrize(
    "text",
    [
        "erika.musterfrau+1@example.org", "x@rathaus.test", "max@mail.example", "c=IN IP4 127.0.0.1",
        "192.168.1.7 10.0.0.1",
        "Chrome/142.0.0.0 Safari/537.36", "coturn 4.6.1-1", "2001:db8::7 fe80::1 ::1", "12:30:45", "a::b:c in C++",
        "sha-256 AB:CD:EF:01:23:45:67:89", "/t/…", "token", "1.2.3.4.5", "http://www.webrtc.org/experiments/rtp-hdrext",
        "user@", "@host", "o=mozilla...THIS_IS_SDPARTA-99.0 7396843187901672534 0 IN IP4 0.0.0.0",
    ],
)  # fmt: skip
def test_what_is_made_up_or_none_of_it_stays(text: str) -> None:
    assert redacted(text) == text


def test_the_same_value_has_the_same_stand_in_everywhere() -> None:
    redactor = Redactor()
    assert redactor.text("a", "x@real.de y@real.de") == "redacted-1@redacted.invalid redacted-2@redacted.invalid"
    assert redactor.text("b", "y@real.de") == "redacted-2@redacted.invalid"
    assert dict(redactor.counted) == {("a", "mail address"): 2, ("b", "mail address"): 1}


@given(st.text())
def test_any_text_is_redacted_once_and_then_stays(text: str) -> None:
    once = redacted(text)
    assert redacted(once) == once
    assert found_in(once) == {}


VALUES = st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))


@given(VALUES)
def test_lines_stay_json_and_untouched_ones_keep_their_bytes(value: object) -> None:
    line = json.dumps(value) + "\n"
    after = Redactor().lines("f", line)
    assert json.loads(after) == Redactor().value("f", value)
    if json.loads(after) == value:
        assert after == line


SWEPT = {"secrets": 3, "too_short": 0, "files": 9, "bytes": 99, "blotted": [{"file": "x", "count": 2}]}


def record(text: str) -> str:
    return json.dumps({"id": "r1", "at": 1.0, "seen": {"kind": "x", "text": text}}) + "\n"


def test_a_run_is_redacted_in_place_and_the_list_grows(tmp_path: Path) -> None:
    folder = run_folder(tmp_path, versions={"coturn": "8.8.4.4"}, swept=SWEPT)
    (folder / RECORDS).write_text(record("\nkarin@winterbach.de") + record("plain") + '{"cut')
    done = redact_run(folder)
    assert (folder / RECORDS).read_text().splitlines()[1:] == [record("plain").strip(), '{"cut']
    assert json.loads((folder / RECORDS).read_text().splitlines()[0])["seen"]["text"] == "\nredacted-1@redacted.invalid"
    assert json.loads((folder / "run.json").read_text())["versions"] == {"coturn": "8.8.4.4"}
    assert [(each.file, each.kind, each.count) for each in done.redacted] == [(RECORDS, "mail address", 1)]
    assert done.swept == Swept.model_validate(SWEPT)
    assert redact_run(folder) == done
    assert json.loads((folder / "redactions.json").read_text()) == done.model_dump(mode="json")


def test_a_report_that_still_holds_an_address_is_not_sealed(tmp_path: Path) -> None:
    folder = run_folder(tmp_path)
    redact_run(folder)
    (folder / "notes.md").write_text("Ask karin@winterbach.de or 93.184.216.34")
    assert list(leaks(folder)) == [("notes.md", "mail address", 1)]
    with pytest.raises(SealError, match="notes.md still holds 1 times a mail address: take it out"):
        seal_run(folder, INFO, KEY, MOMENT)


def test_what_a_damaged_run_says_of_its_secrets_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SealError, match=r"run.json is damaged: what it says of its secrets \(swept\) cannot be read"):
        redact_run(run_folder(tmp_path, swept=["x"]))


def test_a_damaged_list_gets_a_sentence(tmp_path: Path) -> None:
    folder = run_folder(tmp_path)
    (folder / "redactions.json").write_text("{")
    with pytest.raises(SealError, match="is damaged: remove it"):
        redact_run(folder)
