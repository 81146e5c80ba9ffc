"""Before people agree to anything, pages keep in the browser only what is necessary."""

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.privacy.declared import declared, silent_gaps, watched, watching_gaps
from crypto_checks.scope import tap_gaps
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import StorageSeen
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("pages",)
_SILENT = Sentence(de="der Speicher vor der Einwilligung wurde nicht gelesen", en="storage before consent was not read")


def judge(evidence: Evidence) -> Finding:
    """Compares the names stored before consent with those declared as necessary."""
    necessary, told = declared(evidence, "storage")
    pages, watchers = watched(evidence, "storage")
    looks = [found for found in evidence.of(StorageSeen) if not found.seen.consent]
    records = [*told, *watchers, *(found.id for found in looks)]
    stored = {(found.seen.page, name) for found in looks for name in _names(found.seen)}
    beyond = sorted((page, name) for page, name in stored if name not in necessary)
    figures = {"pages": len(pages), "stored": len({name for _, name in stored}), "beyond": len(beyond)}
    gaps = tap_gaps(evidence, "", VANTAGE)
    if not told:
        gaps.append(Sentence(de="was notwendig ist, ist nicht erklärt", en="it is not declared what is necessary"))
    elif beyond:
        return decided(Outcome.FAIL, _stored(beyond), records, figures)
    looked = {found.seen.page for found in looks}
    gaps += watching_gaps(pages, looked) + silent_gaps(pages, looked, _SILENT)
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _only_necessary(len(pages), int(figures["stored"])), records, figures)


def _names(seen: StorageSeen) -> tuple[str, ...]:
    return seen.cookies + seen.local + seen.session + seen.databases


def _stored(beyond: list[tuple[str, str]]) -> Sentence:
    names = sorted({name for _, name in beyond})
    pages = sorted({page for page, _ in beyond})
    shown_de, shown_en = [f"„{name}“" for name in names], [f"“{name}”" for name in names]
    pages_de = words.listed([f"„{words.page_de(page)}“" for page in pages], "und")
    pages_en = words.listed([f"“{page}”" for page in pages], "and")
    return Sentence(
        de=f"Vor jeder Einwilligung {'wurde' if len(names) == 1 else 'wurden'} im Browser gespeichert, was nicht "
        f"notwendig ist: {words.listed(shown_de, 'und')} ({'Seite' if len(pages) == 1 else 'Seiten'} {pages_de}).",
        en=f"Before any consent the browser was made to keep what is not necessary: {words.listed(shown_en, 'and')} "
        f"({'page' if len(pages) == 1 else 'pages'} {pages_en}).",
    )


def _only_necessary(pages: int, stored: int) -> Sentence:
    return Sentence(
        de=f"Auf {words.count(pages, 'Seite', 'Seiten')} wurde vor der Einwilligung nur Notwendiges im Browser "
        f"gespeichert ({words.count(stored, 'Eintrag', 'Einträge')}).",
        en=f"On {words.count(pages, 'page', 'pages')} only what is necessary was kept in the browser before consent "
        f"({words.count(stored, 'entry', 'entries')}).",
    )


CHECK = Check(
    id="P04",
    name="storage-before-consent",
    passing=Sentence(
        de="Bevor die Menschen in etwas einwilligen, speichern die Seiten im Browser nur, was notwendig ist.",
        en="Before people agree to anything, pages keep in the browser only what is necessary.",
    ),
    vantage=VANTAGE,
    norms=("TDDDG § 25", "DSGVO Art. 25(2)"),
    judge=judge,
)
