"""What the target declares of itself, and which pages were watched for it."""

from crypto_checks import words
from harness.model.evidence import Evidence
from harness.model.observations import Declared, PageWatched
from harness.model.sentence import Sentence


def retention_days(evidence: Evidence) -> tuple[int | None, list[str]]:
    """The declared retention time (the shortest, where there are several), and the records that say so."""
    told = [found for found in evidence.of(Declared) if found.seen.retention_days is not None]
    days = [found.seen.retention_days for found in told if found.seen.retention_days is not None]
    return (min(days) if days else None), [found.id for found in told]


def declared(evidence: Evidence, what: str) -> tuple[frozenset[str], list[str]]:
    """The declared ``hosts`` or ``storage``, and the records that say so: no record, nothing declared."""
    found = list(evidence.of(Declared))
    names = {name for each in found for name in (each.seen.hosts if what == "hosts" else each.seen.storage)}
    return frozenset(names), [each.id for each in found]


def watched(evidence: Evidence, watcher: str) -> tuple[frozenset[str], list[str]]:
    """The pages on which a watcher was active, and the records that say so."""
    found = [each for each in evidence.of(PageWatched) if each.seen.watcher == watcher]
    return frozenset(each.seen.page for each in found), [each.id for each in found]


def watching_gaps(pages: frozenset[str], seen: set[str]) -> list[Sentence]:
    """What keeps silence from proving anything: no page was watched, or one of which something was seen was not."""
    if not pages:
        return [Sentence(de="keine Seite wurde beobachtet", en="no page was watched")]
    return [
        Sentence(
            de=f"die Seite „{words.page_de(page)}“ wurde nicht beobachtet", en=f"the page “{page}” was not watched"
        )
        for page in sorted(seen - pages)
    ]


def silent_gaps(pages: frozenset[str], heard: set[str], what: Sentence) -> list[Sentence]:
    """The watched pages of which nothing was seen although something must have been: ``what`` says so."""
    return [
        Sentence(de=f"{what.de}: Seite „{words.page_de(page)}“", en=f"{what.en}: page “{page}”")
        for page in sorted(pages - heard)
    ]
