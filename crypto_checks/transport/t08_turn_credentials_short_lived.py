"""Credentials for the relay (TURN) are good for a day at most, and each person has others."""

import math
from collections.abc import Iterable, Sequence
from itertools import combinations

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.scope import tap_gaps
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import RelayCredential, RelayTry
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("relay",)
DAY = 86_400  # seconds
LONGEST = 1.0 * DAY  # seconds that a credential may be good for (our own threshold)


def judge(evidence: Evidence) -> Finding:
    """Reads the credentials that pages were given, and what the relay answered to fresh, old and forged ones."""
    given = list(evidence.of(RelayCredential))
    tries = list(evidence.of(RelayTry))
    records = [found.id for found in given] + [found.id for found in tries]
    credentials, tried = [found.seen for found in given], [found.seen for found in tries]
    lifetimes = [seen.expires_at - seen.given_at for seen in credentials if seen.expires_at is not None]
    wrong = [*_taken(tried), *_too_long(lifetimes), *_shared(credentials)]
    figures = {"credentials": len({seen.credential_id for seen in credentials}), "tries": len(tried)}
    if lifetimes:
        figures["longest_s"] = round(max(lifetimes))
    if wrong:
        german, english = "; ".join(each.de for each in wrong), "; ".join(each.en for each in wrong)
        sentence = Sentence(de=f"{german[:1].upper()}{german[1:]}.", en=f"{english[:1].upper()}{english[1:]}.")
        return decided(Outcome.FAIL, sentence, records, figures)
    gaps = [*tap_gaps(evidence, "", VANTAGE), *_gaps(credentials, tried)]
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _short(credentials, tried, lifetimes), records, figures)


def _taken(tried: Sequence[RelayTry]) -> Iterable[Sentence]:
    forged = sorted({seen.transport.upper() for seen in tried if seen.when == "forged" and seen.allocated})
    if forged:
        yield Sentence(
            de=f"der Vermittlungsserver (TURN) nahm über {words.listed(forged, 'und')} ein falsches Passwort an",
            en=f"the relay (TURN) took a wrong password by {words.listed(forged, 'and')}",
        )
    old = [seen for seen in tried if seen.when == "old" and seen.allocated]
    if old:
        hours = max(seen.age for seen in old) / 3600
        yield Sentence(
            de=f"der Vermittlungsserver (TURN) nahm Zugangsdaten an, die vor {hours:.0f} Stunden ausgegeben wurden",
            en=f"the relay (TURN) took credentials that had been given out {hours:.0f} hours before",
        )


def _too_long(lifetimes: Sequence[float]) -> Iterable[Sentence]:
    if lifetimes and max(lifetimes) > LONGEST:
        days = math.ceil(max(lifetimes) / DAY * 10) / 10  # upwards, so that what is too long never reads like one day
        digits = 1 if days < 10 else 0
        yield Sentence(
            de=f"Zugangsdaten zum Vermittlungsserver gelten {words.decimal_de(days, digits)} Tage lang (höchstens "
            "einer ist erlaubt)",
            en=f"credentials for the relay are good for {days:.{digits}f} days (one is allowed at most)",
        )


def _shared(credentials: Sequence[RelayCredential]) -> Iterable[Sentence]:
    stays: dict[str, set[tuple[str, int]]] = {}
    for seen in credentials:
        stays.setdefault(seen.credential_id, set()).add((seen.party, seen.turn))
    pairs = [pair for who in stays.values() for pair in combinations(sorted(who), 2)]
    if any(one[0] != other[0] for one, other in pairs):
        yield Sentence(
            de="verschiedene Personen bekamen dieselben Zugangsdaten zum Vermittlungsserver",
            en="different people were given the same credentials for the relay",
        )
    elif pairs:
        yield Sentence(
            de="eine Person bekam in zwei Gesprächen dieselben Zugangsdaten zum Vermittlungsserver",
            en="a person was given the same credentials for the relay in two calls",
        )


def _gaps(credentials: Sequence[RelayCredential], tried: Sequence[RelayTry]) -> Iterable[Sentence]:
    parties, turns = ({seen.party for seen in credentials}, {seen.turn for seen in credentials})
    stays = {(seen.party, seen.turn) for seen in credentials}
    if len(parties) < 2 or len(turns) < 2 or len(stays) < len(parties) * len(turns):
        yield Sentence(
            de="es lagen keine Zugangsdaten zweier Personen aus zwei Gesprächen zum Vergleich vor",
            en="there were no credentials of two people from two calls to compare",
        )
    # Without a fresh one that the relay takes, its refusals say nothing: it may refuse everything.
    ways = {seen.transport for seen in tried if seen.when == "fresh" and seen.allocated}
    if not ways:
        yield Sentence(
            de="der Vermittlungsserver nahm auch frische Zugangsdaten nicht an oder wurde nicht gefragt",
            en="the relay did not take fresh credentials either, or was not asked",
        )
    for way in sorted({seen.transport for seen in tried} - ways) if ways else ():
        yield Sentence(
            de=f"ob der Vermittlungsserver frische Zugangsdaten über {way.upper()} annimmt, ist nicht bekannt",
            en=f"it is not known whether the relay takes fresh credentials by {way.upper()}",
        )
    for when, what in (
        ("old", Sentence(de="alte Zugangsdaten wurden", en="old credentials were")),
        ("forged", Sentence(de="ein falsches Passwort wurde", en="a wrong password was")),
    ):
        missing = sorted(ways - {seen.transport for seen in tried if seen.when == when})
        if missing or not any(seen.when == when for seen in tried):
            names = [way.upper() for way in missing]
            over_de = f" über {words.listed(names, 'und')}" if names else ""
            over_en = f" by {words.listed(names, 'and')}" if names else ""
            yield Sentence(de=f"{what.de} nicht ausprobiert{over_de}", en=f"{what.en} not tried{over_en}")
    if any(seen.when == "old" and seen.age < LONGEST for seen in tried):
        yield Sentence(
            de="die alten Zugangsdaten waren jünger als ein Tag", en="the old credentials were younger than a day"
        )


def _short(credentials: Sequence[RelayCredential], tried: Sequence[RelayTry], lifetimes: Sequence[float]) -> Sentence:
    people = len({(seen.party, seen.turn) for seen in credentials})
    refused = sum(not seen.allocated for seen in tried)
    ends_de, ends_en = "ihre Dauer nennen sie nicht", "they do not tell how long they are good for"
    if lifetimes:
        minutes = round(max(lifetimes) / 60)
        ends_de, ends_en = f"sie gelten höchstens {minutes} Minuten", f"they are good for {minutes} minutes at most"
    return Sentence(
        de=f"Zugangsdaten zum Vermittlungsserver (TURN) waren in {people} Teilnahmen jedes Mal andere, {ends_de}; "
        f"frische nahm er an, alte und falsche wies er in {refused} von {refused} Versuchen ab.",
        en=f"Credentials for the relay (TURN) were others in each of {people} stays in a call, {ends_en}; it took "
        f"fresh ones, and refused old and forged ones in {refused} of {refused} tries.",
    )


CHECK = Check(
    id="T08",
    name="turn-credentials-short-lived",
    passing=Sentence(
        de="Zugangsdaten zum Vermittlungsserver (TURN) gelten höchstens einen Tag und sind für jede Person andere.",
        en="Credentials for the relay (TURN) are good for a day at most, and each person has others.",
    ),
    vantage=VANTAGE,
    norms=("RFC 8656, section 21.1.1", "draft-uberti-behave-turn-rest-00", "DSGVO Art. 32"),
    judge=judge,
)
