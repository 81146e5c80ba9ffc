"""Session descriptions."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import WireError
from harness.wire.sdp import Fingerprint, parse_sdp, redact_sdp

OFFER = """v=0
o=- 1 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 1
a=fingerprint:SHA-256 aa:bb:CC
a=setup:actpass
m=audio 9 UDP/TLS/RTP/SAVPF 111 63
c=IN IP4 0.0.0.0
a=mid:0
a=ice-ufrag:abcd
a=ice-pwd:secretsecretsecret
a=sendonly
a=rtpmap:111 opus/48000/2
a=rtpmap:63 red/48000/2
a=fmtp:111 minptime=10
m=video 0 UDP/TLS/RTP/SAVPF 98
a=mid:1
a=bundle-only
a=fingerprint:sha-512 11:22
a=setup:active
a=rtpmap:98 VP9/90000
a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc
m=video 0 RTP/AVP 96
""".replace("\n", "\r\n")


def test_sections_have_their_own_values_or_the_session_s() -> None:
    audio, video, refused = parse_sdp(OFFER).media
    assert (audio.media, audio.port, audio.protocol, audio.formats) == ("audio", 9, "UDP/TLS/RTP/SAVPF", ("111", "63"))
    assert (audio.mid, audio.setup, audio.direction, audio.rejected) == ("0", "actpass", "sendonly", False)
    assert audio.fingerprints == [Fingerprint("sha-256", "AA:BB:CC")]
    assert audio.codecs == {111: "opus", 63: "red"}
    assert (video.mid, video.setup, video.direction, video.rejected) == ("1", "active", "sendrecv", False)
    assert video.fingerprints == [Fingerprint("sha-512", "11:22")]
    assert (video.codecs, video.crypto) == ({98: "vp9"}, ["1 AES_CM_128_HMAC_SHA1_80 inline:abc"])
    assert (refused.protocol, refused.rejected) == ("RTP/AVP", True)


def test_an_ice_password_is_redacted_and_nothing_else() -> None:
    redacted = redact_sdp(OFFER)
    assert "secretsecretsecret" not in redacted
    assert redacted == OFFER.replace("secretsecretsecret", "redacted")
    assert redact_sdp("A=ICE-PWD:x") == "A=ICE-PWD:redacted"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "SDP: does not begin with v=0"),
        ("v=1", "SDP: does not begin with v=0"),
        ("v=0\nfoo", "SDP: 'foo' is not a line of type and value"),
        ("v=0\nm=audio", "SDP: m='audio' names no media, port and protocol"),
        ("v=0\nm=audio x RTP/AVP 0", "SDP: m='audio x RTP/AVP 0' names no media, port and protocol"),
        ("v=0\na=fingerprint:sha-256", "SDP: a=fingerprint:'sha-256' is not a hash name and hex pairs"),
        ("v=0\na=fingerprint:sha-256 zz", "SDP: a=fingerprint:'sha-256 zz' is not a hash name and hex pairs"),
        ("v=0\nm=audio 9 RTP/AVP 0\na=rtpmap:x", "SDP: a=rtpmap:'x' is not a payload type and an encoding"),
    ],
)
def test_a_malformed_line_is_named(text: str, sentence: str) -> None:
    with pytest.raises(WireError) as raised:
        parse_sdp(text)
    assert str(raised.value) == sentence


@given(st.text(max_size=60), st.integers(0, len(OFFER)))
def test_random_text_is_a_description_or_a_wire_error(noise: str, cut: int) -> None:
    for text in (noise, "v=0\n" + noise, OFFER[:cut], OFFER[:cut] + noise):
        redact_sdp(text)
        with contextlib.suppress(WireError):
            parse_sdp(text)
