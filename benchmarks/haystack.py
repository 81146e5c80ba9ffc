"""Bytes as they lie in the memory, logs and databases of servers, with keys hidden in them in known places."""

import random
from collections.abc import Iterator, Sequence

from harness.vantage.search import PIECE, Item
from harness.wire.encodings import needles

KEYS, KEY_BYTES = 12, 32
CONTROL = "a mark that must be found"
KINDS = ("zeros", "binary", "log", "hex", "base64", "pointers")
_BLOCK = 64 * 1024


def keys(seed: int = 1) -> list[bytes]:
    """The secrets that are searched for."""
    chance = random.Random(seed)
    return [chance.randbytes(KEY_BYTES) for _ in range(KEYS)]


def block(kind: str, chance: random.Random) -> bytes:
    """64 KiB of one kind."""
    if kind == "zeros":
        return bytes(_BLOCK)
    if kind == "log":
        lines = (
            f'2021-02-15T09:{minute % 60:02}:00Z INFO 127.0.0.1 "GET /api/rooms/{chance.randrange(10**9)} HTTP/1.1" 200'
            for minute in range(_BLOCK // 70)
        )
        return "\n".join(lines).encode().ljust(_BLOCK)[:_BLOCK]
    if kind == "hex":
        return chance.randbytes(_BLOCK // 2).hex().encode()
    if kind == "base64":
        letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        return bytes(map(letters.__getitem__, (byte & 63 for byte in chance.randbytes(_BLOCK))))
    if kind == "pointers":
        return b"".join((0x7F00_0000_0000 + chance.getrandbits(32)).to_bytes(8, "little") for _ in range(_BLOCK // 8))
    return chance.randbytes(_BLOCK)


def items(megabytes: int, secrets: Sequence[bytes], seed: int = 1) -> Iterator[Item]:
    """Pieces as the searches read them. Each has the control once; piece ``n`` hides key ``n`` in one of its forms."""
    chance = random.Random(f"haystack {seed}")
    blocks = [block(kind, chance) for kind in KINDS for _ in range(4)]
    for number in range(max(megabytes * 1_000_000 // PIECE, 1)):
        parts = chance.choices(blocks, k=PIECE // _BLOCK)
        piece = bytearray(b"".join(parts))
        forms = [form for every in needles(secrets[number % len(secrets)]).values() for form in every]
        for at, hidden in ((PIECE // 3, forms[number % len(forms)]), (PIECE // 2, CONTROL.encode())):
            piece[at : at + len(hidden)] = hidden
        yield Item(f"piece {number}", bytes(piece))
