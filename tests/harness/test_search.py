"""The search for keys: it finds what is there, counts its control, and never writes a key down."""

import os
from base64 import b64encode

from harness.vantage.memory import memory_of
from harness.vantage.search import Haystack, Item, pieces, search
from harness.vantage.tapped import key_id

KEY = bytes(range(100, 132))


def test_leaked_key_is_a_hit_that_does_not_hold_it() -> None:
    items = [Item("message 1", b'{"type":"join"}'), Item("message 2", b'{"key":"' + b64encode(KEY) + b'"}')]
    result = search(Haystack("websocket", "citizen", '"type"', items), [KEY], call="winterbach-1")
    assert [(hit.key_id, hit.encoding, hit.where) for hit in result.hits] == [(key_id(KEY), "base64", "message 2")]
    assert b64encode(KEY).decode() not in result.model_dump_json()
    assert KEY.hex() not in result.model_dump_json()


def test_control_is_counted_in_the_same_pass() -> None:
    result = search(Haystack("log", "janus", "mark", [Item("log", b"mark and mark")]), [KEY])
    assert (result.control_found, result.searched_bytes, result.items) == (2, 13, 1)


def test_search_without_its_control_says_so() -> None:
    assert search(Haystack("log", "janus", "mark", [Item("log", b"nothing")]), [KEY]).control_found == 0


def test_key_across_two_chunks_is_found() -> None:
    data = b"x" * 100 + KEY + b"y" * 100
    items = pieces("log", [data[:110], data[110:]])
    assert search(Haystack("log", "x", "", items), [KEY]).hits


def test_key_in_the_memory_of_a_process_is_found() -> None:
    secret = bytearray(os.urandom(32))
    result = search(Haystack("memory", "bench", "", memory_of(os.getpid(), "bench")), [bytes(secret)])
    assert any(hit.encoding == "raw" for hit in result.hits)


def test_process_that_ended_gives_no_memory_and_no_error() -> None:
    assert list(memory_of(2**22 - 7, "gone")) == []
