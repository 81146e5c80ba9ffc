"""A frame that a server delivers once more is not shown once more."""

from crypto_checks import words
from crypto_checks.cipher.attacked import VANTAGE, read_attacks
from crypto_checks.findings import decided, inconclusive
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import FramesAttacked
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding


def judge(evidence: Evidence) -> Finding:
    """Counts the repeated frames that a page opened again: ``weak``, as RFC 9605 recommends protection only."""
    attacks = read_attacks(evidence, ("replay",))
    again = [found.seen for found in attacks.seen if found.seen.opened]
    repeated = attacks.total(lambda seen: seen.delivered)
    figures = {
        "repeated_frames": repeated,
        "accepted": attacks.total(lambda seen: seen.opened),
        "real_frames_opened": attacks.genuine,
    }
    if again:
        return decided(Outcome.WEAK, _again(again), attacks.records, figures)
    if attacks.vanished:
        return attacks.vanished
    if attacks.gaps:
        return inconclusive(attacks.gaps)
    sentence = Sentence(
        de=f"Keiner von {repeated} Frames, die der Server wiederholte, wurde noch einmal geöffnet; {attacks.genuine} "
        "neue Frames derselben Sekunden wurden es.",
        en=f"None of {repeated} frames that the server repeated was opened again; {attacks.genuine} new frames of the "
        "same seconds were.",
    )
    return decided(Outcome.PASS, sentence, attacks.records, figures)


def _again(again: list[FramesAttacked]) -> Sentence:
    worst, more = max(again, key=lambda seen: seen.opened), len(again) - 1
    more_de = f"; so auch bei {words.count(more, 'weiteren Strom', 'weiteren Strömen')}" if more else ""
    more_en = f"; so it was with {words.count(more, 'more stream', 'more streams')}" if more else ""
    return Sentence(
        de=f"Die Seite {words.party_de(worst.party)} öffnete {worst.opened} von {worst.delivered} "
        f"{words.media_de(worst.media)}-Frames noch einmal, die der Server wiederholte (Gespräch {worst.call})"
        f"{more_de}: Altes kann als Neues gezeigt werden.",
        en=f"{words.party_en(worst.party).capitalize()}'s page opened {worst.opened} of {worst.delivered} "
        f"{worst.media} frames again that the server repeated (call {worst.call}){more_en}: what is old can be shown "
        "as new.",
    )


CHECK = Check(
    id="C06",
    name="replay-rejected",
    passing=Sentence(
        de="Ein Frame, den ein Server noch einmal schickt, wird nicht noch einmal gezeigt.",
        en="A frame that a server delivers once more is not shown once more.",
    ),
    vantage=VANTAGE,
    norms=("RFC 9605, section 9.3",),
    judge=judge,
)
