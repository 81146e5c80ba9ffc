"""Pages, and the connections of the calls they hold, contact only hosts of the data-processing contract."""

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.privacy.declared import declared, silent_gaps, watched, watching_gaps
from crypto_checks.scope import tap_gaps
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import HostContacted
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("pages",)
RELAYS = ("stun", "turn")
_VIA = {"http": "HTTP", "websocket": "WebSocket", "stun": "STUN", "turn": "TURN"}
_SILENT = Sentence(de="es war keine einzige Webanfrage zu sehen", en="not a single web request was seen")


def judge(evidence: Evidence) -> Finding:
    """Compares every host contacted, STUN and TURN included, with the declared ones."""
    allowed, told = declared(evidence, "hosts")
    pages, watchers = watched(evidence, "hosts")
    contacts = list(evidence.of(HostContacted))
    records = [*told, *watchers, *(found.id for found in contacts)]
    allowed_names = {host.lower() for host in allowed}
    foreign = [found.seen for found in contacts if found.seen.host.lower() not in allowed_names]
    hosts = {found.seen.host.lower() for found in contacts}
    relays = {found.seen.host.lower() for found in contacts if found.seen.via in RELAYS}
    figures = {"hosts": len(hosts), "relays": len(relays), "foreign": len({seen.host.lower() for seen in foreign})}
    gaps = tap_gaps(evidence, "", VANTAGE)
    if not allowed:
        gaps.append(Sentence(de="die erlaubten Server sind nicht erklärt", en="the allowed hosts are not declared"))
    elif foreign:
        return decided(Outcome.FAIL, _foreign(foreign), records, figures)
    gaps += watching_gaps(pages, {found.seen.page for found in contacts})
    gaps += silent_gaps(pages, {found.seen.page for found in contacts if found.seen.via == "http"}, _SILENT)
    if not relays:
        gaps.append(Sentence(de="es war kein STUN- oder TURN-Server zu sehen", en="no STUN or TURN host was seen"))
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _only_allowed(len(pages), len(hosts), len(relays)), records, figures)


def _foreign(foreign: list[HostContacted]) -> Sentence:
    contacts = list(dict.fromkeys((seen.host, _VIA[seen.via], seen.page) for seen in foreign))
    shown_de = [f"„{host}“ über {via} (Seite „{words.page_de(page)}“)" for host, via, page in contacts]
    shown_en = [f"“{host}” by {via} (page “{page}”)" for host, via, page in contacts]
    one = len({host for host, _, _ in contacts}) == 1
    return Sentence(
        de=f"{'Ein Server wurde' if one else 'Server wurden'} angesprochen, "
        f"{'der' if one else 'die'} nicht zur vereinbarten Auftragsverarbeitung {'gehört' if one else 'gehören'}: "
        f"{words.listed(shown_de, 'und')}.",
        en=f"{'A host was' if one else 'Hosts were'} contacted outside the data-processing contract: "
        f"{words.listed(shown_en, 'and')}.",
    )


def _only_allowed(pages: int, hosts: int, relays: int) -> Sentence:
    return Sentence(
        de=f"Von {words.count(pages, 'Seite', 'Seiten')} aus {'wurde' if hosts == 1 else 'wurden'} nur "
        f"{words.count(hosts, 'Server', 'Server')} der vereinbarten Auftragsverarbeitung angesprochen, davon "
        f"{relays} über STUN oder TURN.",
        en=f"From {words.count(pages, 'page', 'pages')} only {words.count(hosts, 'host', 'hosts')} of the "
        f"data-processing contract {'was' if hosts == 1 else 'were'} contacted, {relays} of them by STUN or TURN.",
    )


CHECK = Check(
    id="P05",
    name="hosts-contacted",
    passing=Sentence(
        de="Die Seiten und die Verbindungen ihrer Gespräche sprechen nur Server an, die zum Vertrag über die "
        "Auftragsverarbeitung gehören.",
        en="Pages, and the connections of the calls they hold, contact only hosts of the data-processing contract.",
    ),
    vantage=VANTAGE,
    norms=("DSGVO Art. 28", "DSK, Orientierungshilfe Videokonferenzsysteme, Stand 23.10.2020, 3.5.6"),
    judge=judge,
)
