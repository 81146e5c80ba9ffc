"""Nobody holds a key of the call but the people whom its pages show: no recorder, no transcription, no dial-in."""

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.keys.recorded import keys_of
from crypto_checks.keys.searched import no_key_in_a_plain_run, search_gaps
from crypto_checks.scope import focused_calls
from crypto_checks.searches import found_at, results_at
from harness.model.check import Check
from harness.model.evidence import Evidence, Found
from harness.model.observations import CallFact, Displayed, KeySeen
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

RECORDER = "recorder"
VANTAGE = ("keys", "participants", "recorder")


def judge(evidence: Evidence) -> Finding:
    """Compares those who hold keys in use with those whom the pages show, and asks for keys beside recordings."""
    calls, gaps = focused_calls(evidence, "extras", VANTAGE)
    results = results_at(evidence, [RECORDER])
    hits = found_at(results)
    records = [call.id for call in calls] + [result.id for result in results]
    extra: list[Sentence] = []
    holding: set[str] = set()
    for call in calls:
        looks = list(evidence.of(Displayed, call=call.seen.call))
        keys = keys_of(evidence, call.seen.call)
        records += [found.id for found in looks] + [found.id for found in keys]
        holders, displayed = _holders(keys), _displayed(looks)
        holding |= holders
        extra += [_undisplayed(party, call.seen.call) for party in sorted(holders - displayed) if looks]
        gaps += _gaps(evidence, call.seen, looks, holders)
    keys_found = len({hit.key_id for _, hit in hits})
    figures = {"holders": len(holding), "keys_at_recorder": keys_found, "undisplayed": len(extra)}
    if hits:
        return decided(Outcome.FAIL, _recorded(keys_found), records, figures)
    if extra:
        return decided(Outcome.FAIL, extra[0], records, figures)
    if plain := no_key_in_a_plain_run(evidence):
        return plain
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _only_displayed(sorted(holding)), records, figures)


def _holders(keys: list[Found[KeySeen]]) -> set[str]:
    """Who has keys that opened captured frames; where none is known to have opened any, who has keys."""
    used = {found.seen.party for found in keys if found.seen.opens}
    return used or {found.seen.party for found in keys}


def _displayed(looks: list[Found[Displayed]]) -> set[str]:
    """Whom a page showed at some moment; whether the pages agree is K09's."""
    return {party for look in looks for party in look.seen.people}


def _gaps(evidence: Evidence, call: CallFact, looks: list[Found[Displayed]], holders: set[str]) -> list[Sentence]:
    name = call.call
    pages = {(look.seen.moment, look.seen.party) for look in looks}
    shown = {(look.seen.moment, party) for look in looks for party in look.seen.people}
    unseen = {party for party in call.parties if party not in {page for _, page in pages}}
    unseen |= {party for _, party in shown - pages}
    gaps = [
        Sentence(
            de=f"die Anzeige der Teilnehmenden auf der Seite {words.party_de(party)} fehlt, Gespräch {name}",
            en=f"whom the page of {words.party_en(party)} displays is missing, call {name}",
        )
        for party in sorted(unseen)
    ]
    gaps += [
        Sentence(
            de=f"kein benutzter Schlüssel {words.party_de(party)} wurde aufgezeichnet, Gespräch {name}",
            en=f"no key in use of {words.party_en(party)} was recorded, call {name}",
        )
        for party in call.parties
        if party not in holders
    ]
    return gaps + search_gaps(evidence, name, (RECORDER,))


def _undisplayed(party: str, call: str) -> Sentence:
    return Sentence(
        de=f"Ein Schlüssel des Gesprächs {call} liegt bei {words.party_de(party)}, die auf keiner Seite als "
        "anwesend erscheint.",
        en=f"A key of call {call} is held by {words.party_en(party)}, whom no page displays as present.",
    )


def _recorded(keys: int) -> Sentence:
    return Sentence(
        de=f"Neben den Aufnahmen des Servers {'lag' if keys == 1 else 'lagen'} "
        f"{keys} Schlüssel des Gesprächs: Wer die Aufnahme hat, kann sie öffnen.",
        en=f"{words.count(keys, 'key', 'keys')} of the call lay beside the server's recordings: whoever has the "
        "recording can open it.",
    )


def _only_displayed(holders: list[str]) -> Sentence:
    who_de = words.listed([words.party_de(party) for party in holders], "und")
    who_en = words.listed([words.party_en(party) for party in holders], "and")
    return Sentence(
        de=f"Schlüssel des Gesprächs lagen nur bei denen, die die Seiten als anwesend anzeigen: bei {who_de}; neben "
        "den Aufnahmen des Servers fand sich keiner.",
        en=f"Only those whom the pages display as present held keys of the call: {who_en}; none was found beside "
        "the server's recordings.",
    )


CHECK = Check(
    id="E09",
    name="no-extra-key-holder",
    passing=Sentence(
        de="Niemand hält einen Schlüssel des Gesprächs außer den Menschen, die seine Seiten anzeigen: keine "
        "Aufzeichnung, keine Mitschrift, keine Telefoneinwahl.",
        en="Nobody holds a key of the call but the people whom its pages show: no recorder, no transcription, no "
        "dial-in.",
    ),
    vantage=VANTAGE,
    norms=("DSK, Orientierungshilfe Videokonferenzsysteme, Stand 23.10.2020, 3.4.8", "DSGVO Art. 32(1)(a)"),
    judge=judge,
)
