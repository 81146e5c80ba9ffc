"""The network shows only STUN, TURN, DTLS, SRTP and SRTCP; no packet with picture or sound can be read."""

from collections.abc import Iterable, Sequence

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.scope import regular_calls
from harness.model.check import Check
from harness.model.evidence import Evidence, Found
from harness.model.observations import WireTraffic
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("wire",)
MATCHED = 0.9  # of what the media server recorded must have been seen on the wire (our own threshold)
SAFE = ("stun", "dtls", "turn-channel", "rtp", "rtcp", "tls")


def judge(evidence: Evidence) -> Finding:
    """Reads the packets of every regular call at the sockets of media server and relay."""
    calls, gaps = regular_calls(evidence, VANTAGE)
    records = [call.id for call in calls]
    seen: list[WireTraffic] = []
    for call in calls:
        found = list(evidence.of(WireTraffic, call=call.seen.call))
        records += [each.id for each in found]
        seen += [each.seen for each in found]
        gaps += _gaps(call.seen.call, found)
    figures = {
        "packets": sum(each.packets for each in seen),
        "compared": sum(each.compared for each in seen),
        "readable": sum(each.readable + each.plain_rtcp for each in seen),
        "unknown": sum(_foreign(each) for each in seen),
    }
    wrong = [fault for each in seen for fault in _faults(each)]
    if wrong:
        more = len(wrong) - 1
        more_de = f" (und {words.count(more, 'weiterer Verstoß', 'weitere Verstöße')})" if more else ""
        more_en = f" (and {words.count(more, 'more fault', 'more faults')})" if more else ""
        sentence = Sentence(de=f"{wrong[0].de}{more_de}.", en=f"{wrong[0].en}{more_en}.")
        return decided(Outcome.FAIL, sentence, records, figures)
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _sealed(seen), records, figures)


def _foreign(seen: WireTraffic) -> int:
    return sum(count for kind, count in seen.kinds.items() if kind not in SAFE)


def _faults(seen: WireTraffic) -> Iterable[Sentence]:
    if seen.readable:
        to_de, to_en = (
            words.listed(list(seen.readable_to) or ["?"], "und"),
            words.listed(list(seen.readable_to) or ["?"], "and"),
        )
        yield Sentence(
            de=f"{seen.readable} von {seen.compared} RTP-Paketen waren nicht durch SRTP geschützt: Sie trugen, was der "
            f"Medienserver hielt, lesbar an {to_de} (Gespräch {seen.call})",
            en=f"{seen.readable} of {seen.compared} RTP packets were not protected by SRTP: they carried readably what "
            f"the media server held, to {to_en} (call {seen.call})",
        )
    if seen.plain_rtcp:
        yield Sentence(
            de=f"{seen.plain_rtcp} RTCP-Pakete waren nicht durch SRTCP geschützt (Gespräch {seen.call})",
            en=f"{seen.plain_rtcp} RTCP packets were not protected by SRTCP (call {seen.call})",
        )
    foreign = _foreign(seen)
    if foreign:
        yield Sentence(
            de=f"{foreign} von {seen.packets} Paketen sind weder STUN, TURN, DTLS noch SRTP (Gespräch {seen.call})",
            en=f"{foreign} of {seen.packets} packets are neither STUN, TURN, DTLS nor SRTP (call {seen.call})",
        )


def _gaps(call: str, found: Sequence[Found[WireTraffic]]) -> Iterable[Sentence]:
    if not found:
        yield Sentence(
            de=f"es fehlen die Pakete im Netzwerk, Gespräch {call}",
            en=f"the packets on the network are missing, call {call}",
        )
    for each in found:
        seen = each.seen
        if not seen.held or seen.matched < MATCHED * seen.held:
            yield Sentence(
                de=f"von {seen.held} Paketen, die der Medienserver aufnahm, waren nur {seen.matched} im Netzwerk zu "
                f"sehen, Gespräch {call}",
                en=f"of {seen.held} packets that the media server recorded only {seen.matched} were seen on the "
                f"network, call {call}",
            )
        if seen.compared < seen.matched:
            yield Sentence(
                de=f"der Inhalt der RTP-Pakete wurde nicht verglichen, Gespräch {call}",
                en=f"the content of the RTP packets was not compared, call {call}",
            )


def _sealed(seen: Sequence[WireTraffic]) -> Sentence:
    packets, compared = sum(each.packets for each in seen), sum(each.compared for each in seen)
    held, matched = sum(each.held for each in seen), sum(each.matched for each in seen)
    calls_de, calls_en = words.count(len(seen), "Gespräch", "Gesprächen"), words.count(len(seen), "call", "calls")
    return Sentence(
        de=f"{packets} Pakete aus {calls_de}: jedes war STUN, TURN, DTLS oder (S)RTP, und keines von {compared} mit "
        f"Bild oder Ton trug lesbar, was der Medienserver hielt ({matched} seiner {held} aufgenommenen Pakete kamen "
        "vorbei).",
        en=f"{packets} packets of {calls_en}: each was STUN, TURN, DTLS or (S)RTP, and none of {compared} with picture "
        f"or sound carried readably what the media server held ({matched} of its {held} recorded packets came by).",
    )


CHECK = Check(
    id="E10",
    name="wire-is-srtp",
    passing=Sentence(
        de="Im Netzwerk sind nur STUN, TURN, DTLS, SRTP und SRTCP zu sehen; kein Paket mit Bild oder Ton ist lesbar.",
        en="The network shows only STUN, TURN, DTLS, SRTP and SRTCP; no packet with picture or sound can be read.",
    ),
    vantage=VANTAGE,
    norms=("RFC 8827, section 6.5", "RFC 7983", "RFC 3711"),
    judge=judge,
)
