"""A frame of which any bit of header, ciphertext or tag was changed is never opened."""

from crypto_checks import words
from crypto_checks.cipher.attacked import NAMES, VANTAGE, Attacks, read_attacks
from crypto_checks.findings import decided, inconclusive
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import FrameAttack, FramesAttacked
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

KINDS: tuple[FrameAttack, ...] = ("header", "ciphertext", "tag")


def judge(evidence: Evidence) -> Finding:
    """Counts the changed frames that a page opened; those that it passed on as they were are C07's.

    Every bit of header and tag must have been tried in every stream, every bit of the ciphertext in sound (a picture
    has a hundred thousand of them).
    """
    attacks = read_attacks(evidence, KINDS)
    accepted = [found.seen for found in attacks.seen if found.seen.opened]
    figures = {
        "changed_frames": attacks.total(lambda seen: seen.delivered),
        "accepted": attacks.total(lambda seen: seen.opened),
        "positions": attacks.total(lambda seen: seen.positions),
        "real_frames_opened": attacks.genuine,
    }
    if accepted:
        return decided(Outcome.FAIL, _accepted(accepted), attacks.records, figures)
    if attacks.vanished:
        return attacks.vanished
    gaps = attacks.gaps + [_untried(found.seen) for found in attacks.seen if _is_untried(found.seen)]
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _rejected(attacks), attacks.records, figures)


def _is_untried(seen: FramesAttacked) -> bool:
    whole = seen.attack != "ciphertext" or seen.media == "audio"
    return seen.positions == 0 or (whole and seen.positions < seen.bits)


def _untried(seen: FramesAttacked) -> Sentence:
    name = NAMES[seen.attack]
    return Sentence(
        de=f"Frames {name.de} deckten nur {seen.positions} von {seen.bits} Bitstellen ab: "
        f"{words.media_de(seen.media)} auf der Seite {words.party_de(seen.party)}, Gespräch {seen.call}",
        en=f"frames {name.en} covered only {seen.positions} of {seen.bits} bit positions: "
        f"{seen.media} on {words.party_en(seen.party)}'s page, call {seen.call}",
    )


def _accepted(accepted: list[FramesAttacked]) -> Sentence:
    worst, more = max(accepted, key=lambda seen: seen.opened), len(accepted) - 1
    name = NAMES[worst.attack]
    more_de = f"; so auch bei {words.count(more, 'weiteren Probe', 'weiteren Proben')}" if more else ""
    more_en = f"; so it was in {words.count(more, 'more trial', 'more trials')}" if more else ""
    return Sentence(
        de=f"Die Seite {words.party_de(worst.party)} öffnete {worst.opened} von {worst.delivered} "
        f"{words.media_de(worst.media)}-Frames {name.de} (Gespräch {worst.call}){more_de}.",
        en=f"{words.party_en(worst.party).capitalize()}'s page opened {worst.opened} of {worst.delivered} "
        f"{worst.media} frames {name.en} (call {worst.call}){more_en}.",
    )


def _rejected(attacks: Attacks) -> Sentence:
    changed, positions = attacks.total(lambda seen: seen.delivered), attacks.total(lambda seen: seen.positions)
    out_de = out_en = ""
    if attacks.left_out:
        out_de = f" ({words.listed([words.media_de(media) for media in attacks.left_out], 'und')} beurteilt E01)"
        out_en = f" ({words.listed(attacks.left_out, 'and')}: E01 judges that)"
    return Sentence(
        de=f"Keiner von {changed} Frames, die der Server an {positions} Bitstellen von Kopf, Inhalt und Prüfsumme "
        f"verändert hatte, wurde geöffnet; {attacks.genuine} echte Frames derselben Sekunden wurden es{out_de}.",
        en=f"None of {changed} frames that the server had changed at {positions} bit positions of header, ciphertext "
        f"and tag was opened; {attacks.genuine} real frames of the same seconds were{out_en}.",
    )


CHECK = Check(
    id="C04",
    name="tampering-rejected",
    passing=Sentence(
        de="Ein Frame, an dem irgendein Bit von Kopf, Inhalt oder Prüfsumme verändert wurde, wird nie geöffnet.",
        en="A frame of which any bit of header, ciphertext or tag was changed is never opened.",
    ),
    vantage=VANTAGE,
    norms=("RFC 9605, section 4.4.4", "DSGVO Art. 32(1)(b)"),
    judge=judge,
)
