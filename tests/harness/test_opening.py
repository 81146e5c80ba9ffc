"""The positive control: frames open with the keys that were really used, and with no others."""

from hypothesis import given
from hypothesis import strategies as st

from harness.opening import Opener
from harness.vantage.tapped import RecordedKey
from harness.wire.frames import Frame
from harness.wire.sframe import derive_key, seal, suite_by_id

BASE = bytes(range(32))
OTHER = bytes(range(100, 132))


def recorded(raw: bytes) -> RecordedKey:
    return RecordedKey(raw, b"", "worker", "HKDF")


def sealed(base: bytes, suite: int, kid: int, count: int) -> list[Frame]:
    key = derive_key(suite_by_id(suite), kid, base)
    return [Frame(number, 0.0, seal(key, number, b"frame %d" % number)) for number in range(count)]


def test_frames_open_with_the_key_in_use_and_name_suite_kid_and_counter() -> None:
    opened = Opener([recorded(OTHER), recorded(BASE)]).open_stream("c", "clerk", "audio", 0, sealed(BASE, 5, 17, 3))
    assert opened.plaintexts == {0: b"frame 0", 1: b"frame 1", 2: b"frame 2"}
    assert (opened.seen.suite, opened.seen.kids, opened.seen.ctrs) == ("0005", (17, 17, 17), (0, 1, 2))
    assert opened.served == {BASE: 3}


def test_nothing_opens_with_another_key() -> None:
    opened = Opener([recorded(OTHER)]).open_stream("c", "clerk", "audio", 0, sealed(BASE, 5, 17, 3))
    assert opened.plaintexts == {}
    assert opened.seen.keys == (-1, -1, -1)


def test_two_senders_under_one_base_key_have_two_keys() -> None:
    frames = sealed(BASE, 4, 1, 1) + sealed(BASE, 4, 17, 1)
    assert len(Opener([recorded(BASE)]).open_stream("c", "clerk", "audio", 0, frames).seen.key_ids) == 2


@given(st.lists(st.binary(max_size=60)))
def test_any_bytes_are_survived(data: list[bytes]) -> None:
    opened = Opener([recorded(BASE)]).open_stream("c", "clerk", "video", 0, [Frame(0, 0.0, each) for each in data])
    assert len(opened.seen.keys) == len(data)
