"""What pages tell the bench: a hostile page can neither break it nor be believed."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.vantage.tapped import Tapped, key_id

RAW = bytes(range(32))


def told(*items: dict[str, Any]) -> Tapped:
    tapped = Tapped()
    tapped.take(json.dumps(items))
    return tapped


def frame(**changes: Any) -> dict[str, Any]:
    data = base64.b64encode(b"frame").decode()
    return {
        "t": "frame",
        "id": "tap1",
        "stage": "before",
        "media": "video",
        "at": 1000.0,
        "rtp": 7,
        "data": data,
        **changes,
    }


def test_frame_is_kept_with_its_time_in_seconds() -> None:
    seen = told(frame()).frames["tap1", "before", "video"]
    assert [(one.timestamp, one.at, one.data) for one in seen] == [(7, 1.0, b"frame")]


def test_key_is_kept_once_and_named_by_its_hash() -> None:
    key = {"t": "key", "scope": "worker", "alg": "HKDF", "raw": base64.b64encode(RAW).decode(), "parent": ""}
    tapped = told(key, key)
    assert [seen.id for seen in tapped.keys.values()] == [key_id(RAW)]


def test_key_has_the_time_at_which_it_was_first_seen() -> None:
    key = {"t": "key", "scope": "worker", "alg": "HKDF", "raw": base64.b64encode(RAW).decode(), "parent": ""}
    tapped = told({**key, "at": 2500.0}, {**key, "at": 9000.0})
    assert [seen.at for seen in tapped.keys.values()] == [2.5]


@pytest.mark.parametrize(("said", "shown"), [(True, True), (False, False), ("true", False), (None, False)])
def test_lock_counts_as_shown_only_when_the_page_says_so(said: object, shown: bool) -> None:
    assert [(one.at, one.shown) for one in told({"t": "lock", "shown": said, "at": 1500.0}).lock] == [(1.5, shown)]


def test_constant_bytes_are_no_key() -> None:
    key = {"t": "key", "scope": "page", "alg": "AES-GCM", "raw": base64.b64encode(b"\0" * 32).decode(), "parent": ""}
    assert told(key).keys == {}


@pytest.mark.parametrize(
    "item",
    [
        frame(data="not base64!"),
        frame(at="soon"),
        frame(rtp=None),
        {"t": "key"},
        {"no": "type"},
        {"t": "transform", "id": 1},
    ],
)
def test_malformed_item_is_counted_and_left_out(item: dict[str, Any]) -> None:
    tapped = told(item)
    assert tapped.refused == 1
    assert tapped.frames == {}


@given(st.text())
def test_any_text_from_a_page_is_survived(text: str) -> None:
    Tapped().take(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_from_a_page_is_survived(value: object) -> None:
    Tapped().take(json.dumps(value))


def test_picture_through_the_transform_of_a_screen_is_a_screen() -> None:
    transform = {"t": "transform", "id": "tap1", "side": "sender", "via": "app", "kind": "screen", "pc": 1, "at": 1.0}
    tapped = told(transform, frame(), frame(media="audio"))
    assert {media for _, _, media in tapped.frames} == {"screen", "audio"}


def test_file_that_a_page_sent_is_kept_with_its_address() -> None:
    body = {"t": "body", "url": "/api/x#secret", "data": base64.b64encode(b"a file").decode()}
    assert told(body).bodies == [("/api/x", b"a file")]


def test_devices_are_noted_as_asked_and_unknown_ones_are_not() -> None:
    seen = told({"t": "devices", "devices": ["camera", "toaster"], "consented": False}).devices
    assert [(one.devices, one.consented) for one in seen] == [(("camera",), False)]


@pytest.mark.parametrize("consented", ["true", 1, None])
def test_consent_is_believed_only_when_it_is_true(consented: object) -> None:
    (asked,) = told({"t": "devices", "devices": ["screen"], "consented": consented}).devices
    assert asked.consented is False


def test_servers_of_connections_are_noted() -> None:
    assert told({"t": "ice", "url": "stun:stun.example"}).ice == ["stun:stun.example"]
