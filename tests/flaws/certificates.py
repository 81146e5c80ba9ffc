"""What a clean run saw of DTLS certificates: those announced are the media server's, and no other was taken."""

import hashlib
from collections.abc import Iterator

from harness.model.observations import AnyObservation, CertificateCompared, FingerprintTried

PARTIES = ("citizen", "clerk")
DIRECTIONS = ("sends", "receives")


def print_of(name: str) -> str:
    """The SHA-256 fingerprint of somebody's certificate."""
    return hashlib.sha256(name.encode()).digest().hex(":").upper()


JANUS = print_of("media server")
BETWEEN = print_of("somebody in between")


def certificates() -> Iterator[AnyObservation]:
    """Four honest connections, and what became of those with another fingerprint."""
    for party in PARTIES:
        for direction in DIRECTIONS:
            yield CertificateCompared.model_validate(
                {
                    "party": party,
                    "direction": direction,
                    "told": (JANUS,),
                    "shown": JANUS,
                    "own": print_of(f"{party} {direction}"),
                    "servers": (JANUS,),
                    "met": True,
                    "packets": 200,
                }
            )
    for way in ("to-page", "to-server"):
        for party in PARTIES:
            for direction in DIRECTIONS:
                # The page, which sees the right certificate, does not know that the media server refuses its own.
                stood = int(way == "to-server")
                yield FingerprintTried.model_validate(
                    {
                        "party": party,
                        "way": way,
                        "direction": direction,
                        "swapped": 2,
                        "reached": 1,
                        "stood": stood,
                        "packets": 120 if stood and direction == "sends" else 0,
                        "taken": 0,
                        "held": 0 if direction == "sends" else None,
                    }
                )
