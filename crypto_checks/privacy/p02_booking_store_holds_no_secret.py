"""The booking database holds no secret in the clear, no text of a call and no key."""

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.privacy.searched import place_gaps
from crypto_checks.scope import tap_gaps
from crypto_checks.searches import not_searched, results_at
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

PLACE = "database"
VANTAGE = ("database",)
# How many were found, and what the gap of a search that was not made is about.
_FOUND = {
    "secrets": (
        Sentence(de="Geheimnis (Einladung, Passwort oder Sitzung)", en="secret (invitation, password or session)"),
        Sentence(de="Geheimnisse (Einladung, Passwort oder Sitzung)", en="secrets (invitation, password or session)"),
    ),
    "texts": (Sentence(de="Text eines Gesprächs", en="text of a call"),
              Sentence(de="Texte eines Gesprächs", en="texts of a call")),
    "keys": (Sentence(de="Schlüssel eines Gesprächs", en="key of a call"),
             Sentence(de="Schlüssel eines Gesprächs", en="keys of a call")),
}  # fmt: skip
_SOUGHT = {
    "secrets": Sentence(de="Geheimnissen", en="secret"),
    "texts": Sentence(de="Texten", en="text"),
    "keys": Sentence(de="Schlüsseln", en="key"),
}


def judge(evidence: Evidence) -> Finding:
    """Asks for hits in the database for each of the three subjects, and for a search with a control mark for each."""
    gaps = tap_gaps(evidence, "", VANTAGE)
    records: list[str] = []
    found: dict[str, int] = {}
    sought = 0
    megabytes = 0.0
    for subject, what in _SOUGHT.items():
        results = results_at(evidence, [PLACE], subject)
        records += [result.id for result in results]
        found[subject] = len({hit.key_id for result in results for hit in result.seen.hits})
        sought += len({key for result in results for key in result.seen.keys})
        megabytes = max(megabytes, sum(result.seen.searched_bytes for result in results) / 1e6)
        if not results:
            gaps.append(
                Sentence(
                    de=f"in der Datenbank wurde nicht nach {what.de} gesucht",
                    en=f"nobody searched the database for a {what.en}",
                )
            )
        else:
            gaps += place_gaps(results, PLACE, what)
            searched = {result.seen.call for result in results}
            gaps += [not_searched(PLACE, name) for name in _calls(evidence, subject) if not searched & {"", name}]
    figures = {"sought": sought, "found": sum(found.values()), "searched_mb": round(megabytes, 3)}
    if any(found.values()):
        return decided(Outcome.FAIL, _held({name: count for name, count in found.items() if count}), records, figures)
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _clean(sought), records, figures)


def _calls(evidence: Evidence, subject: str) -> list[str]:
    """The calls whose keys or texts a search must have asked for."""
    calls = {"keys": evidence.calls(regular=True), "texts": evidence.focused("extras")}.get(subject, [])
    return [call.seen.call for call in calls]


def _held(found: dict[str, int]) -> Sentence:
    parts_de = [words.count(count, _FOUND[name][0].de, _FOUND[name][1].de) for name, count in found.items()]
    parts_en = [words.count(count, _FOUND[name][0].en, _FOUND[name][1].en) for name, count in found.items()]
    one = sum(found.values()) == 1
    return Sentence(
        de=f"In der Datenbank {'stand' if one else 'standen'} im Klartext: {words.listed(parts_de, 'und')}.",
        en=f"In the database {'was' if one else 'were'} in the clear: {words.listed(parts_en, 'and')}.",
    )


def _clean(sought: int) -> Sentence:
    return Sentence(
        de=f"Keines von {sought} Geheimnissen, Texten und Schlüsseln fand sich in der Datenbank.",
        en=f"None of {sought} secrets, texts and keys was found in the database.",
    )


CHECK = Check(
    id="P02",
    name="booking-store-holds-no-secret-or-media",
    passing=Sentence(
        de="Die Datenbank der Termine enthält kein Geheimnis im Klartext, keinen Text aus einem Gespräch und keinen "
        "Schlüssel.",
        en="The booking database holds no secret in the clear, no text of a call and no key.",
    ),
    vantage=VANTAGE,
    norms=("DSGVO Art. 5(1)(f)", "DSGVO Art. 32"),
    judge=judge,
    stands=True,
)
