"""Every session description binds its media to a certificate by SHA-256 or stronger and carries no key itself."""

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.scope import regular_calls
from harness.model.check import Check
from harness.model.errors import WireError
from harness.model.evidence import Evidence
from harness.model.observations import SessionDescription
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding
from harness.wire.sdp import Sdp, parse_sdp

VANTAGE = ("sdp",)
STRONG = ("sha-256", "sha-384", "sha-512")  # RFC 8122, section 5, and RFC 8827, section 6.5


def judge(evidence: Evidence) -> Finding:
    """Reads the local and the remote descriptions of every party in every regular call."""
    calls, gaps = regular_calls(evidence, VANTAGE)
    records = [call.id for call in calls]
    faults: list[Sentence] = []
    described = sections = 0
    for call in calls:
        for party in call.seen.parties:
            sides: set[str] = set()
            for found in evidence.of(SessionDescription, call=call.seen.call, party=party):
                records.append(found.id)
                try:
                    sdp = parse_sdp(found.seen.sdp)
                except WireError:
                    gaps.append(_unreadable(found.seen))
                    continue
                described += 1
                active = sum(1 for media in sdp.media if not media.rejected)
                sections += active
                if active:
                    sides.add(found.seen.side)
                faults += _faults(sdp, found.seen)
            gaps += [_missing(side, call.seen.call, party) for side in ("local", "remote") if side not in sides]
    figures = {"descriptions": described, "media_sections": sections, "faults": len(faults)}
    if faults:
        more = len(faults) - 1
        more_de = f" (und {words.count(more, 'weiterer Verstoß', 'weitere Verstöße')})" if more else ""
        more_en = f" (and {words.count(more, 'more fault', 'more faults')})" if more else ""
        sentence = Sentence(de=f"{faults[0].de}{more_de}.", en=f"{faults[0].en}{more_en}.")
        return decided(Outcome.FAIL, sentence, records, figures)
    if gaps:
        return inconclusive(gaps)
    sentence = Sentence(
        de=f"{described} Sitzungsbeschreibungen mit {sections} Medienabschnitten: Jeder trägt einen Fingerabdruck "
        "mit SHA-256 "
        f"oder stärker und keiner einen Schlüssel.",
        en=f"{described} session descriptions with {sections} media sections: each has a fingerprint of SHA-256 or "
        "stronger "
        f"and none carries a key.",
    )
    return decided(Outcome.PASS, sentence, records, figures)


def _faults(sdp: Sdp, seen: SessionDescription) -> list[Sentence]:
    side_de, side_en = _side(seen.side, seen.party)
    call_de, call_en = f"im Gespräch {seen.call}", f"in call {seen.call}"
    faults: list[Sentence] = []
    if sdp.crypto or any(media.crypto for media in sdp.media):
        faults.append(
            Sentence(
                de=f"{side_de} {call_de} trägt einen SRTP-Schlüssel im Klartext (a=crypto)",
                en=f"{side_en} {call_en} carries an SRTP key in the clear (a=crypto)",
            )
        )
    for media in sdp.media:
        names = [fingerprint.algorithm for fingerprint in media.fingerprints]
        if media.rejected or any(name in STRONG for name in names):
            continue
        only_de = f"nur einen Fingerabdruck mit {words.listed(names, 'und')}" if names else "keinen Fingerabdruck"
        only_en = f"only a fingerprint of {words.listed(names, 'and')}" if names else "no fingerprint"
        faults.append(
            Sentence(
                de=f"{side_de} {call_de} trägt {only_de} für {media.media}",
                en=f"{side_en} {call_en} has {only_en} for {media.media}",
            )
        )
    return faults


def _side(side: str, party: str) -> tuple[str, str]:
    side_de = "eigene" if side == "local" else "empfangene"
    own = "own" if side == "local" else "received"
    return (
        f"Die {side_de} Sitzungsbeschreibung {words.party_de(party)}",
        f"The {own} session description of {words.party_en(party)}",
    )


def _missing(side: str, call: str, party: str) -> Sentence:
    side_de, own = ("eigene", "own") if side == "local" else ("empfangene", "received")
    return Sentence(
        de=f"eine {side_de} Sitzungsbeschreibung {words.party_de(party)} fehlt, Gespräch {call}",
        en=f"no {own} session description of {words.party_en(party)} with media, call {call}",
    )


def _unreadable(seen: SessionDescription) -> Sentence:
    return Sentence(
        de=f"eine Sitzungsbeschreibung {words.party_de(seen.party)} ist unlesbar, Gespräch {seen.call}",
        en=f"a session description of {words.party_en(seen.party)} cannot be read, call {seen.call}",
    )


CHECK = Check(
    id="T01",
    name="sdp-has-fingerprint-no-sdes",
    passing=Sentence(
        de="Jede Sitzungsbeschreibung bindet ihre Medien mit SHA-256 oder stärker an ein Zertifikat und trägt "
        "selbst keinen "
        "Schlüssel.",
        en="Every session description binds its media to a certificate by SHA-256 or stronger and carries no key "
        "itself.",
    ),
    vantage=VANTAGE,
    norms=("RFC 8827, section 6.5", "RFC 8122, section 5", "RFC 5763, section 5"),
    judge=judge,
    stands=True,
)
