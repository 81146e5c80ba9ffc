"""Canary texts and files: what people write and share in a call, and by what it would be known elsewhere."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from harness.vantage.search import Forms
from harness.vantage.tapped import key_id
from harness.wire.encodings import needles, text_needles

What = Literal["form", "chat", "file", "caption"]
FILE_BYTES = 4096
_SAMPLE = 48  # bytes of a file that are looked for at three places in it: a server may keep only a part


@dataclass(slots=True)
class TextCanary:
    """One text (UTF-8) or file that ``party`` wrote or shared; ``arrived``: the others on whose pages it was seen."""

    what: What
    party: str
    body: bytes
    arrived: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """16 hex digits of the SHA-256 of the body."""
        return key_id(self.body)

    @property
    def text(self) -> str:
        """What was written."""
        return self.body.decode()

    def forms(self) -> Forms:
        """Everything under which it would be found, by encoding."""
        if self.what != "file":
            return text_needles(self.text)
        last = len(self.body) - _SAMPLE
        samples = [needles(self.body[at : at + _SAMPLE]) for at in (0, last // 2, last)]
        return {
            encoding: tuple(dict.fromkeys(form for sample in samples for form in sample[encoding]))
            for encoding in samples[0]
        }


def text_canary(what: What, party: str, *, umlauts: bool = False) -> TextCanary:
    """A text that nobody has written before: 32 letters and digits, with ``umlauts`` as people write German."""
    token = secrets.token_hex(16)
    if umlauts:
        token = "".join(letter + "äöüß"[at % 4] if at % 6 == 5 else letter for at, letter in enumerate(token))
    return TextCanary(what, party, token.encode())


def file_canary(party: str) -> TextCanary:
    """A file of random bytes, which no compression changes."""
    return TextCanary("file", party, secrets.token_bytes(FILE_BYTES))


def texts_wanted(texts: Iterable[TextCanary]) -> Mapping[str, Forms]:
    """What to look for, by id, in a search for texts."""
    return {text.id: text.forms() for text in texts}
