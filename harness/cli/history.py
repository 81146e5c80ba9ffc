"""``pruefstand history``: runs are kept in one file, and drawn over time."""

from collections.abc import Sequence
from pathlib import Path

from reports.compare.release import verdict_files
from reports.history.database import opened
from reports.history.page import write_history
from reports.inputs import Lang
from reports.verdicts_json import read_verdicts


def keep_and_draw(
    runs: Sequence[Path],
    db: Path,
    page: Path,
    lang: Lang,
    *,
    release: str = "",
    target: str = "",
    last: int | None = None,
) -> list[str]:
    """Adds the judged runs below these folders, writes the page, and returns what the terminal says.

    Raises ``RunStoreError``.
    """
    with opened(db) as history:
        for file in verdict_files(runs):
            history.keep(read_verdicts(file), release)
        return [write_history(history, page, lang, target, last), str(page)]
