"""DSSE: an envelope with one Ed25519 signature (secure-systems-lab/dsse, protocol.md and envelope.md, version 1.0.2).

An envelope may be written in one way only, so that no byte of it can be changed without a trace: base64 with its
padding, keys sorted, the key id worked out from the key.
"""

import base64
import binascii
import hashlib
import json

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from reports.seal.manifest import canonical

PAYLOAD_TYPE = "application/vnd.in-toto+json"
LARGEST = 64 << 20  # bytes of an envelope that is read at all


def pae(payload_type: str, payload: bytes) -> bytes:
    """Pre-authentication encoding: what is signed (protocol.md, "Signature Definition")."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def key_id(key: Ed25519PublicKey) -> str:
    """SHA-256 (hex) of the key's SubjectPublicKeyInfo: what ``openssl pkey -pubin -outform DER | sha256sum`` says."""
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def seal(payload: bytes, key: Ed25519PrivateKey) -> bytes:
    """The envelope of a payload, signed. The same payload and key give the same bytes (RFC 8032, 5.1.6)."""
    return _envelope(payload, key.sign(pae(PAYLOAD_TYPE, payload)), key_id(key.public_key()))


def unseal(envelope: bytes, key: Ed25519PublicKey) -> bytes:
    """The payload of an envelope that ``key`` signed. Raises ``ValueError`` with the reason not to believe it."""
    try:
        outer = json.loads(envelope)
        payload = base64.b64decode(outer["payload"], validate=True)
        signed = outer["signatures"][0]
        signature = base64.b64decode(signed["sig"], validate=True)
        named = str(signed["keyid"])
    except (ValueError, LookupError, TypeError, RecursionError, binascii.Error) as error:
        raise ValueError("the seal is not a DSSE envelope") from error
    if named != key_id(key):
        raise ValueError("the seal was made with another key")
    try:
        key.verify(signature, pae(PAYLOAD_TYPE, payload))
    except InvalidSignature as error:
        raise ValueError("the signature does not hold") from error
    if _envelope(payload, signature, named) != envelope:
        raise ValueError("the seal is written in another way than the bench writes it")
    return payload


def _envelope(payload: bytes, signature: bytes, keyid: str) -> bytes:
    return (
        canonical(
            {
                "payload": base64.b64encode(payload).decode(),
                "payloadType": PAYLOAD_TYPE,
                "signatures": [{"keyid": keyid, "sig": base64.b64encode(signature).decode()}],
            }
        )
        + b"\n"
    )
