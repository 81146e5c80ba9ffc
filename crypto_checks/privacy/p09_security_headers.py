"""Every page protects itself by its headers and cookies from foreign scripts, framing and telling tales."""

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.privacy.headers import faults
from crypto_checks.scope import tap_gaps
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import HeadersSeen, PageWatched
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("pages",)


def judge(evidence: Evidence) -> Finding:
    """Reads the headers of every page; the invitation's, whose address is a secret, must be among them."""
    seen = list(evidence.of(HeadersSeen))
    records = [found.id for found in seen]
    wrong = [(found.seen.page, fault) for found in seen for fault in faults(found.seen)]
    figures = {"pages": len({found.seen.page for found in seen}), "faults": len(wrong)}
    if wrong:
        return decided(Outcome.FAIL, _lacking(wrong), records, figures)
    gaps = tap_gaps(evidence, "", VANTAGE)
    if not any(found.seen.page.startswith("invitation") for found in seen):
        gaps.append(
            Sentence(de="die Antwort der Einladungsseite fehlt", en="the response of the invitation page is missing")
        )
    answered = {found.seen.page for found in seen}
    gaps += [
        Sentence(
            de=f"die Kopfzeilen der Seite „{words.page_de(page)}“ fehlen",
            en=f"the headers of page “{page}” are missing",
        )
        for page in sorted({found.seen.page for found in evidence.of(PageWatched)} - answered)
    ]
    if gaps:
        return inconclusive(gaps)
    plain = sum(not found.seen.https for found in seen)
    return decided(Outcome.PASS, _protected(int(figures["pages"]), plain, len(seen)), records, figures)


def _lacking(wrong: list[tuple[str, Sentence]]) -> Sentence:
    page = wrong[0][0]
    mine = [fault for where, fault in wrong if where == page][:3]
    more = len(wrong) - len(mine)
    more_de = f"; dazu {words.count(more, 'weiterer Mangel', 'weitere Mängel')}" if more else ""
    more_en = f"; and {words.count(more, 'more fault', 'more faults')}" if more else ""
    faults_de = words.listed([fault.de for fault in mine], "und")
    faults_en = words.listed([fault.en for fault in mine], "and")
    return Sentence(
        de=f"Die Seite „{words.page_de(page)}“ hat {faults_de}{more_de}.",
        en=f"The page “{page}” has {faults_en}{more_en}.",
    )


def _protected(pages: int, plain: int, seen: int) -> Sentence:
    how_de, how_en = "", ""
    if plain:
        some_de, some_en = ("", "") if plain == seen else (f"{plain} davon ", f"{plain} of them ")
        there_de = "" if plain == seen else " dort"
        how_de = f" ({some_de}ohne TLS aufgerufen, daher{there_de} weder HSTS noch Secure verlangt)"
        how_en = f" ({some_en}reached without TLS, so not asked for HSTS and Secure)"
    return Sentence(
        de=f"{words.count(pages, 'Seite schützt', 'Seiten schützen')} sich mit Content-Security-Policy, "
        f"Referrer-Policy, Permissions-Policy und gesicherten Cookies{how_de}.",
        en=f"{words.count(pages, 'page protects itself', 'pages protect themselves')} by Content-Security-Policy, "
        f"Referrer-Policy, Permissions-Policy and guarded cookies{how_en}.",
    )


CHECK = Check(
    id="P09",
    name="security-headers",
    passing=Sentence(
        de="Jede Seite schützt sich mit ihren Kopfzeilen und Cookies vor fremden Skripten, vor dem Einbetten und "
        "davor, ihre Adresse weiterzugeben.",
        en="Every page protects itself by its headers and cookies from foreign scripts, framing and telling tales.",
    ),
    vantage=VANTAGE,
    norms=("DSGVO Art. 32", "W3C Content Security Policy Level 3", "RFC 6797", "RFC 6265"),
    judge=judge,
)
