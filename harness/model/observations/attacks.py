"""What the bench did as a malicious server, and what became of it."""

from typing import Literal

from harness.model.observations.base import Media, Observation, Party

FrameAttack = Literal["header", "ciphertext", "tag", "replay", "plain", "silence", "unknown-key"]


class FramesAttacked(Observation):
    """Frames that the bench delivered to the page of ``party`` as if they had come from ``sender``.

    ``header``, ``ciphertext``, ``tag``: real frames with a bit flipped there, or with the header's numbers written
    otherwise; ``replay``: frames that had come before; ``plain``: frames as an encoder makes them; ``silence``: the
    short ones that it makes of silence (in sound only); ``unknown-key``: frames under a KID that nobody has, some of
    them sealed with a key in use.
    ``delivered`` went into the page's receiving transform; of these ``opened`` came out other than they went in, and
    ``unopened`` as they were: what comes out is played. ``tried`` is how often the page put a key to them, None where
    it was not seen putting keys to frames. ``genuine`` are the untouched frames in between, and what came out of them.
    ``positions`` counts the bit positions that were flipped at least once, of ``bits`` that the longest frame had.
    """

    kind: Literal["frames-attacked"] = "frames-attacked"
    attack: FrameAttack
    sender: Party
    media: Media
    delivered: int
    opened: int
    unopened: int
    tried: int | None = None
    genuine: int
    genuine_opened: int
    genuine_unopened: int
    positions: int = 0
    bits: int = 0


class DowngradeTried(Observation):
    """The bench told the page of ``party`` that there is no end-to-end encryption, in so many messages (``told``).

    ``announced``: by the server's messages alone; ``old-client``: nobody else's page agrees on keys either.
    ``state`` is the page's state of the call afterwards: ``connected``, ``connecting``, ``waiting``, ``failed`` …
    """

    kind: Literal["downgrade-tried"] = "downgrade-tried"
    way: Literal["announced", "old-client"]
    told: int
    state: str


class AgreementTried(Observation):
    """Two pages agreed on keys, through the bench's hands; ``swapped``: each with a stranger in the other's name.

    ``shown`` is how many pages showed a safety code then, ``alike`` whether all that were shown are the same,
    ``ended`` whether a page gave the call up. No code is kept.
    """

    kind: Literal["agreement-tried"] = "agreement-tried"
    swapped: bool
    shown: int
    alike: bool
    ended: bool
