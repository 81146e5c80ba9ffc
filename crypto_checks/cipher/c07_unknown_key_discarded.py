"""A frame under an unknown key id, or in the clear, is discarded: never shown, and tried with no key."""

from collections.abc import Iterable

from crypto_checks import words
from crypto_checks.cipher.attacked import NAMES, VANTAGE, read_attacks
from crypto_checks.findings import decided, inconclusive
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import FrameAttack, FramesAttacked
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

KINDS: tuple[FrameAttack, ...] = ("plain", "unknown-key")


def judge(evidence: Evidence) -> Finding:
    """Counts foreign frames that came out of a receiving transform, opened or as they were, and keys put to them.

    A frame of another attack that was passed on unopened, whatever had been changed in it, is a frame in the clear too;
    whether silence may come in the clear is E07's.
    """
    attacks = read_attacks(evidence, KINDS)
    other = [
        found
        for call in attacks.calls
        for found in evidence.of(FramesAttacked, call=call.seen.call)
        if found.seen.attack not in (*KINDS, "silence")
        and found.seen.media not in attacks.left_out
        and found.seen.genuine_opened
    ]
    shown = [found.seen for found in attacks.seen if found.seen.genuine_opened and _shown(found.seen)]
    shown += [found.seen for found in other if found.seen.unopened]
    tried = [found.seen for found in attacks.seen if found.seen.tried]
    records = attacks.records + [found.id for found in other if found.seen.unopened]
    figures = {
        "foreign_frames": attacks.total(lambda seen: seen.delivered),
        "shown": sum(_shown(seen) if seen.attack in KINDS else seen.unopened for seen in shown),
        "keys_tried": sum(seen.tried or 0 for seen in tried),
        "real_frames_opened": attacks.genuine,
    }
    if shown:
        return decided(Outcome.FAIL, _passed_on(shown), records, figures)
    if tried:
        return decided(Outcome.FAIL, _put_keys_to(tried), records, figures)
    if attacks.vanished:
        return attacks.vanished
    gaps = attacks.gaps + list(_unwatched(found.seen for found in attacks.seen))
    if gaps:
        return inconclusive(gaps)
    frames = attacks.total(lambda seen: seen.delivered)
    sentence = Sentence(
        de=f"Von {frames} Frames, die unverschlüsselt waren oder eine fremde Schlüsselnummer trugen, wurde keiner "
        f"gezeigt und an keinem ein Schlüssel versucht; {attacks.genuine} echte Frames derselben Sekunden wurden "
        "geöffnet.",
        en=f"Of {frames} frames in the clear or under an unknown key id none was shown, and no key was tried on any; "
        f"{attacks.genuine} real frames of the same seconds were opened.",
    )
    return decided(Outcome.PASS, sentence, records, figures)


def _shown(seen: FramesAttacked) -> int:
    return seen.opened + seen.unopened


def _unwatched(attacks: Iterable[FramesAttacked]) -> Iterable[Sentence]:
    for seen in attacks:
        if seen.tried is None:
            yield Sentence(
                de=f"ob an Frames {NAMES['unknown-key'].de} Schlüssel versucht werden, war nicht zu sehen: "
                f"{words.media_de(seen.media)} auf der Seite {words.party_de(seen.party)}, Gespräch {seen.call}",
                en=f"it could not be seen whether keys are tried on frames {NAMES['unknown-key'].en}: "
                f"{seen.media} on {words.party_en(seen.party)}'s page, call {seen.call}",
            )


def _passed_on(shown: list[FramesAttacked]) -> Sentence:
    worst, more = max(shown, key=_shown), len(shown) - 1
    how = NAMES[worst.attack]
    frames_de = f"{words.media_de(worst.media)}-Frames"
    what_de = f"{how.de} {frames_de}" if worst.attack in ("plain", "replay") else f"{frames_de} {how.de}"
    more_de = f"; so auch bei {words.count(more, 'weiteren Probe', 'weiteren Proben')}" if more else ""
    more_en = f"; so it was in {words.count(more, 'more trial', 'more trials')}" if more else ""
    return Sentence(
        de=f"Die Seite {words.party_de(worst.party)} gab {_shown(worst)} von {worst.delivered} untergeschobenen Frames "
        f"zum Abspielen weiter ({what_de}, Gespräch {worst.call}){more_de}.",
        en=f"{words.party_en(worst.party).capitalize()}'s page played {_shown(worst)} of {worst.delivered} "
        f"{worst.media} frames {how.en} that were slipped in (call {worst.call}){more_en}.",
    )


def _put_keys_to(tried: list[FramesAttacked]) -> Sentence:
    worst = max(tried, key=lambda seen: seen.tried or 0)
    return Sentence(
        de=f"Die Seite {words.party_de(worst.party)} versuchte {worst.tried}-mal einen Schlüssel an "
        f"{words.media_de(worst.media)}-Frames, die zu keinem gehören (Gespräch {worst.call}).",
        en=f"{words.party_en(worst.party).capitalize()}'s page tried a key {worst.tried} times on {worst.media} frames "
        f"that belong to none (call {worst.call}).",
    )


CHECK = Check(
    id="C07",
    name="unknown-key-discarded",
    passing=Sentence(
        de="Ein Frame unter fremder Schlüsselnummer oder ohne Verschlüsselung wird verworfen: nie gezeigt und mit "
        "keinem Schlüssel versucht.",
        en="A frame under an unknown key id, or in the clear, is discarded: never shown, and tried with no key.",
    ),
    vantage=VANTAGE,
    norms=("RFC 9605, section 4.4.4",),
    judge=judge,
)
