"""How hard an invitation is to guess, measured on several of them."""

import math
import string
from collections.abc import Sequence
from urllib.parse import urlsplit

from harness.model.observations import InvitationSeen

_ALPHABETS = (
    string.digits,
    string.digits + "abcdef",
    string.ascii_lowercase,
    string.digits + string.ascii_lowercase,
    string.ascii_letters,
    string.digits + string.ascii_letters,
    string.digits + string.ascii_letters + "-_",
    string.printable[:95],
)


def invitation_seen(links: Sequence[str]) -> InvitationSeen:
    """The most that guessing could cost, by what differs between links: positions times the smallest usual alphabet.

    Raises ``ValueError`` for fewer than two links: of one nobody can tell what varies.
    """
    if len(links) < 2:
        raise ValueError("at least two links are needed to see what varies between them")
    texts = [_secret_part(link) for link in links]
    length = min(map(len, texts))
    # Links of unequal length are compared from their beginning: what is longer only adds to the cost of guessing.
    columns = list(zip(*texts, strict=False))
    varying = [column for column in columns if len(set(column)) > 1]
    characters = {character for column in varying for character in column}
    alphabet = next((len(each) for each in _ALPHABETS if characters <= set(each)), 256)
    return InvitationSeen(
        samples=len(links),
        length=length,
        alphabet=alphabet,
        shared=length - len(varying),
        bits=round(len(varying) * math.log2(alphabet), 1),
    )


def _secret_part(link: str) -> str:
    parts = urlsplit(link)
    return "".join(part for part in (parts.path, parts.query, parts.fragment))
