"""What Janus says of its handles: the forms that 1.1.2 really gives, and nothing else."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import WireError
from harness.wire.janus_admin import SfuHandle, parse_forwarders, parse_handle, parse_ids

PRINT = ":".join(["0A"] * 32)


def info(specific: dict[str, Any], *, plugin: str = "janus.plugin.videoroom", state: str = "connected") -> Any:
    """An answer as Janus 1.1.2 gave it, without what is not read."""
    return {
        "janus": "success",
        "handle_id": 7,
        "info": {
            "plugin": plugin,
            "plugin_specific": specific,
            "sdps": {},
            "webrtc": {"dtls": {"remote-fingerprint": PRINT.lower(), "dtls-state": state, "srtp-profile": "none"}},
        },
    }


PUBLISHER = {"type": "publisher", "room": 3, "id": 120, "private_id": 2, "streams": [{"mid": "0", "subscribers": 1}]}
SUBSCRIBER = {"type": "subscriber", "room": 3, "private_id": 0, "streams": [{"feed_id": 120}, {"feed_id": 120}, {}]}


def test_publisher_and_subscriber_are_read() -> None:
    assert parse_handle(info(PUBLISHER)) == SfuHandle("publisher", 3, 120, (), PRINT, True)
    assert parse_handle(info(SUBSCRIBER, state="trying")) == SfuHandle("subscriber", 3, 0, (120,), PRINT, False)


def test_connection_before_its_handshake_has_no_certificate() -> None:
    answer = info(SUBSCRIBER)
    answer["info"]["webrtc"]["dtls"] = {"fingerprint": "AA", "dtls-state": "created"}
    assert parse_handle(answer) == SfuHandle("subscriber", 3, 0, (120,), "", False, "AA")
    del answer["info"]["webrtc"]
    assert parse_handle(answer) == SfuHandle("subscriber", 3, 0, (120,), "", False)


def test_handles_that_carry_no_media_are_left_out() -> None:
    assert parse_handle(info({"hangingup": 0, "destroyed": 0})) is None
    assert parse_handle(info(PUBLISHER, plugin="janus.plugin.echotest")) is None


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"info": None},
        info({**PUBLISHER, "id": "120"}),
        info({**PUBLISHER, "room": -1}),
        info({**SUBSCRIBER, "streams": None}),
        info({**SUBSCRIBER, "streams": [{"feed_id": True}]}),
    ],
)
def test_other_form_is_an_error_and_never_nobody(broken: Any) -> None:
    with pytest.raises(WireError, match="Janus: "):
        parse_handle(broken)


def test_forwarders_are_counted_by_feed() -> None:
    response = {"publishers": [{"publisher_id": 120, "forwarders": [{"port": 1}, {"port": 2}]}], "room": 3}
    assert parse_forwarders({"response": response}) == {120: 2}
    assert parse_forwarders({"response": {"publishers": []}}) == {}


def test_refused_question_for_forwarders_is_an_error() -> None:
    with pytest.raises(WireError, match="lists no forwarders"):
        parse_forwarders({"response": {"videoroom": "event", "error_code": 433, "error": "Unauthorized"}})


def test_ids_are_numbers_or_an_error() -> None:
    assert parse_ids({"sessions": [1, 2]}, "sessions") == (1, 2)
    wrong: Any
    for wrong in ({}, {"sessions": ["1"]}, {"error": {"code": 403}}, []):
        with pytest.raises(WireError):
            parse_ids(wrong, "sessions")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(value=JSON, at=st.sampled_from(["plugin_specific", "webrtc", "plugin"]), specific=JSON)
def test_any_answer_is_read_or_refused(value: Any, at: str, specific: Any) -> None:
    for answer in (value, {"info": value}, info(specific), {"info": {**info(PUBLISHER)["info"], at: value}}):
        for parse in (parse_handle, parse_forwarders, lambda it: parse_ids(it, "handles")):
            with suppress(WireError):
                parse(answer)
