"""A secret in an invitation link stays in its fragment and reaches no server, not even after mail rewriting."""

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.keys.searched import no_key_in_a_plain_run, search_gaps
from crypto_checks.scope import regular_calls
from crypto_checks.searches import found_at, hits_by_place, results_at
from harness.model.check import Check
from harness.model.evidence import Evidence, Found
from harness.model.observations import LinkSeen
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

PLACES = ("url", "mail-rewritten")
VANTAGE = ("link", "http", "mail", "keys")


def judge(evidence: Evidence) -> Finding:
    """Asks for key bytes in request lines and referrers, and in links as a mail gateway passes them on (%23 for #).

    A key in a mail whose links have no fragment is no link's secret: that is K07's.
    """
    calls, gaps = regular_calls(evidence, VANTAGE)
    results = results_at(evidence, PLACES)
    links = list(evidence.of(LinkSeen))
    secret_in_link = any(link.seen.fragment for link in links)
    hits = [(name, hit) for name, hit in found_at(results) if name == "url" or secret_in_link]
    records = [call.id for call in calls] + [link.id for link in links] + [result.id for result in results]
    figures = {"links": len(links), "hits": len(hits)}
    if hits:
        return decided(Outcome.FAIL, _travelled(hits_by_place(hits), _names(links)), records, figures)
    if plain := no_key_in_a_plain_run(evidence):
        return plain
    for call in calls:
        name = call.seen.call
        if not any(link.seen.call in ("", name) for link in links):
            gaps.append(
                Sentence(
                    de=f"der Einladungslink fehlt, Gespräch {name}", en=f"the invitation link is missing, call {name}"
                )
            )
        gaps += search_gaps(evidence, name, PLACES)
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _local(len(links), secret_in_link), records, figures)


def _names(links: list[Found[LinkSeen]]) -> list[str]:
    return list(dict.fromkeys(name for link in links for name in link.seen.query))


def _travelled(where: Sentence, query: list[str]) -> Sentence:
    carried_de = f"; der Link trug in seiner Adresse: {words.listed(query, 'und')}" if query else ""
    carried_en = f"; the link's query carried {words.listed(query, 'and')}" if query else ""
    return Sentence(
        de=f"Ein Geheimnis in einer Adresse ging an den Server: gefunden {where.de}{carried_de}.",
        en=f"A secret in an address travelled to the server: found {where.en}{carried_en}.",
    )


def _local(links: int, fragment: bool) -> Sentence:
    what_de = "was ihr Fragment trug, blieb im Browser" if fragment else "keiner trug ein Geheimnis"
    what_en = "what their fragments carried stayed in the browser" if fragment else "none of them carried a secret"
    return Sentence(
        de=f"{words.count(links, 'Einladungslink', 'Einladungslinks')}: {what_de}, auch nach dem Umschreiben von # "
        "zu %23.",
        en=f"{words.count(links, 'invitation link', 'invitation links')}: {what_en}, even with # rewritten to %23.",
    )


CHECK = Check(
    id="K08",
    name="link-secret-stays-local",
    passing=Sentence(
        de="Ein Geheimnis im Einladungslink bleibt in dessen Fragment und erreicht keinen Server, auch nicht, wenn ein "
        "Mailsystem den Link umschreibt.",
        en="A secret in an invitation link stays in its fragment and reaches no server, not even after mail rewriting.",
    ),
    vantage=VANTAGE,
    norms=("DSGVO Art. 25", "DSGVO Art. 32", "RFC 3986, section 3.5"),
    judge=judge,
    stands=True,
)
