"""T01, T02, T03 over the spellings that browsers and standards use."""

import pytest

from harness.model.observations import SessionDescription, TransportStats
from harness.model.outcome import Outcome
from tests.crypto_checks.changing import recorded

HEAD = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
AUDIO = "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"


@pytest.mark.parametrize(
    ("sdp", "outcome", "english"),
    [
        (f"{HEAD}{AUDIO}a=fingerprint:sha-256 AB:CD\r\n", Outcome.PASS, ""),
        (f"{HEAD}{AUDIO}a=fingerprint:SHA-512 AB:CD\r\n", Outcome.PASS, ""),
        (f"{HEAD}{AUDIO}a=fingerprint:sha-1 AB\r\na=fingerprint:sha-384 AB:CD\r\n", Outcome.PASS, ""),
        (f"{HEAD}a=fingerprint:sha-256 AB\r\n{AUDIO}m=video 0 RTP/AVP 98\r\n", Outcome.PASS, ""),
        (
            f"{HEAD}{AUDIO}",
            Outcome.FAIL,
            "The received session description of the clerk in call kernen-1 has no fingerprint for audio.",
        ),
        (
            f"{HEAD}{AUDIO}a=fingerprint:sha-1 AB:CD\r\n",
            Outcome.FAIL,
            "The received session description of the clerk in call kernen-1 has only a fingerprint of sha-1 for audio.",
        ),
        (
            f"{HEAD}{AUDIO}a=fingerprint:sha-256 AB\r\na=crypto:1 NULL inline:x\r\n",
            Outcome.FAIL,
            (
                "The received session description of the clerk in call kernen-1 carries an SRTP key in the clear "
                "(a=crypto)."
            ),
        ),
        (
            "",
            Outcome.INCONCLUSIVE,
            "Not judged: a session description of the clerk cannot be read, call kernen-1; and 1 more gap.",
        ),
        (
            HEAD,
            Outcome.INCONCLUSIVE,
            "Not judged: no received session description of the clerk with media, call kernen-1.",
        ),
    ],
)
def test_descriptions(sdp: str, outcome: Outcome, english: str) -> None:
    finding = recorded("T01", SessionDescription, {"sdp": sdp}, call="kernen-1", party="clerk", side="remote")
    assert finding.outcome is outcome
    assert english in ("", finding.sentence.en)


@pytest.mark.parametrize(
    ("version", "cipher", "outcome"),
    [
        ("FEFD", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", Outcome.PASS),
        ("fefd", "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", Outcome.PASS),
        ("FEFC", "TLS_AES_128_GCM_SHA256", Outcome.PASS),
        ("FEFC", "TLS_CHACHA20_POLY1305_SHA256", Outcome.PASS),
        ("FEFD", "TLS_RSA_WITH_AES_128_GCM_SHA256", Outcome.FAIL),
        ("FEFD", "TLS_AES_128_GCM_SHA256", Outcome.FAIL),
        ("FEFF", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", Outcome.FAIL),
        ("0303", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", Outcome.FAIL),
        ("", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", Outcome.INCONCLUSIVE),
        ("FEFD", "", Outcome.INCONCLUSIVE),
    ],
)
def test_dtls_versions_and_suites(version: str, cipher: str, outcome: Outcome) -> None:
    update = {"tls_version": version, "dtls_cipher": cipher}
    assert recorded("T02", TransportStats, update, call="kernen-1", party="clerk").outcome is outcome


def test_suite_without_forward_secrecy_is_named() -> None:
    update = {"dtls_cipher": "TLS_RSA_WITH_AES_128_GCM_SHA256"}
    finding = recorded("T02", TransportStats, update, call="kernen-1", party="clerk")
    assert finding.sentence.en == (
        "The transport of the clerk used DTLS 1.2 (TLS_RSA_WITH_AES_128_GCM_SHA256), no forward secrecy (call "
        "kernen-1)."
    )


@pytest.mark.parametrize(
    ("profile", "outcome"),
    [
        ("AEAD_AES_128_GCM", Outcome.PASS),
        ("AEAD_AES_256_GCM", Outcome.PASS),
        ("SRTP_AEAD_AES_256_GCM", Outcome.PASS),
        ("AES_CM_128_HMAC_SHA1_80", Outcome.WEAK),
        ("SRTP_AES128_CM_SHA1_80", Outcome.WEAK),
        ("SRTP_AES128_CM_HMAC_SHA1_80", Outcome.WEAK),
        ("AES128_CM_HMAC_SHA1_80", Outcome.WEAK),
        ("AES_CM_128_HMAC_SHA1_32", Outcome.FAIL),
        ("SRTP_NULL_HMAC_SHA1_80", Outcome.FAIL),
        ("AEAD_AES_128_GCM_8", Outcome.FAIL),
        ("<b>new</b>", Outcome.FAIL),
        ("", Outcome.INCONCLUSIVE),
    ],
)
def test_srtp_profiles(profile: str, outcome: Outcome) -> None:
    finding = recorded("T03", TransportStats, {"srtp_cipher": profile}, call="kernen-1", party="clerk")
    assert finding.outcome is outcome
    assert outcome is not Outcome.FAIL or profile in finding.sentence.en


def test_weak_profile_says_how_many() -> None:
    finding = recorded("T03", TransportStats, {"srtp_cipher": "AES_CM_128_HMAC_SHA1_80"}, call="kernen-1")
    assert finding.sentence.en == (
        "4 transports: AEAD_AES_128_GCM and AES_CM_128_HMAC_SHA1_80; 2 of them with an 80-bit tag and no AEAD."
    )


@pytest.mark.parametrize("check", ["T02", "T03"])
def test_transport_that_is_not_connected_is_no_evidence(check: str) -> None:
    finding = recorded(check, TransportStats, {"dtls_state": "connecting"}, call="kernen-1", party="clerk")
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert finding.sentence.en.endswith("of the clerk is missing, call kernen-1.")
