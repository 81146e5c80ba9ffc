"""Every text of the reports, in German and English. Both must have the same keys and the same placeholders."""

from reports.locales_ci import CI_ENGLISH, CI_GERMAN
from reports.locales_de import GERMAN
from reports.locales_en import ENGLISH
from reports.locales_matrix import MATRIX_ENGLISH, MATRIX_GERMAN
from reports.locales_pdf_de import PDF_GERMAN
from reports.locales_pdf_en import PDF_ENGLISH
from reports.locales_quality import QUALITY_ENGLISH, QUALITY_GERMAN
from reports.locales_sights import SIGHTS_ENGLISH, SIGHTS_GERMAN
from reports.locales_terms import TERMS_ENGLISH, TERMS_GERMAN
from reports.locales_zoom import ZOOM_ENGLISH, ZOOM_GERMAN

_GERMAN = (
    GERMAN, MATRIX_GERMAN, QUALITY_GERMAN, SIGHTS_GERMAN, PDF_GERMAN, TERMS_GERMAN, ZOOM_GERMAN, CI_GERMAN,
)  # fmt: skip
_ENGLISH = (
    ENGLISH, MATRIX_ENGLISH, QUALITY_ENGLISH, SIGHTS_ENGLISH, PDF_ENGLISH, TERMS_ENGLISH, ZOOM_ENGLISH, CI_ENGLISH,
)  # fmt: skip

TEXTS: dict[str, dict[str, str]] = {
    lang: {key: text for part in parts for key, text in part.items()}
    for lang, parts in (("de", _GERMAN), ("en", _ENGLISH))
}
