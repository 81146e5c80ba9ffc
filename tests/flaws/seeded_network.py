"""The flaws of the ways between browsers and servers: each changes one kind of thing that a clean run saw."""

from collections.abc import Sequence

from harness.model.observations import (
    CallCertificates,
    CertificateCompared,
    CodecTried,
    FingerprintTried,
    MediaReceivers,
    RelayCredential,
    RelayPath,
    RelayTry,
    TlsOffered,
    WireTraffic,
)
from tests.flaws.beside import key_id
from tests.flaws.certificates import BETWEEN
from tests.flaws.network import GIVEN_AT, KINDS
from tests.flaws.plan import RunPlan
from tests.flaws.seeded_beside import Change, alter


def _all(*changes: Change) -> Change:
    def change(run: RunPlan) -> None:
        for each in changes:
            each(run)

    return change


_STATIC = {"credential_id": key_id("everybody's"), "expires_at": GIVEN_AT + 20 * 365.25 * 86_400}
_OLD_SUITES: Sequence[str] = ("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_128_CBC_SHA")
_OPEN = {"readable": 1200, "compared": 5200, "packets": 5360, "readable_to": ("127.0.0.1:40004", "127.0.0.1:40006")}

NETWORK: dict[str, tuple[Change, tuple[str, ...], tuple[str, ...]]] = {
    "static-turn-secret": (
        _all(alter(RelayCredential, _STATIC), alter(RelayTry, {"allocated": True, "code": 0}, when="old")),
        ("T08",),
        (),
    ),
    "open-relay": (alter(RelayTry, {"allocated": True, "code": 0}, when="forged"), ("T08",), ()),
    "reused-certificate": (alter(CallCertificates, {"fingerprints": ("AB:CD:EF",)}, party="citizen"), ("T05",), ()),
    "fingerprint-swapped": (
        alter(CertificateCompared, {"told": (BETWEEN,), "shown": BETWEEN, "met": False}),
        ("T04",),
        (),
    ),
    "own-certificate-on-one-way": (
        alter(CertificateCompared, {"met": False}, party="clerk", direction="receives"),
        ("T04",),
        (),
    ),
    "fingerprint-not-checked": (
        alter(FingerprintTried, {"stood": 1, "packets": 140}, way="to-page", party="citizen", direction="sends"),
        ("T04",),
        (),
    ),
    "fingerprint-not-checked by the server": (
        alter(FingerprintTried, {"taken": 1, "held": 118}, way="to-server", direction="sends"),
        ("T04",),
        (),
    ),
    "other certificate than announced": (
        alter(CertificateCompared, {"shown": BETWEEN}, party="clerk", direction="sends"),
        ("T04",),
        (),
    ),
    "plain-forward": (
        _all(alter(WireTraffic, _OPEN), alter(MediaReceivers, {"forwarders": 2}, party="citizen", moment=1)),
        ("E10", "K09"),
        (),
    ),
    "plain-rtcp": (alter(WireTraffic, {"plain_rtcp": 3}, call="kernen-1"), ("E10",), ()),
    "foreign-protocol": (alter(WireTraffic, {"kinds": KINDS | {"unknown": 7}}, call="kernen-1"), ("E10",), ()),
    "old-tls": (
        _all(
            *(alter(TlsOffered, {"suites": _OLD_SUITES}, endpoint="web", version=f"TLS 1.{minor}") for minor in (0, 1))
        ),
        ("T06",),
        (),
    ),
    "no-aead": (alter(TlsOffered, {"suites": _OLD_SUITES[:1]}, endpoint="turns", version="TLS 1.2"), (), ("T06",)),
    "no-relay": (
        alter(RelayPath, {"connected": False, "pairs": (), "candidates": ("host/tcp",)}),
        ("T07",),
        (),
    ),
    "codec-bypass": (
        alter(CodecTried, {"page": "connected", "sent": 300, "made": 120, "frames": 118, "clear": 118}, codec="vp8"),
        ("E06",),
        (),
    ),
}
