#!/usr/bin/env python3
"""Looks whether a sealed run of Pruefstand was changed. Needs nothing but Python 3.8 or newer.

    python3 verify_seal.py BUNDLE.zip|FOLDER KEY.pem

Take this file from the project and KEY.pem from whoever did the test, never from where the bundle came from.
Exit code: 0 nothing was changed, 1 something was (each file is named), 2 it cannot be said.

What is sealed and how: docs/seal.md. Nothing is unpacked and nothing is written: a bundle must be, byte for byte, the
one zip that its signed list of files allows.
"""

import base64
import hashlib
import json
import os
import struct
import sys
import unicodedata
import zlib

SEAL = "seal.dsse.json"
LARGEST_SEAL = 64 << 20
PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT, PREDICATE = "https://in-toto.io/Statement/v1", "urn:pruefstand:seal:v1"

# ---- Ed25519, RFC 8032, 5.1: verification alone ----

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)  # a square root of -1


def _x_of(y, sign):
    """The x of a point (5.1.3), or None where there is none."""
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def _point(data):
    """A point in extended coordinates (5.1.4), or None."""
    number = int.from_bytes(data, "little")
    y, sign = number & (2**255 - 1), number >> 255
    x = _x_of(y, sign) if y < P else None
    return None if x is None else (x, y, 1, x * y % P)


def _add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(factor, p):
    q = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            q = _add(q, p)
        p, factor = _add(p, p), factor >> 1
    return q


BASE = (lambda y: (_x_of(y, 0), y, 1, _x_of(y, 0) * y % P))(4 * pow(5, P - 2, P) % P)


def signature_holds(public, message, signature):
    """Whether ``signature`` (64 bytes) is of ``message`` by the key ``public`` (32 bytes); 5.1.7."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, r, s = _point(public), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if key is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = _times(s, BASE), _add(r, _times(h, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# ---- the seal: DSSE around an in-toto statement ----

SPKI = bytes.fromhex("302a300506032b6570032100")  # what stands before an Ed25519 key in a PEM file (RFC 8410, 4)


class Changed(Exception):
    """The seal itself cannot be believed."""


def public_key(file):
    """The DER of a public key out of a PEM file."""
    with open(file, encoding="ascii", errors="replace") as stream:
        lines = [line.strip() for line in stream.read(1 << 16).strip().splitlines()]
    der = base64.b64decode("".join(lines[1:-1])) if lines and lines[0] == "-----BEGIN PUBLIC KEY-----" else b""
    if len(der) != 44 or not der.startswith(SPKI):
        raise ValueError("it holds no Ed25519 public key")
    return der


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def unseal(envelope, der):
    """The signed files as (name, size, sha256), and what else the seal says."""
    try:
        outer = json.loads(envelope)
        payload = base64.b64decode(outer["payload"], validate=True)
        signature = base64.b64decode(outer["signatures"][0]["sig"], validate=True)
        statement = json.loads(payload)
    except (ValueError, LookupError, TypeError, RecursionError):
        raise Changed("it is not a DSSE envelope") from None
    keyid = hashlib.sha256(der).hexdigest()
    signatures = [{"keyid": keyid, "sig": base64.b64encode(signature).decode()}]
    same = {"payload": base64.b64encode(payload).decode(), "payloadType": PAYLOAD_TYPE, "signatures": signatures}
    if envelope != canonical(same) + b"\n":
        raise Changed("it was made with another key, or is written in another way than the bench writes it")
    kind = PAYLOAD_TYPE.encode()
    if not signature_holds(der[12:], b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload), signature):
        raise Changed("the signature does not hold")
    try:
        files = [(each["name"], each["annotations"]["size"], each["digest"]["sha256"]) for each in statement["subject"]]
        known = statement["_type"] == STATEMENT and statement["predicateType"] == PREDICATE
        names = [name for name, _, _ in files]
        if not known or payload != canonical(statement) or names != sorted(set(names)) or any(map(unsafe, names)):
            raise Changed("its statement is of another form")
        return files, statement["predicate"]
    except (LookupError, TypeError):
        raise Changed("its statement is of another form") from None


def unsafe(name):
    """Whether a name could mean something outside its folder."""
    hidden = any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in name)
    return hidden or name == SEAL or "\\" in name or ":" in name or any(p in ("", ".", "..") for p in name.split("/"))


# ---- a bundle: the one zip that the list allows (APPNOTE 6.3.10, stored, no times, no comments) ----


def read(stream, size):
    """SHA-256, CRC-32 and number of the next bytes, at most ``size``."""
    digest, crc, left = hashlib.sha256(), 0, size
    while left:
        piece = stream.read(min(left, 1 << 20))
        if not piece:
            break
        digest.update(piece)
        crc, left = zlib.crc32(piece, crc), left - len(piece)
    return digest.hexdigest(), crc, size - left


def local(name, crc, size):
    return struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0x0800, 0, 0, 0x21, crc, size, size, len(name), 0) + name


def central(name, crc, size, at):
    head = (0x02014B50, 0x0314, 20, 0x0800, 0, 0, 0x21, crc, size, size, len(name), 0, 0, 0, 0, 0o100644 << 16, at)
    return struct.pack("<IHHHHHHIIIHHHHHII", *head) + name


def look_at_zip(file, der):
    """Everything in the zip that is not as it was sealed, as sentences, and what the seal says."""
    with open(file, "rb") as stream:
        header = stream.read(30)
        size = struct.unpack_from("<I", header, 22)[0] if len(header) == 30 else 0
        if stream.read(len(SEAL)) != SEAL.encode() or size > LARGEST_SEAL:
            raise Changed("the zip does not begin with it")
        envelope = stream.read(size)
        files, told = unseal(envelope, der)
        listed = [(SEAL, len(envelope), hashlib.sha256(envelope).hexdigest()), *files]
        stream.seek(0)
        wrong, places = [], []
        for name, size, digest in listed:
            raw, at = name.encode(), stream.tell()
            header = stream.read(30 + len(raw))
            seen, crc, found = read(stream, size)
            places.append((name, raw, crc, found, at))
            if seen != digest or found != size:
                wrong.append(name + ": changed, missing or moved")
            elif header != local(raw, crc, size):
                wrong.append(name + ": its header in the zip was changed, or it was renamed")
        start = stream.tell()
        for name, raw, crc, size, at in places:
            line = central(raw, crc, size, at)
            if stream.read(len(line)) != line:
                wrong.append(name + ": its line in the zip's directory was changed")
        length, count = stream.tell() - start, len(listed)
        last = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, length, start, 0)
        if stream.read(len(last) + 1) != last:
            wrong.append("the end of the zip was changed, or something was added")
    return wrong, files, told


def look_at_folder(folder, der):
    """As ``look_at_zip``, of an unpacked bundle or a run folder. Links are not followed."""
    seal = os.path.join(folder, SEAL)
    if os.path.islink(seal) or os.path.getsize(seal) > LARGEST_SEAL:
        raise Changed("it is no plain file or too large")
    with open(seal, "rb") as stream:
        files, told = unseal(stream.read(), der)
    found = set()
    for here, folders, names in os.walk(folder):
        for name in names + [each for each in folders if os.path.islink(os.path.join(here, each))]:
            found.add(os.path.relpath(os.path.join(here, name), folder).replace(os.sep, "/"))
    wrong = [name + ": added" for name in sorted(found - {name for name, _, _ in files} - {SEAL})]
    for name, size, digest in files:
        path = os.path.join(folder, *name.split("/"))
        if name not in found:
            wrong.append(name + ": missing")
        elif os.path.islink(path) or not os.path.isfile(path):
            wrong.append(name + ": is no plain file any more")
        else:
            with open(path, "rb") as stream:
                seen, _, _ = read(stream, size + 1)
            if seen != digest:
                wrong.append(name + ": changed")
    return wrong, files, told


def main(arguments):
    """Says what was found; see above for the exit code."""
    if len(arguments) != 2:
        print(__doc__)
        return 2
    what, key = arguments
    try:
        der = public_key(key)
        wrong, files, told = (look_at_folder if os.path.isdir(what) else look_at_zip)(what, der)
    except Changed as why:
        wrong, files, told = [f"{SEAL}: {why}"], [], {}
    except (OSError, ValueError) as error:
        print(f"It cannot be said: {str(error)!a}", file=sys.stderr)
        return 2
    for line in wrong:
        print(ascii(line)[1:-1])
    if wrong:
        print("REFUSED: this is not what was sealed.")
        return 1
    said = ascii(f"{told.get('run')}, {told.get('sealed_at')}")[1:-1]
    print(f"The seal holds: {len(files)} files, byte for byte as sealed ({said}).")
    print(f"Key: {hashlib.sha256(der).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
