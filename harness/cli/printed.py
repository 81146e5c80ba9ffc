"""report.pdf is what a run's evidence gives, or it is made anew.

What a PDF shows lies packed in glyph numbers of its own fonts, broken into lines: a search for passwords or mail
addresses in the file finds none of them, and one in the unpacked letters only what no line end cuts. But the same
evidence gives the same bytes. So before a run is sealed the report is typeset once more, from the records out of which
everything was taken that must not travel and from the verdicts, which are searched themselves; a file that differs is
replaced.
"""

import re
from pathlib import Path
from typing import cast

from crypto_checks.catalogue import CATALOGUE
from harness.model.errors import SealError
from harness.store import read_run
from reports.inputs import Lang, ReportInput
from reports.pdf.render import render_pdf
from reports.verdicts_json import read_verdicts
from reports.write import replace_file

PRINTED = "report.pdf"
_HEAD = 400  # characters of the page within which it says its language


def print_anew(folder: Path) -> bool:
    """Whether report.pdf was something else than the evidence and the verdicts give, and was replaced.

    Without judging: the verdicts are those that the run has. A run that has no report.pdf gets none. Raises
    ``RunStoreError`` where run or verdicts cannot be read, ``SealError`` for a report that the bench does not make.
    """
    file = folder / PRINTED
    if not file.is_file() or file.is_symlink():  # a link is refused by the seal, which names it
        return False
    info, evidence = read_run(folder)
    if "quality" in info:
        raise SealError(f"{PRINTED} is none of this run's reports, and nobody can say what is in it: remove it.")
    read = read_verdicts(folder / "verdicts.json")
    judged = {verdict.check for verdict in read.verdicts}
    given = ReportInput(
        run=info,
        verdicts=read.verdicts,
        checks=[check for check in CATALOGUE if check.id in judged],
        evidence=evidence,
        lang=_lang(folder / "report.html", str(info.get("lang", "de"))),
        exit_code=read.exit_code,
    )
    made = render_pdf(given)
    try:
        if file.read_bytes() == made:
            return False
        replace_file(file, made)
    except OSError as error:
        raise SealError(f"{folder} cannot be written ({error.strerror}): seal a copy of it.") from error
    return True


def _lang(page: Path, otherwise: str) -> Lang:
    """The language in which the reports were written last: ``report --lang`` may have chosen another than the run."""
    try:
        with page.open(encoding="utf-8", errors="replace") as file:
            found = re.search(r'<html lang="(de|en)"', file.read(_HEAD))
    except OSError:
        found = None
    return cast(Lang, found[1] if found else "en" if otherwise == "en" else "de")
