"""With every codec that the browser has, picture and sound reach the media server encrypted, or not at all."""

from collections.abc import Iterable, Sequence

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.scope import tap_gaps
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import CodecsOffered, CodecTried
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("codecs",)
WATCHED = 0.9  # of the frames at the server, that the tap in the browser must have seen (our own threshold)
MEDIA = ("audio", "video")
SETTLED = ("failed", "connected")  # states of a page in which sending nothing says something


def judge(evidence: Evidence) -> Finding:
    """Compares, for every codec that the browser offers, what the encoder made with what the media server held."""
    offered = list(evidence.of(CodecsOffered))
    tried = list(evidence.of(CodecTried))
    records = [found.id for found in offered] + [found.id for found in tried]
    seen = [found.seen for found in tried]
    clear = [each for each in seen if each.clear]
    covered = [each for each in seen if each.frames and not each.clear]
    figures = {
        "codecs": len({(each.media, each.codec) for each in seen}),
        "encrypted": len(covered),
        "clear": len(clear),
    }
    if clear:
        return decided(Outcome.FAIL, _clear(clear), records, figures)
    gaps = [*tap_gaps(evidence, "", VANTAGE), *_gaps([found.seen for found in offered], seen)]
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _covered(covered, [each for each in seen if not each.frames]), records, figures)


def _clear(clear: Sequence[CodecTried]) -> Sentence:
    first, more = clear[0], sorted({name_of(each) for each in clear[1:]})
    return Sentence(
        de=f"In einem Gespräch allein mit {name_of(first)} hielt der Medienserver {first.clear} von {first.frames} "
        f"Frames {words.party_de(first.party)}, wie der Encoder sie erzeugt hatte"
        + (f"; so auch mit {words.listed(more, 'und')}." if more else "."),
        en=f"In a call with {name_of(first)} alone the media server held {first.clear} of {first.frames} frames of "
        f"{words.party_en(first.party)} as the encoder had made them"
        + (f"; so it did with {words.listed(more, 'and')}." if more else "."),
    )


def _gaps(offered: Sequence[CodecsOffered], tried: Sequence[CodecTried]) -> Iterable[Sentence]:
    for media in MEDIA:
        names = {name for each in offered if each.media == media for name in each.codecs}
        if not names:
            yield Sentence(
                de=f"welche Codecs der Browser für {words.media_de(media)} hat, ist nicht bekannt",
                en=f"it is not known which codecs the browser has for {media}",
            )
        for name in sorted(names - {each.codec for each in tried if each.media == media}):
            yield Sentence(de=f"{name.upper()} wurde nicht ausprobiert", en=f"{name.upper()} was not tried")
        if not any(each.media == media and each.frames for each in tried):
            yield Sentence(
                de=f"mit keinem Codec kam {words.media_de(media)} beim Medienserver an",
                en=f"with no codec any {media} reached the media server",
            )
    for each in tried:
        if each.frames and each.made < WATCHED * each.frames:
            yield Sentence(
                de=f"von {each.frames} Frames mit {name_of(each)} am Medienserver sah der Abgriff im Browser nur "
                f"{each.made}",
                en=f"of {each.frames} frames with {name_of(each)} at the media server the tap in the browser saw only "
                f"{each.made}",
            )
        elif each.sent and not each.frames:
            yield Sentence(
                de=f"die Seite sandte {each.sent} Pakete mit {name_of(each)}, die am Medienserver nicht zu sehen waren",
                en=f"the page sent {each.sent} packets with {name_of(each)} that were not seen at the media server",
            )
        elif not each.frames and each.page not in SETTLED:
            yield Sentence(
                de=f"der Browser, der nur {name_of(each)} hat, wurde weder abgewiesen noch kam er ins Gespräch",
                en=f"the browser that has {name_of(each)} alone was neither refused nor got into the call",
            )


def name_of(tried: CodecTried) -> str:
    """A codec as people write it."""
    return {"opus": "Opus"}.get(tried.codec, tried.codec.upper())


def _covered(covered: Sequence[CodecTried], refused: Sequence[CodecTried]) -> Sentence:
    names = [words.listed(sorted({name_of(each) for each in covered}), last) for last in ("und", "and")]
    left = sorted({name_of(each) for each in refused})
    frames = sum(each.frames for each in covered)
    de = f"Mit {names[0]} kamen {frames} Frames nur verschlüsselt am Medienserver an"
    en = f"With {names[1]} {frames} frames reached the media server, all encrypted"
    if left:
        de += f"; mit {words.listed(left, 'und')} wurde nichts gesendet"
        en += f"; with {words.listed(left, 'and')} nothing was sent"
    return Sentence(de=f"{de}.", en=f"{en}.")


CHECK = Check(
    id="E06",
    name="every-codec-covered",
    passing=Sentence(
        de="Mit jedem Codec, den der Browser hat, kommen Bild und Ton verschlüsselt am Medienserver an oder gar nicht.",
        en="With every codec that the browser has, picture and sound reach the media server encrypted, or not at all.",
    ),
    vantage=VANTAGE,
    norms=(
        "RFC 9605, section 3",
        "DSGVO Art. 32(1)(a)",
        "DSK, Orientierungshilfe Videokonferenzsysteme, Stand 23.10.2020, 4.1",
    ),
    judge=judge,
)
