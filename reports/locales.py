"""Every text of the reports, in German and English. Both must have the same keys and the same placeholders."""

from reports.locales_de import GERMAN
from reports.locales_en import ENGLISH
from reports.locales_matrix import MATRIX_ENGLISH, MATRIX_GERMAN

TEXTS: dict[str, dict[str, str]] = {"de": GERMAN | MATRIX_GERMAN, "en": ENGLISH | MATRIX_ENGLISH}
