"""A decoder without the key finds no canary at the media server, while the participants' own key recovers it."""

from collections.abc import Sequence

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.scope import regular_calls
from crypto_checks.streams import MEDIA
from harness.model.check import Check
from harness.model.evidence import Evidence, Found
from harness.model.observations import Recognition
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("sfu", "keys")
KEYLESS_SPEECH = 0.35  # speech correlation from which a keyless decoder has heard the canary (our own threshold)
CONTROL_SPEECH = 0.6  # speech correlation that the positive control must reach (our own threshold)


def judge(evidence: Evidence) -> Finding:
    """Asks of every party's audio and video in every regular call: found without a key? recovered with the key?"""
    calls, gaps = regular_calls(evidence, VANTAGE)
    records = [call.id for call in calls]
    seen: list[Found[Recognition]] = []
    searched: list[Recognition] = []
    for call in calls:
        for party in call.seen.parties:
            for media in MEDIA:
                where = words.stream(call.seen.call, party, media)
                steady = [
                    found
                    for found in evidence.of(Recognition, call=call.seen.call, party=party)
                    if found.seen.media == media and found.seen.part == "steady"
                ]
                keyless = [found for found in steady if found.seen.place == "sfu-keyless"]
                control = [found for found in steady if found.seen.place == "sfu-with-keys"]
                records += [found.id for found in keyless + control]
                searched += [found.seen for found in keyless]
                recognised = [found for found in keyless if _recognised(found.seen)]
                seen += recognised
                if not recognised:  # what was readable without a key needs no positive control
                    gaps += _gaps(keyless, control, where)
    if seen:
        return decided(Outcome.FAIL, _readable([found.seen for found in seen]), records, _figures(searched))
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _opaque(searched, len(calls)), records, _figures(searched))


def _recognised(seen: Recognition) -> bool:
    if seen.media == "audio":
        return seen.score is not None and seen.score >= KEYLESS_SPEECH
    return seen.found > 0


def _gaps(
    keyless: Sequence[Found[Recognition]], control: Sequence[Found[Recognition]], where: Sentence
) -> list[Sentence]:
    searched = [found.seen for found in keyless if found.seen.looked > 0]
    unscored = any(seen.media == "audio" and seen.decoded > 0 and seen.score is None for seen in searched)
    if not searched or unscored:
        return [
            Sentence(
                de=f"die Suche ohne Schlüssel fehlt: {where.de}", en=f"the search without a key is missing: {where.en}"
            )
        ]
    if not any(_recovered(found.seen) for found in control):
        state_de, state_en = ("misslang", "failed") if control else ("fehlt", "is missing")
        return [
            Sentence(
                de=f"die Gegenprobe mit den Schlüsseln der Teilnehmenden {state_de}: {where.de}",
                en=f"the positive control with the participants' keys {state_en}: {where.en}",
            )
        ]
    return []


def _recovered(seen: Recognition) -> bool:
    if seen.media == "audio":
        return seen.score is not None and seen.score >= CONTROL_SPEECH
    return seen.found > 0


def _readable(seen: list[Recognition]) -> Sentence:
    first, more = seen[0], len(seen) - 1
    more_de = f"; so auch in {words.count(more, 'weiteren Strom', 'weiteren Strömen')}" if more else ""
    more_en = f"; so it did in {words.count(more, 'more stream', 'more streams')}" if more else ""
    if first.media == "audio":
        score = first.score or 0.0
        what_de = f"die Sprache {words.party_de(first.party)} (Ähnlichkeit {words.decimal_de(score, 2)})"
        what_en = f"the speech of {words.party_en(first.party)} (similarity {score:.2f})"
    else:
        what_de = f"das Bild {words.party_de(first.party)} ({first.found} von {first.looked} Bildern)"
        what_en = f"the picture of {words.party_en(first.party)} ({first.found} of {first.looked} pictures)"
    return Sentence(
        de=f"Ein Decoder ohne Schlüssel erkannte am Medienserver {what_de} im Gespräch {first.call}{more_de}.",
        en=f"A decoder without a key recognised at the media server {what_en} in call {first.call}{more_en}.",
    )


def _opaque(searched: list[Recognition], calls: int) -> Sentence:
    figures = _figures(searched)
    pictures, speech = int(figures["pictures"]), figures["highest_similarity"]
    return Sentence(
        de=f"Ein Decoder ohne Schlüssel erkannte am Medienserver keines von {pictures} Bildern und keine Sprache "
        f"(höchste Ähnlichkeit {words.decimal_de(speech, 2)}) in {words.count(calls, 'Gespräch', 'Gesprächen')}; "
        "mit den "
        f"Schlüsseln der Teilnehmenden wurden dieselben Ströme zu Bild und Sprache.",
        en=f"A decoder without a key recognised at the media server none of {pictures} pictures and no speech "
        f"(highest similarity {speech:.2f}) in {words.count(calls, 'call', 'calls')}; with the participants' keys "
        "the same "
        f"streams became picture and speech.",
    )


def _figures(searched: list[Recognition]) -> dict[str, float]:
    video = [seen for seen in searched if seen.media == "video"]
    scores = [seen.score for seen in searched if seen.media == "audio" and seen.score is not None]
    return {
        "pictures": sum(seen.looked for seen in video),
        "pictures_recognised": sum(seen.found for seen in video),
        "highest_similarity": max(scores, default=0.0),
    }


CHECK = Check(
    id="E02",
    name="keyless-decoder-sees-nothing",
    passing=Sentence(
        de="Ein Decoder ohne Schlüssel findet am Medienserver weder Bild noch Sprache, die der Schlüssel der "
        "Teilnehmenden dort zum Vorschein bringt.",
        en="A decoder without the key finds no canary at the media server, while the participants' own key "
        "recovers it.",
    ),
    vantage=VANTAGE,
    norms=(
        "RFC 9605, section 3",
        "DSGVO Art. 32(1)(a)",
        "DSK, Orientierungshilfe Videokonferenzsysteme, Stand 23.10.2020, 4.1",
    ),
    judge=judge,
    stands=True,
)
