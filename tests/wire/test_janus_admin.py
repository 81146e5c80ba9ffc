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


def test_publisher_is_given_no_feeds_whatever_its_streams_say() -> None:
    for streams in ([{"feed_id": 5}], None):
        assert parse_handle(info({**PUBLISHER, "streams": streams})) == parse_handle(info(PUBLISHER))


def test_connection_before_its_handshake_has_no_certificate() -> None:
    answer = info(SUBSCRIBER)
    answer["info"]["webrtc"]["dtls"] = {"fingerprint": "AA", "dtls-state": "created"}
    assert parse_handle(answer) == SfuHandle("subscriber", 3, 0, (120,), "", False, "AA")
    del answer["info"]["webrtc"]
    assert parse_handle(answer) == SfuHandle("subscriber", 3, 0, (120,), "", False)


def test_handles_that_carry_no_media_are_left_out() -> None:
    assert parse_handle(info({"hangingup": 0, "destroyed": 0})) is None
    assert parse_handle(info(PUBLISHER, plugin="janus.plugin.echotest")) is None


def dtls(value: Any) -> Any:
    """A publisher whose answer has this in the place of what is said of DTLS."""
    answer = info(PUBLISHER)
    answer["info"]["webrtc"]["dtls"] = value
    return answer


def test_fingerprints_are_told_in_upper_case_and_only_connected_is_connected() -> None:
    own = {"remote-fingerprint": "0a:ff", "fingerprint": "bc:0d", "dtls-state": "connected"}
    assert parse_handle(dtls(own)) == SfuHandle("publisher", 3, 120, (), "0A:FF", True, "BC:0D")
    assert parse_handle(dtls({})) == parse_handle(dtls(None)) == SfuHandle("publisher", 3, 120, (), "", False, "")
    assert parse_handle(dtls({"dtls-state": "CONNECTED"})) == SfuHandle("publisher", 3, 120, (), "", False)


def test_largest_and_smallest_ids_are_ids_and_feeds_keep_their_order() -> None:
    streams = [{"feed_id": 2**64 - 1}, {"feed_id": 0}, {"feed_id": None}, {"feed_id": 5}, {"feed_id": 0}]
    handle = parse_handle(info({**SUBSCRIBER, "room": 2**64 - 1, "streams": streams}))
    assert handle == SfuHandle("subscriber", 2**64 - 1, 0, (2**64 - 1, 0, 5), PRINT, True)
    assert parse_handle(info({**PUBLISHER, "room": 0, "id": 0})) == SfuHandle("publisher", 0, 0, (), PRINT, True)


OBJECT, NUMBER = "Janus: an object is missing in the answer", "Janus: an id is not a number"
TEXT, STREAMS = "Janus: a fingerprint is not text", "Janus: a subscriber has no list of streams"


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (None, OBJECT), ([], OBJECT), ({}, OBJECT), ({"info": None}, OBJECT), ({"info": []}, OBJECT),
        ({"info": {"plugin": "janus.plugin.videoroom"}}, OBJECT),
        ({"info": {**info(PUBLISHER)["info"], "webrtc": 1}}, OBJECT), (dtls("x"), OBJECT),
        (dtls({"remote-fingerprint": None}), TEXT), (dtls({"fingerprint": 5}), TEXT),
        (info({**PUBLISHER, "id": "120"}), NUMBER), (info({**PUBLISHER, "id": 1.0}), NUMBER),
        (info({**PUBLISHER, "room": -1}), NUMBER), (info({**PUBLISHER, "room": 2**64}), NUMBER),
        (info({**PUBLISHER, "room": None}), NUMBER), (info({**SUBSCRIBER, "streams": None}), STREAMS),
        (info({**SUBSCRIBER, "streams": [None]}), OBJECT),
        (info({**SUBSCRIBER, "streams": [{"feed_id": True}]}), NUMBER),
    ],
)  # fmt: skip
def test_other_form_is_an_error_and_never_nobody(broken: Any, sentence: str) -> None:
    with pytest.raises(WireError, match=f"^{sentence}$"):
        parse_handle(broken)


def test_forwarders_are_counted_by_feed() -> None:
    response = {"publishers": [{"publisher_id": 120, "forwarders": [{"port": 1}, {"port": 2}]}], "room": 3}
    assert parse_forwarders({"response": response}) == {120: 2}
    assert parse_forwarders({"response": {"publishers": []}}) == {}


@pytest.mark.parametrize(("outer", "inner"), [("publishers", "forwarders"), ("rtp_forwarders", "rtp_forwarders")])
def test_forwarders_are_counted_under_either_name_and_added_up(outer: str, inner: str) -> None:
    rows = [{"publisher_id": 1, inner: [{}, {}]}, {"publisher_id": 2}, {"publisher_id": 1, inner: [{}]}]
    assert parse_forwarders({"response": {outer: rows}}) == {1: 3, 2: 0}


FORWARDERS = "Janus: the answer lists no forwarders"


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (None, OBJECT), ({}, OBJECT), ({"response": []}, OBJECT),
        ({"response": {"videoroom": "event", "error_code": 433, "error": "Unauthorized"}}, FORWARDERS),
        ({"response": {"publishers": {}}}, FORWARDERS), ({"response": {"publishers": [1]}}, OBJECT),
        ({"response": {"publishers": [{"publisher_id": 1, "forwarders": {}}]}}, "Janus: the forwarders are not a list"),
        ({"response": {"publishers": [{"forwarders": []}]}}, NUMBER),
    ],
)  # fmt: skip
def test_refused_question_for_forwarders_is_an_error(broken: Any, sentence: str) -> None:
    with pytest.raises(WireError, match=f"^{sentence}$"):
        parse_forwarders(broken)


def test_ids_are_numbers_or_an_error() -> None:
    assert parse_ids({"sessions": [1, 2]}, "sessions") == (1, 2)
    assert parse_ids({"sessions": [1], "handles": [0, 2**64 - 1]}, "handles") == (0, 2**64 - 1)
    assert parse_ids({"sessions": []}, "sessions") == ()
    wrong: Any
    for wrong in ({}, {"sessions": ["1"]}, {"error": {"code": 403}}, {"sessions": {}}, {"sessions": [1, True]}):
        with pytest.raises(WireError, match="^Janus: the answer lists no sessions$"):
            parse_ids(wrong, "sessions")
    for wrong in ({"handles": [-1]}, {"handles": [2**64]}, {"handles": [1.0]}, {"handles": None}):
        with pytest.raises(WireError, match="^Janus: the answer lists no handles$"):
            parse_ids(wrong, "handles")
    with pytest.raises(WireError, match=f"^{OBJECT}$"):
        parse_ids([], "sessions")


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
