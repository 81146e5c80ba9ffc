"""Frames that the bench delivered as a malicious server: what each receiving page made of them, and the control."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from crypto_checks import words
from crypto_checks.findings import nothing_sealed
from crypto_checks.left_out import left_to_others
from crypto_checks.scope import focused_calls
from harness.model.evidence import Evidence, Found
from harness.model.observations import CallFact, FrameAttack, FramesAttacked, Media
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("encoded-frames",)
MEDIA: tuple[Media, ...] = ("audio", "video")
NAMES: dict[str, Sentence] = {
    "header": Sentence(de="mit verändertem Kopf", en="with a changed header"),
    "ciphertext": Sentence(de="mit verändertem Inhalt", en="with changed ciphertext"),
    "tag": Sentence(de="mit veränderter Prüfsumme", en="with a changed tag"),
    "replay": Sentence(de="wiederholte", en="repeated"),
    "plain": Sentence(de="unverschlüsselte", en="in the clear"),
    "silence": Sentence(de="unverschlüsselte Stille", en="of silence in the clear"),
    "unknown-key": Sentence(de="unter fremder Schlüsselnummer", en="under an unknown key id"),
}
_NOTHING_TO_FORGE = Sentence(
    de="so gibt es nichts Verschlüsseltes, das sich fälschen ließe",
    en="so there is nothing encrypted that could be forged",
)


@dataclass(slots=True)
class Attacks:
    """The attacks of some kinds on every receiving page. ``left_out``: media that are not encrypted at all (E01)."""

    calls: list[Found[CallFact]]
    seen: list[Found[FramesAttacked]] = field(default_factory=list)
    gaps: list[Sentence] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    vanished: Finding | None = None

    @property
    def records(self) -> list[str]:
        """What a verdict rests on."""
        return [call.id for call in self.calls] + [found.id for found in self.seen]

    def total(self, figure: Callable[[FramesAttacked], int]) -> int:
        """The sum of a figure over all attacks."""
        return sum(figure(found.seen) for found in self.seen)

    @property
    def genuine(self) -> int:
        """Untouched frames that were opened meanwhile; kinds of one attack share them."""
        every = [found.seen for found in self.seen]
        shared = {(seen.call, seen.party, seen.media, _together(seen.attack)): seen.genuine_opened for seen in every}
        return sum(shared.values())


def read_attacks(evidence: Evidence, kinds: Sequence[FrameAttack], media: Sequence[Media] = MEDIA) -> Attacks:
    """The attacks of these kinds in the calls held for them, on these media, and the gaps.

    Each page must have been attacked in each medium, and have opened the untouched frames of the same seconds.
    """
    calls, gaps = focused_calls(evidence, "attacked", VANTAGE)
    attacks = Attacks(calls, gaps=gaps)
    others = left_to_others(evidence)
    attacks.left_out = [medium for medium in media if medium in others.media]
    for call in calls:
        for party in call.seen.parties:
            for medium in media:
                if medium not in others.media:
                    _read(evidence, attacks, call.seen.call, party, medium, kinds)
    sealed = any(found.seen.genuine_opened for found in attacks.seen)
    if others.nothing_sealed and calls and not sealed:
        attacks.vanished = nothing_sealed(_NOTHING_TO_FORGE, [call.id for call in calls])
    return attacks


def _read(
    evidence: Evidence, attacks: Attacks, call: str, party: str, media: Media, kinds: Sequence[FrameAttack]
) -> None:
    for kind in kinds:
        found = [
            each
            for each in evidence.of(FramesAttacked, call=call, party=party)
            if (each.seen.media, each.seen.attack) == (media, kind)
        ]
        attacks.seen += found
        name = NAMES[kind]
        page_de = f"{words.media_de(media)} auf der Seite {words.party_de(party)}, Gespräch {call}"
        page_en = f"{media} on {words.party_en(party)}'s page, call {call}"
        if not any(each.seen.delivered for each in found):
            attacks.gaps.append(
                Sentence(
                    de=f"es fehlen untergeschobene Frames ({name.de}): {page_de}",
                    en=f"no frames {name.en} were delivered: {page_en}",
                )
            )
        elif not any(each.seen.genuine_opened for each in found):
            attacks.gaps.append(
                Sentence(
                    de=f"auch von den echten Frames dazwischen kam keiner an: {page_de}",
                    en=f"of the real frames in between none was opened either: {page_en}",
                )
            )


def _together(attack: str) -> str:
    return "tampering" if attack in ("header", "ciphertext", "tag") else attack
