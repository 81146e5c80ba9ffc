"""Nobody reaches what is another's: not across municipalities, not across roles, not without signing in."""

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.scope import tap_gaps
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import Crossing
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("crossings",)
_ACTOR = {
    "clerk": Sentence(de="eine Amtsperson", en="a clerk"),
    "citizen": Sentence(de="eine Bürgerin oder ein Bürger", en="a citizen"),
    "nobody": Sentence(de="jemand ohne Anmeldung", en="somebody who has not signed in"),
}


def judge(evidence: Evidence) -> Finding:
    """Asks of every crossing whether it was refused, and whether the rightful person's same request succeeded."""
    tried = list(evidence.of(Crossing))
    records = [found.id for found in tried]
    through = [found.seen for found in tried if not found.seen.refused]
    figures = {"tried": len(tried), "not_refused": len(through)}
    if through:
        return decided(Outcome.FAIL, _through(through), records, figures)
    gaps = tap_gaps(evidence, "", VANTAGE)
    gaps += [
        Sentence(
            de=f"{_actor(kind).de} hat nichts Fremdes versucht", en=f"{_actor(kind).en} did not try what is another's"
        )
        for kind in _ACTOR
        if not any(_kind(found.seen.actor) == kind for found in tried)
    ]
    gaps += [
        Sentence(
            de=f"die Gegenprobe der berechtigten Person scheiterte: „{found.seen.tried_de or found.seen.tried}“",
            en=f"the control failed for the rightful person too: “{found.seen.tried}”",
        )
        for found in tried
        if not found.seen.control
    ]
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _refused(len(tried)), records, figures)


def _kind(actor: str) -> str:
    return actor.split(" ")[0]


def _actor(actor: str) -> Sentence:
    """An actor as the subject of a sentence: "a clerk of kernen"."""
    kind, _, rest = actor.partition(" of ")
    known = _ACTOR.get(kind, Sentence(de=f"„{kind}“", en=f"“{kind}”"))
    if not rest:
        return known
    place = rest.capitalize()
    return Sentence(de=f"{known.de} aus {place}", en=f"{known.en} of {place}")


def _through(through: list[Crossing]) -> Sentence:
    first, more = through[0], len(through) - 1
    more_de = f"; so auch {words.count(more, 'weiterer Versuch', 'weitere Versuche')}" if more else ""
    more_en = f"; so it was with {words.count(more, 'more try', 'more tries')}" if more else ""
    who = _actor(first.actor)
    return Sentence(
        de=f"{who.de[:1].upper()}{who.de[1:]} wurde nicht abgewiesen bei „{first.tried_de or first.tried}“ (Status "
        f"{first.status}){more_de}.",
        en=f"{who.en[:1].upper()}{who.en[1:]} was not refused at “{first.tried}” (status {first.status}){more_en}.",
    )


def _refused(tried: int) -> Sentence:
    return Sentence(
        de=f"Alle {tried} Versuche, auf Fremdes zuzugreifen, wurden abgewiesen: über Gemeinden und Rollen hinweg und "
        "ohne Anmeldung; der berechtigten Person gelang jeder.",
        en=f"All {tried} tries to reach what is another's were refused, across municipalities and roles and without "
        "signing in; the rightful person's succeeded each time.",
    )


CHECK = Check(
    id="P07",
    name="tenants-and-roles-isolated",
    passing=Sentence(
        de="Niemand erreicht, was anderen gehört: nicht über Gemeinden, nicht über Rollen hinweg und nicht ohne "
        "Anmeldung.",
        en="Nobody reaches what is another's: not across municipalities, not across roles, not without signing in.",
    ),
    vantage=VANTAGE,
    norms=("DSGVO Art. 5(1)(f)", "DSGVO Art. 32"),
    judge=judge,
)
