"""Session descriptions."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import WireError
from harness.wire.sdp import Fingerprint, MediaSection, parse_sdp, redact_sdp

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
    assert redact_sdp("a=ice-pwd:\na=Ice-Pwd: x y\r\nb") == "a=ice-pwd:redacted\na=Ice-Pwd:redacted\r\nb"
    assert redact_sdp("xa=ice-pwd:x") == "xa=ice-pwd:x"


def test_session_s_own_values_are_kept_and_given_to_sections_that_have_none() -> None:
    sdp = parse_sdp(
        "v=0\na=crypto:1 ONE\na=SETUP: Passive \na=fingerprint:Sha-256 0a:Bc\na=mid:x\na=rtpmap:broken\na=sendonly\n"
        "m=Audio 65535/2 udp/tls a b c\nm=video 9 x\na=setup:active\na=fingerprint:sha-1   FF"
    )
    given = Fingerprint("sha-256", "0A:BC")
    assert (sdp.crypto, sdp.setup, sdp.fingerprints) == (["1 ONE"], "passive", [given])
    assert sdp.media == [
        MediaSection("audio", 65535, "UDP/TLS", ("a", "b", "c"), setup="passive", fingerprints=[given]),
        MediaSection("video", 9, "X", (), setup="active", fingerprints=[Fingerprint("sha-1", "FF")]),
    ]
    sdp.media[0].fingerprints.clear()
    assert sdp.fingerprints == [given]


@pytest.mark.parametrize("direction", ["sendrecv", "sendonly", "recvonly", "inactive"])
def test_direction_is_the_one_that_was_said_last(direction: str) -> None:
    for other in ("sendonly", "inactive"):
        [section] = parse_sdp(f"v=0\nm=audio 9 RTP/AVP 0\na={other}\na={direction.upper()}\na=ptime:20").media
        assert section.direction == direction


def test_attributes_of_a_section_are_read_whole() -> None:
    [section] = parse_sdp(
        "v=0\n\r\nm=video 0 RTP/AVP 0 127\na=Mid: v:1 \na=rtpmap:0  PCMU/8000\n"
        "a=rtpmap:127 H264/90000/1\na=crypto: 1 A:B "
    ).media
    assert (section.mid, section.codecs, section.crypto) == ("v:1", {0: "pcmu", 127: "h264"}, ["1 A:B"])
    assert (section.rejected, section.setup, section.fingerprints, section.direction) == (True, "", [], "sendrecv")


@pytest.mark.parametrize("line", ["a=", "z=", "b=AS:1", "a=x", "m=audio 0 x", "m=audio 99999 x", "m=a 9/0 x"])
def test_shortest_and_outermost_lines_are_lines(line: str) -> None:
    assert len(parse_sdp(f"v=0\n{line}").media) == (line[0] == "m")


LONG = "0123456789abcdefghijklmnop"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("v=0\na", "SDP: 'a' is not a line of type and value"),
        ("v=0\n`=", "SDP: '`=' is not a line of type and value"),
        ("v=0\n{=", "SDP: '{=' is not a line of type and value"),
        ("v=0\nA=b", "SDP: 'A=b' is not a line of type and value"),
        (f"v=0\nab{LONG}", f"SDP: 'ab{LONG[:18]}' is not a line of type and value"),
        ("v=0\nm=audio 9", "SDP: m='audio 9' names no media, port and protocol"),
        ("v=0\nm=audio 123456 x", "SDP: m='audio 123456 x' names no media, port and protocol"),
        ("v=0\nm=audio  /2 x", "SDP: m='audio  /2 x' names no media, port and protocol"),
        (f"v=0\nm={LONG}", f"SDP: m='{LONG[:20]}' names no media, port and protocol"),
        (f"v=0\na=fingerprint:{LONG}", f"SDP: a=fingerprint:'{LONG[:20]}' is not a hash name and hex pairs"),
        ("v=0\na=fingerprint:", "SDP: a=fingerprint:'' is not a hash name and hex pairs"),
        ("v=0\na=fingerprint:x 0", "SDP: a=fingerprint:'x 0' is not a hash name and hex pairs"),
        ("v=0\na=fingerprint:x 00:", "SDP: a=fingerprint:'x 00:' is not a hash name and hex pairs"),
        ("v=0\na=fingerprint:x 0g", "SDP: a=fingerprint:'x 0g' is not a hash name and hex pairs"),
        ("v=0\nm=a 9 x\na=rtpmap:0 /1", "SDP: a=rtpmap:'0 /1' is not a payload type and an encoding"),
        ("v=0\nm=a 9 x\na=rtpmap:1000 a/1", "SDP: a=rtpmap:'1000 a/1' is not a payload type and an encoding"),
        ("v=0\nm=a 9 x\na=rtpmap:9 a", "SDP: a=rtpmap:'9 a' is not a payload type and an encoding"),
        (f"v=0\nm=a 9 x\na=rtpmap:{LONG}", f"SDP: a=rtpmap:'{LONG[:20]}' is not a payload type and an encoding"),
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
