"""Whoever receives media is displayed on every page, and whoever is displayed receives it."""

from collections.abc import Iterable

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.scope import focused_calls
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import Displayed, MediaReceivers
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("participants",)
UNKNOWN = "unknown"


def judge(evidence: Evidence) -> Finding:
    """Compares, moment by moment, the subscriptions at the media server with the people on each page."""
    calls, gaps = focused_calls(evidence, "extras", VANTAGE)
    records = [call.id for call in calls]
    wrong: list[Sentence] = []
    moments = receiving = 0
    for call in calls:
        name = call.seen.call
        looks = list(evidence.of(Displayed, call=name))
        served = list(evidence.of(MediaReceivers, call=name))
        records += [found.id for found in looks] + [found.id for found in served]
        numbers = sorted({found.seen.moment for found in looks} | {found.seen.moment for found in served})
        moments += len(numbers)
        receiving += sum(len(found.seen.receivers) for found in served)
        if not numbers:
            gaps.append(
                Sentence(
                    de=f"niemand hat nachgesehen, wer anwesend ist, Gespräch {name}",
                    en=f"nobody looked who was present, call {name}",
                )
            )
        for number in numbers:
            pages = [found.seen for found in looks if found.seen.moment == number]
            senders = [found.seen for found in served if found.seen.moment == number]
            wrong += _wrong(pages, senders)
            gaps += _missing(name, number, pages, senders)
    figures = {"moments": moments, "subscriptions": receiving, "faults": len(wrong)}
    if wrong:
        more = len(wrong) - 1
        more_de = f" (und {words.count(more, 'weiterer Verstoß', 'weitere Verstöße')})" if more else ""
        more_en = f" (and {words.count(more, 'more fault', 'more faults')})" if more else ""
        sentence = Sentence(de=f"{wrong[0].de}{more_de}.", en=f"{wrong[0].en}{more_en}.")
        return decided(Outcome.FAIL, sentence, records, figures)
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _nobody_hidden(moments, receiving), records, figures)


def _wrong(pages: list[Displayed], senders: list[MediaReceivers]) -> Iterable[Sentence]:
    everywhere = set.intersection(*(set(page.people) for page in pages)) if pages else set()
    for seen in senders:
        whose_de, whose_en = f"Bild und Ton {words.party_de(seen.party)}", f"The media of {words.party_en(seen.party)}"
        at_de, at_en = _at(seen.call, seen.moment)
        if UNKNOWN in seen.receivers:
            yield Sentence(
                de=f"{whose_de} empfing am Medienserver auch jemand, den keine Seite anzeigt{at_de}",
                en=f"{whose_en} went from the media server also to somebody whom no page displays{at_en}",
            )
        for party in sorted(set(seen.receivers) - everywhere - {UNKNOWN}) if pages else ():
            yield Sentence(
                de=f"{whose_de} gingen vom Medienserver auch zu {words.party_de(party)}, die nicht auf allen Seiten "
                f"als anwesend erscheint{at_de}",
                en=f"{whose_en} went from the media server also to {words.party_en(party)}, whom not every page "
                f"displays as present{at_en}",
            )
        if seen.forwarders:
            copies_de = words.count(seen.forwarders, "weiteren Stelle", "weiteren Stellen")
            yield Sentence(
                de=f"{whose_de} leitete der Medienserver zu {copies_de} weiter{at_de}",
                en=f"{whose_en} was forwarded by the media server to "
                f"{words.count(seen.forwarders, 'more place', 'more places')}{at_en}",
            )
        for party in sorted(everywhere - {seen.party} - set(seen.receivers)):
            yield Sentence(
                de=f"{whose_de} kamen nicht zu {words.party_de(party)}, obwohl alle Seiten sie als anwesend "
                f"anzeigen{at_de}",
                en=f"{whose_en} did not go to {words.party_en(party)}, although every page displays them as "
                f"present{at_en}",
            )
    if len({frozenset(page.people) for page in pages}) > 1:
        at_de, at_en = _at(pages[0].call, pages[0].moment)
        yield Sentence(
            de=f"Die Seiten zeigen nicht dieselben Menschen als anwesend an{at_de}",
            en=f"The pages do not display the same people as present{at_en}",
        )


def _missing(call: str, number: int, pages: list[Displayed], senders: list[MediaReceivers]) -> Iterable[Sentence]:
    present = {party for page in pages for party in page.people} | {page.party for page in pages}
    present |= {seen.party for seen in senders}
    at_de, at_en = f"Gespräch {call}, Zeitpunkt {number}", f"call {call}, moment {number}"
    for party in sorted(present - {page.party for page in pages}):
        yield Sentence(
            de=f"die Anzeige der Teilnehmenden auf der Seite {words.party_de(party)} fehlt, {at_de}",
            en=f"whom the page of {words.party_en(party)} displays is missing, {at_en}",
        )
    for party in sorted(present - {seen.party for seen in senders}):
        yield Sentence(
            de=f"wer am Medienserver Bild und Ton {words.party_de(party)} empfängt, ist nicht bekannt, {at_de}",
            en=f"who receives the media of {words.party_en(party)} at the media server is not known, {at_en}",
        )


def _at(call: str, moment: int) -> tuple[str, str]:
    return f" (Gespräch {call}, Zeitpunkt {moment})", f" (call {call}, moment {moment})"


def _nobody_hidden(moments: int, receiving: int) -> Sentence:
    return Sentence(
        de=f"Zu {words.count(moments, 'Zeitpunkt', 'Zeitpunkten')} empfingen am Medienserver genau die Menschen Bild "
        f"und Ton, die alle Seiten als anwesend anzeigen ({words.count(receiving, 'Empfangsweg', 'Empfangswege')}).",
        en=f"At {words.count(moments, 'moment', 'moments')} exactly the people whom every page displays as present "
        f"received media from the media server ({words.count(receiving, 'subscription', 'subscriptions')}).",
    )


CHECK = Check(
    id="K09",
    name="no-hidden-participant",
    passing=Sentence(
        de="Wer Bild und Ton empfängt, wird auf jeder Seite angezeigt, und wer angezeigt wird, empfängt sie.",
        en="Whoever receives media is displayed on every page, and whoever is displayed receives it.",
    ),
    vantage=VANTAGE,
    norms=("DSK, Orientierungshilfe Videokonferenzsysteme, Stand 23.10.2020, 4.1",),
    judge=judge,
)
