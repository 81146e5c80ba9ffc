"""What a clean run saw of the ways between browsers and servers: each record is good."""

from collections.abc import Iterator

from harness.model.observations import (
    AnyObservation,
    CallCertificates,
    CodecsOffered,
    CodecTried,
    RelayCredential,
    RelayPath,
    RelayTry,
    TapStatus,
    TlsOffered,
    WireTraffic,
)
from tests.flaws.beside import key_id
from tests.flaws.certificates import certificates

REGULAR = ("winterbach-1", "kernen-1")
PARTIES = ("citizen", "clerk")
GIVEN_AT = 1_800_000_000.0
MODERN = {
    "TLS 1.0": (),
    "TLS 1.1": (),
    "TLS 1.2": ("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"),
    "TLS 1.3": ("TLS_AES_128_GCM_SHA256",),
}
VIDEO, AUDIO = ("vp8", "vp9", "h264"), ("opus", "pcmu")
KINDS = {"stun": 40, "zrtp": 0, "dtls": 24, "turn-channel": 0, "rtp": 4000, "rtcp": 90, "tls": 6, "unknown": 0}


def network() -> list[AnyObservation]:
    """Everything of a clean run."""
    return [*_wire(), *_relay(), *_certificates(), *_tls(), *_paths(), *_codecs(), *certificates()]


def _wire() -> Iterator[AnyObservation]:
    for call in REGULAR:
        yield TapStatus(call=call, vantage="wire", state="ok")
        yield WireTraffic(call=call, kinds=KINDS, packets=4160, held=2000, matched=1990, compared=4000)


def _relay() -> Iterator[AnyObservation]:
    for turn in (1, 2):
        for party in PARTIES:
            yield RelayCredential(
                party=party, turn=turn, credential_id=key_id(f"{party} {turn}"), given_at=GIVEN_AT,
                expires_at=GIVEN_AT + 600,
            )  # fmt: skip
    for transport in ("udp", "tcp"):
        for when, age, code in (("fresh", 0.0, 0), ("forged", 0.0, 401), ("old", 90_000.0, 401)):
            yield RelayTry.model_validate(
                {
                    "party": "clerk",
                    "when": when,
                    "transport": transport,
                    "age": age,
                    "allocated": not code,
                    "code": code,
                }
            )


def _certificates() -> Iterator[AnyObservation]:
    for turn in (1, 2):
        for party in PARTIES:
            prints = tuple(f"{key_id(f'{party} {turn} {way}')}:…" for way in ("send", "receive"))
            yield CallCertificates(party=party, turn=turn, fingerprints=prints)


def _tls() -> Iterator[AnyObservation]:
    for endpoint in ("web", "wss", "turns"):
        for version, suites in MODERN.items():
            yield TlsOffered.model_validate({"endpoint": endpoint, "version": version, "suites": suites, "asked": 60})


def _paths() -> Iterator[AnyObservation]:
    for party in PARTIES:
        yield RelayPath(
            party=party, connected=True, candidates=("host/tcp", "relay/tcp", "relay/tls"), pairs=("relay/tcp",)
        )


def _codecs() -> Iterator[AnyObservation]:
    yield CodecsOffered(party="citizen", media="video", codecs=VIDEO)
    yield CodecsOffered(party="citizen", media="audio", codecs=AUDIO)
    for codec in VIDEO:
        yield _tried("citizen", "video", codec, codec == "vp9")
    for codec in AUDIO:
        yield _tried("clerk", "audio", codec, codec == "opus")


def _tried(party: str, media: str, codec: str, taken: bool) -> CodecTried:
    state, sent, made, frames = ("connected", 300, 120, 118) if taken else ("failed", 0, 0, 0)
    return CodecTried.model_validate(
        {"party": party, "media": media, "codec": codec, "page": state, "sent": sent, "made": made, "frames": frames}
        | {"clear": 0}
    )
