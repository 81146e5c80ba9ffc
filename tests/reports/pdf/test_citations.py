"""Norms are cited the way officials of each language write them, and every official one has its sentence."""

import pytest

from crypto_checks.catalogue import CATALOGUE
from reports.locales import TEXTS
from reports.pdf.citations import OFFICIAL, parse_norm

DSK = "DSK, Orientierungshilfe Videokonferenzsysteme, Stand 23.10.2020"


@pytest.mark.parametrize(
    ("norm", "group", "german", "english"),
    [
        ("DSGVO Art. 32(1)(a)", "gdpr", "Art. 32 Abs. 1 lit. a DSGVO", "GDPR Art. 32(1)(a)"),
        ("DSGVO Art. 32 Abs. 1 lit. a", "gdpr", "Art. 32 Abs. 1 lit. a DSGVO", "GDPR Art. 32(1)(a)"),
        ("DSGVO Art. 25(2)", "gdpr", "Art. 25 Abs. 2 DSGVO", "GDPR Art. 25(2)"),
        ("DSGVO Art. 17", "gdpr", "Art. 17 DSGVO", "GDPR Art. 17"),
        (
            f"{DSK}, 3.4.8", "dsk", "DSK, Orientierungshilfe Videokonferenzsysteme (23.10.2020), Kap. 3.4.8",
            "DSK, Orientierungshilfe Videokonferenzsysteme (23.10.2020), ch. 3.4.8",
        ),
        ("BSI TR-02102-2", "bsi", "BSI TR-02102-2", "BSI TR-02102-2"),
        ("EN 301 549, clause 6.5", "access", "EN 301 549, Abschn. 6.5", "EN 301 549, sec. 6.5"),
        ("WCAG 2.1, levels A and AA", "access", "WCAG 2.1, Stufen A und AA", "WCAG 2.1, levels A and AA"),
        ("RFC 9605, section 4.4.1", "technical", "RFC 9605, Abschn. 4.4.1", "RFC 9605, sec. 4.4.1"),
        ("DSGVO Artikel siebzehn", "technical", "DSGVO Artikel siebzehn", "DSGVO Artikel siebzehn"),
    ],
)  # fmt: skip
def test_norm_is_cited(norm: str, group: str, german: str, english: str) -> None:
    parsed = parse_norm(norm)
    assert parsed.group == group
    assert parsed.cited("de").replace("\u00a0", " ") == german
    assert parsed.cited("en").replace("\u00a0", " ") == english


def test_every_official_norm_of_the_catalogue_says_what_is_looked_for() -> None:
    norms = {parse_norm(norm) for check in CATALOGUE for norm in check.norms}
    official = {f"norm.{norm.key}" for norm in norms if norm.group in OFFICIAL}
    assert sorted(official - TEXTS["de"].keys()) == []
    assert len(official) >= 20


def test_no_law_passes_for_a_technical_standard() -> None:
    norms = [parse_norm(norm) for check in CATALOGUE for norm in check.norms]
    assert [
        n.document for n in norms if n.group == "technical" and n.document.startswith(("DSGVO", "DSK", "BSI"))
    ] == []
