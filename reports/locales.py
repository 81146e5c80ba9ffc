"""Every text of the reports, in German and English. Both must have the same keys and the same placeholders."""

from reports.locales_de import GERMAN
from reports.locales_en import ENGLISH

TEXTS: dict[str, dict[str, str]] = {"de": GERMAN, "en": ENGLISH}
