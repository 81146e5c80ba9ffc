"""E06, E10, T05 to T08: what they must not be fooled by, one thing changed at a time."""

from typing import Any

import pytest

from harness.model.observations import (
    CallCertificates,
    CodecsOffered,
    CodecTried,
    Observation,
    RelayCredential,
    RelayPath,
    RelayTry,
    TlsOffered,
    WireTraffic,
)
from harness.model.outcome import Outcome
from tests.crypto_checks.changing import recorded
from tests.flaws.network import GIVEN_AT, KINDS

FAIL, PASS, OPEN = Outcome.FAIL, Outcome.PASS, Outcome.INCONCLUSIVE
Where = dict[str, Any]


@pytest.mark.parametrize(
    ("check", "kind", "update", "where", "outcome", "english"),
    [
        # E10: the capture must have seen what the server recorded, and have looked into it.
        (
            "E10",
            WireTraffic,
            {"matched": 1700},
            {"call": "kernen-1"},
            OPEN,
            "of 2000 packets that the media server recorded only 1700 were seen",
        ),
        ("E10", WireTraffic, {"held": 0, "matched": 0}, {"call": "kernen-1"}, OPEN, "of 0 packets"),
        (
            "E10",
            WireTraffic,
            {"compared": 0},
            {"call": "kernen-1"},
            OPEN,
            "the content of the RTP packets was not compared",
        ),
        (
            "E10",
            WireTraffic,
            {"kinds": KINDS | {"zrtp": 1}},
            {"call": "kernen-1"},
            FAIL,
            "1 of 4160 packets are neither",
        ),
        (
            "E10",
            WireTraffic,
            {"readable": 1},
            {"call": "kernen-1"},
            FAIL,
            "1 of 4000 RTP packets were not protected by SRTP",
        ),
        ("E10", WireTraffic, {"dropped": 5}, {"call": "kernen-1"}, PASS, "none of 8000"),
        # T05: a certificate of another person's, or of only one call, proves nothing of one's own.
        (
            "T05",
            CallCertificates,
            {"fingerprints": ()},
            {"party": "clerk", "turn": 2},
            OPEN,
            "of the clerk are known of less than two calls",
        ),
        ("T05", CallCertificates, {"turn": 1}, {"party": "clerk"}, OPEN, "less than two calls"),
        # T06: each endpoint is asked for each version.
        (
            "T06",
            TlsOffered,
            {"suites": ()},
            {"endpoint": "turns"},
            OPEN,
            "TLS was spoken in no version: the relay (TURNS)",
        ),
        ("T06", TlsOffered, {"endpoint": "smtp"}, {"endpoint": "wss"}, OPEN, "nobody asked for TLS: the signalling"),
        ("T06", TlsOffered, {"suites": ()}, {"version": "TLS 1.3"}, PASS, "TLS 1.2 with forward secrecy"),
        (
            "T06",
            TlsOffered,
            {"suites": ("TLS_RSA_WITH_AES_128_GCM_SHA256",)},
            {"endpoint": "turns", "version": "TLS 1.2"},
            FAIL,
            "The relay (TURNS) takes 1 cipher suite without forward secrecy",
        ),
        (
            "T06",
            TlsOffered,
            {"suites": ("TLS_ECDH_anon_WITH_AES_128_CBC_SHA",)},
            {"endpoint": "web", "version": "TLS 1.2"},
            FAIL,
            "without forward secrecy (TLS_ECDH_anon",
        ),
        ("T06", TlsOffered, {"suites": ("TLS_DHE_RSA_WITH_AES_128_CCM",)}, {"version": "TLS 1.2"}, PASS, "AEAD"),
        # T07: a way by UDP is no proof of a fallback, and a page that says nothing is none either.
        (
            "T07",
            RelayPath,
            {"direct_udp": 2},
            {"party": "clerk"},
            OPEN,
            "UDP was not blocked in the browser of the clerk",
        ),
        ("T07", RelayPath, {"direct_udp": 2, "connected": False}, {"party": "clerk"}, OPEN, "UDP was not blocked"),
        (
            "T07",
            RelayPath,
            {"pairs": ()},
            {"party": "clerk"},
            OPEN,
            "unclear which way the media of the clerk took (–)",
        ),
        ("T07", RelayPath, {"pairs": ("host/tcp", "relay/tcp")}, {"party": "clerk"}, OPEN, "(host/tcp)"),
        ("T07", RelayPath, {"pairs": ("relay/tls",)}, {"party": "clerk"}, PASS, "by TURN/TCP and TURN/TLS"),
        (
            "T07",
            RelayPath,
            {"connected": False, "candidates": ()},
            {"party": "clerk"},
            FAIL,
            "of the clerk: no way was offered",
        ),
        # T08: refusals prove something only where something fresh was taken.
        (
            "T08",
            RelayTry,
            {"allocated": False, "code": 401},
            {"when": "fresh"},
            OPEN,
            "did not take fresh credentials either",
        ),
        (
            "T08",
            RelayTry,
            {"allocated": False},
            {"when": "fresh", "transport": "tcp"},
            OPEN,
            "takes fresh credentials by TCP",
        ),
        ("T08", RelayTry, {"age": 3_600.0}, {"when": "old"}, OPEN, "younger than a day"),
        ("T08", RelayTry, {"when": "forged"}, {"when": "old"}, OPEN, "old credentials were not tried by TCP and UDP"),
        ("T08", RelayCredential, {"expires_at": None}, {}, PASS, "they do not tell how long they are good for"),
        ("T08", RelayCredential, {"expires_at": GIVEN_AT + 86_400}, {}, PASS, "good for 1440 minutes"),
        ("T08", RelayCredential, {"expires_at": GIVEN_AT + 2 * 86_400}, {"party": "clerk"}, FAIL, "good for 2.0 days"),
        (
            "T08",
            RelayCredential,
            {"credential_id": "same"},
            {"party": "clerk"},
            FAIL,
            "A person was given the same credentials for the relay in two calls",
        ),
        ("T08", RelayCredential, {"credential_id": "same"}, {"turn": 1}, FAIL, "Different people were given the same"),
        # E06: a codec that nobody tried, or whose frames nobody saw, is not covered.
        (
            "E06",
            CodecsOffered,
            {"codecs": ("vp8", "vp9", "h264", "av1")},
            {"media": "video"},
            OPEN,
            "AV1 was not tried",
        ),
        ("E06", CodecsOffered, {"codecs": ()}, {"media": "audio"}, OPEN, "which codecs the browser has for audio"),
        (
            "E06",
            CodecTried,
            {"sent": 40},
            {"codec": "h264"},
            OPEN,
            "the page sent 40 packets with H264 that were not seen",
        ),
        (
            "E06",
            CodecTried,
            {"page": "waiting"},
            {"codec": "h264"},
            OPEN,
            "the browser that has H264 alone was neither refused nor got into the call",
        ),
        ("E06", CodecTried, {"made": 20}, {"codec": "vp9"}, OPEN, "the tap in the browser saw only 20"),
        (
            "E06",
            CodecTried,
            {"frames": 0, "sent": 0, "made": 0},
            {"codec": "opus"},
            OPEN,
            "with no codec any audio reached",
        ),
        ("E06", CodecTried, {"clear": 3}, {"codec": "opus"}, FAIL, "held 3 of 118 frames of the clerk"),
        (
            "E06",
            CodecTried,
            {"frames": 90, "made": 90, "sent": 90},
            {"codec": "h264"},
            PASS,
            "With H264, Opus and VP9 326 frames",
        ),
    ],
)
def test_one_thing_changed(
    check: str, kind: type[Observation], update: Where, where: Where, outcome: Outcome, english: str
) -> None:
    finding = recorded(check, kind, update, **where)
    assert finding.outcome is outcome, finding.sentence.en
    assert english in finding.sentence.en
    assert finding.sentence.de != finding.sentence.en
