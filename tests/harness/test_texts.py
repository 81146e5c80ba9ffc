"""Canary texts and files: found wherever they lie and however they are written, and unlike any other."""

import base64
import json
from urllib.parse import quote

import pytest

from harness.texts import FILE_BYTES, TextCanary, file_canary, text_canary, texts_wanted
from harness.vantage.search import Haystack, Item, search_for


def hits(data: bytes, *texts: TextCanary) -> set[tuple[str, str]]:
    wanted = texts_wanted(texts)
    found = search_for(Haystack("http", "page", "", [Item("body", data)]), wanted, subject="texts")
    assert found.subject == "texts"
    assert found.keys == tuple(wanted)
    return {(hit.key_id, hit.encoding) for hit in found.hits}


def test_text_has_enough_letters_that_nobody_wrote_before() -> None:
    one, other = text_canary("chat", "clerk"), text_canary("chat", "clerk")
    assert len(one.text) >= 24
    assert one.text.isascii()
    assert one.id != other.id
    assert not text_canary("form", "citizen", umlauts=True).text.isascii()


@pytest.mark.parametrize("umlauts", [False, True])
def test_text_is_found_in_every_writing(umlauts: bool) -> None:
    text = text_canary("form", "clerk", umlauts=umlauts)
    written = text.text
    dresses = {
        "raw": f"<textarea>{written}</textarea>".encode(),
        "utf-16": f"memory {written}".encode("utf-16-le"),
        "percent": f"notes={quote(written)}&x=1".encode() if umlauts else b"",
        "base64": base64.b64encode(b"x" + written.encode()),
        "json": json.dumps({"notes": written}).encode() if umlauts else b"",
        "html": written.encode("ascii", "xmlcharrefreplace") if umlauts else b"",
    }
    for encoding, data in dresses.items():
        if data:
            assert (text.id, encoding) in hits(data, text), encoding


def test_part_of_a_file_is_enough() -> None:
    file = file_canary("citizen")
    assert len(file.body) == FILE_BYTES >= 2048
    for part in (file.body[:1000], file.body[-1000:], file.body[1500:2500]):
        assert hits(b"--x\r\n" + part, file) == {(file.id, "raw")}
    assert hits(base64.b64encode(b"ab" + file.body), file) == {(file.id, "base64")}


def test_sealed_text_is_not_found() -> None:
    texts = [text_canary("chat", "clerk"), file_canary("citizen")]
    assert hits(bytes(byte ^ 0x55 for text in texts for byte in text.body), *texts) == set()
