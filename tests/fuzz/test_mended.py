"""What fuzzing, and the look at the parsers that came with it, has found: each fault stays found."""

import time

import pytest

from harness.model.errors import WireError
from harness.wire.demux import inside_channel
from harness.wire.encodings import text_needles
from harness.wire.overlap import clear_frames
from harness.wire.repeats import keystream_overlaps
from harness.wire.sdp import MOST_FINGERPRINTS, parse_sdp
from harness.wire.tls_hello import TLS12, build_client_hello
from tests.fuzz.seeds import NOISE

SECONDS = 6.0  # of processor time: a second and a half, for what took twelve before
PLAIN = b"".join(n.to_bytes(4, "big") for n in range(45_000))


@pytest.mark.parametrize("size", range(4))
def test_channel_message_cut_in_its_header_is_the_named_error(size: int) -> None:
    with pytest.raises(WireError, match="^TURN: cut inside the header of a channel message$"):
        inside_channel(b"\x40\x00\x00"[:size])


@pytest.mark.parametrize("half", ["\ud800", "a\udfff"])
def test_half_of_a_surrogate_pair_is_the_named_error(half: str) -> None:
    with pytest.raises(WireError, match="^text: half of a surrogate pair has no form to be found by$"):
        text_needles(half)
    assert text_needles("🐟")["raw"] == ("🐟".encode(),)


def test_fingerprints_of_the_session_do_not_multiply_with_its_sections() -> None:
    """26 000 and 62 000 of them, a megabyte, became 1.6 thousand million references."""
    one, section = "a=fingerprint:sha-256 0A\n", "m=audio 9 UDP/TLS/RTP/SAVPF 111\n"
    most = parse_sdp("v=0\n" + one * MOST_FINGERPRINTS + section * 3)
    assert [len(each.fingerprints) for each in most.media] == [MOST_FINGERPRINTS] * 3
    with pytest.raises(WireError, match="^SDP: 17 fingerprints for the session; 16 are enough$"):
        parse_sdp("v=0\n" + one * (MOST_FINGERPRINTS + 1) + section * 3)


def test_long_frame_under_keystream_that_comes_again_is_read_in_time() -> None:
    """Each round looked at all places again, also those of frames that were settled: square in a frame's length."""
    keystream = bytes([1, 2, 3, 4, 5, 6, 7]) * (len(PLAIN) // 7)
    plain = [PLAIN[: len(keystream)], PLAIN[1 : 1 + len(keystream)]]
    sealed = [bytes(a ^ b for a, b in zip(each, keystream, strict=True)) for each in plain]
    began = time.process_time()
    assert [(each.frame, each.other) for each in keystream_overlaps(sealed, plain)] == [(0, 1), (1, 0)]
    assert time.process_time() - began < SECONDS


def test_run_longer_than_what_is_compared_at_once_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of runs above 256 KiB not a single one was compared at a time: a ``ValueError``."""
    monkeypatch.setattr("harness.wire.overlap._CHUNK", 15)
    assert clear_frames([b"x" + NOISE, NOISE[1:] + b"y", b"z" * 99], [NOISE], run=16) == [True, True, False]


def test_run_at_the_edges_of_a_frame_is_as_long_as_elsewhere() -> None:
    servers = [NOISE[:60] + b"x", b"x" + NOISE[:60], b"x" + NOISE[:60] + b"y", NOISE[:60]]
    assert clear_frames(servers, [b"-", NOISE[:60]], 60) == [True] * 4
    assert clear_frames(servers, [b"-", NOISE[:60]], 61) == [False, False, False, True]  # the last: equal as a whole


@pytest.mark.parametrize("host", ["a" * 64, "a..b", "\ud800"])
def test_host_that_has_no_name_is_the_named_error(host: str) -> None:
    with pytest.raises(WireError, match="is no name of a host$"):
        build_client_hello(TLS12, [0xC02F], bytes(32), host)
