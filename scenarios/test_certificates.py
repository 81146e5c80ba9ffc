"""Connections stand with the certificate that was announced, and with no other."""

import pytest

from harness.bench import Bench
from harness.mitm.fingerprints import FingerprintMitm
from harness.mitm.signalling import Way
from scenarios import certificates, network

WAYS: tuple[Way, ...] = ("to-page", "to-server")


@pytest.mark.needed_for("T04", alone=True)
@pytest.mark.story(
    de="Die Vermittlung kündigt ein anderes Zertifikat an", en="The signalling announces another certificate"
)
def test_other_certificate_is_announced(bench: Bench) -> None:
    with network.two_people(bench) as people:
        signalling = FingerprintMitm(people)
        certificates.certificates_are_compared(bench, people)
        taken = [
            f"{party}, {way}, {direction}"
            for way in WAYS
            for party in people
            for direction in certificates.other_certificate_is_announced(bench, signalling, people, party, way)
        ]
    assert not taken, f"connections came to stand with another certificate than announced: {'; '.join(taken)}"
