"""The envelope: as others make it, and in one way only. Vectors are named with their origin."""

import base64
import hashlib
import json
from typing import Any

import pytest

from reports.seal.dsse import key_id, pae, seal, unseal
from reports.seal.manifest import PREDICATE, Entry, canonical, read_statement, statement, subjects_digest
from tests.reports.seal.samples import KEY, PUBLIC, alone

# secure-systems-lab/dsse, protocol.md, "Test Vectors"
PAE = b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"

# made with securesystemslib 1.6.0 (CryptoSigner with the key of the samples, Envelope.sign) of this payload
PAYLOAD = b'{"a":1}'
LIBRARY: dict[str, str] = {
    "sig": "9JQymjJqlnmj/ErsvMYOuLDVoLANiO+detxkSNdg372rVnob78vm2M/iQvpw/lqmAkuF0grgF8BKYEw1ubjxAw=="
}

# RFC 8032, 7.1: secret key, public key, message, signature
RFC8032 = (
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
)


def test_the_encoding_is_that_of_the_specification() -> None:
    assert pae("http://example.com/HelloWorld", b"hello world") == PAE


def test_the_envelope_is_that_of_securesystemslib() -> None:
    outer = json.loads(seal(PAYLOAD, KEY))
    assert outer["signatures"][0]["sig"] == LIBRARY["sig"]
    assert base64.b64decode(outer["payload"]) == PAYLOAD
    assert outer["payloadType"] == "application/vnd.in-toto+json"
    assert unseal(seal(PAYLOAD, KEY), PUBLIC) == PAYLOAD


@pytest.mark.parametrize(("_secret", "public", "message", "signature"), RFC8032)
def test_the_checker_without_the_bench_knows_the_rfcs_signatures(
    _secret: str, public: str, message: str, signature: str
) -> None:
    holds = alone().signature_holds
    key, said, sig = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)
    assert holds(key, said, sig)
    assert not holds(key, said + b"x", sig)
    for place in range(0, 64, 5):
        assert not holds(key, said, sig[:place] + bytes([sig[place] ^ 1]) + sig[place + 1 :])
    assert not holds(key, said, sig[:63])
    assert not holds(key[:31], said, sig)


def test_a_signature_with_a_larger_s_is_not_taken_for_another() -> None:
    _, public, message, signature = RFC8032[0]
    sig, order = bytes.fromhex(signature), alone().L
    larger = sig[:32] + (int.from_bytes(sig[32:], "little") + order).to_bytes(32, "little")
    assert not alone().signature_holds(bytes.fromhex(public), bytes.fromhex(message), larger)


def rewritten(**changes: Any) -> bytes:
    outer = json.loads(seal(PAYLOAD, KEY))
    return json.dumps(outer | changes, sort_keys=True, separators=(",", ":")).encode() + b"\n"


@pytest.mark.parametrize(
    ("envelope", "reason"),
    [
        (b"", "not a DSSE envelope"),
        (b"[]", "not a DSSE envelope"),
        (b"[" * 100_000, "not a DSSE envelope"),
        (b'{"payload": 1}', "not a DSSE envelope"),
        (rewritten(signatures=[]), "not a DSSE envelope"),
        (rewritten(payload="e30="), "the signature does not hold"),
        (rewritten(payloadType="text/plain"), "written in another way"),
        (rewritten(more=1), "written in another way"),
        (seal(PAYLOAD, KEY) + b"\n", "written in another way"),
        (seal(PAYLOAD, KEY).replace(b",", b", "), "written in another way"),
        (rewritten(signatures=json.loads(seal(PAYLOAD, KEY))["signatures"] * 2), "written in another way"),
    ],
)
def test_an_envelope_that_is_written_differently_is_refused(envelope: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        unseal(envelope, PUBLIC)


def test_the_key_id_is_what_openssl_would_say() -> None:
    der = bytes.fromhex("302a300506032b6570032100") + PUBLIC.public_bytes_raw()
    assert key_id(PUBLIC) == hashlib.sha256(der).hexdigest()


SAID = {"run": "r", "target": "t", "sealed_at": "2026-11-23T12:00:00Z", "bench": "0.1.0", "timestamp": None}


def test_the_statement_is_in_toto_v1() -> None:
    entry = Entry("a.txt", 3, "0" * 64)
    read = json.loads(statement([entry], SAID))
    assert read["_type"] == "https://in-toto.io/Statement/v1"
    assert read["predicateType"] == PREDICATE
    assert read["subject"] == [{"name": "a.txt", "digest": {"sha256": "0" * 64}, "annotations": {"size": 3}}]
    assert read_statement(statement([entry], SAID)).entries == [entry]
    assert subjects_digest([entry]) == hashlib.sha256(canonical(read["subject"])).hexdigest()


@pytest.mark.parametrize(
    "names", [["a", "a"], ["b", "a"], ["../a"], ["a", "A"], ["/a"], ["seal.dsse.json"], ["a\\b"], [""], ["a\nb"]]
)
def test_a_signed_list_with_odd_names_is_refused_all_the_same(names: list[str]) -> None:
    with pytest.raises(ValueError, match="name|case"):
        read_statement(statement([Entry(name, 0, "0" * 64) for name in names], SAID))


def test_a_statement_with_more_in_it_is_refused() -> None:
    for said in (SAID | {"more": 1}, {"run": "r"}):
        with pytest.raises(ValueError, match="of another form"):
            read_statement(statement([], said))
    with pytest.raises(ValueError, match="not written canonically"):
        read_statement(statement([], SAID).replace(b",", b", ", 1))
