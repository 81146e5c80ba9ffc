"""The citizen's name and address stand in no room name, no log, no metric and no address of a web request."""

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.privacy.searched import place_gaps
from crypto_checks.scope import tap_gaps
from crypto_checks.searches import found_at, places_of, results_at
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

PLACES = ("room", "log", "metrics", "url")
VANTAGE = ("room", "log", "metrics", "http")
_NAME = Sentence(de="einem Namen", en="name")


def judge(evidence: Evidence) -> Finding:
    """Asks for hits in any call, and for a search with a control mark at every place."""
    results = results_at(evidence, PLACES, "names")
    hits = found_at(results)
    records = [found.id for found in results]
    figures = {"searches": len(results), "searched_mb": _megabytes([found.seen.searched_bytes for found in results])}
    if hits:
        found = len({hit.key_id for _, hit in hits})
        return decided(Outcome.FAIL, _told(found, places_of(hits)), records, figures)
    gaps = tap_gaps(evidence, "", VANTAGE)
    gaps += [gap for place in PLACES for gap in place_gaps(results, place, _NAME)]
    if gaps:
        return inconclusive(gaps)
    names = len({key for found in results for key in found.seen.keys})
    return decided(Outcome.PASS, _nowhere(names, figures["searched_mb"]), records, figures)


def _megabytes(sizes: list[int]) -> float:
    return round(sum(sizes) / 1e6, 3)


def _told(found: int, where: Sentence) -> Sentence:
    return Sentence(
        de=f"{words.count(found, 'Angabe', 'Angaben')} zur Person (Name oder Anschrift) "
        f"{'stand' if found == 1 else 'standen'} dort, wo der Dienst sie nicht braucht: {where.de}.",
        en=f"{words.count(found, 'personal detail', 'personal details')} (name or address) "
        f"{'was' if found == 1 else 'were'} where the service does not need {'it' if found == 1 else 'them'}: "
        f"{where.en}.",
    )


def _nowhere(names: int, megabytes: float) -> Sentence:
    return Sentence(
        de=f"Keine von {words.count(names, 'Angabe', 'Angaben')} zur Person fand sich in Räumen des Medienservers, "
        f"Protokollen, Betriebskennzahlen und Webadressen ({words.decimal_de(megabytes, 1)} MB).",
        en=f"None of {words.count(names, 'personal detail', 'personal details')} was found in the media server's "
        f"rooms, logs, metrics and web addresses ({megabytes:.1f} MB).",
    )


CHECK = Check(
    id="P01",
    name="no-names-in-rooms-logs-metrics",
    passing=Sentence(
        de="Name und Anschrift der Bürgerin oder des Bürgers stehen in keinem Raumnamen, keinem Protokoll, keiner "
        "Betriebskennzahl und keiner Adresse einer Webanfrage.",
        en="The citizen's name and address stand in no room name, no log, no metric and no address of a web request.",
    ),
    vantage=VANTAGE,
    norms=("DSGVO Art. 5(1)(c)", "DSGVO Art. 25"),
    judge=judge,
    stands=True,
)
