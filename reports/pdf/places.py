"""The places where a run looked, put where they are on the way of the data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harness.model.observations import TapStatus
from harness.model.outcome import Outcome
from reports.headline import looked_at
from reports.inputs import ReportInput
from reports.text import Words

# The order in which people meet them; a place that is not listed comes under "other".
GROUPS: dict[str, tuple[str, ...]] = {
    "browser": (
        *("encoded-frames", "keys", "glass", "lock", "codes", "sdp", "transport", "stats", "link", "pages"),
        *("axe", "keyboard", "text"),
    ),
    "network": ("wire", "paths", "certificates", "fingerprints", "tls"),
    "media": ("sfu", "participants", "recorder", "room", "codecs"),
    "web": (
        "http",
        "websocket",
        "database",
        "log",
        "memory",
        "metrics",
        "mail",
        "retention",
        "invitations",
        "crossings",
    ),
    "relay": ("relay",),
    "other": (),
}


@dataclass(frozen=True)
class Group:
    """Places of one part of the way: looked at, not delivering everywhere, not looked at; as text."""

    name: str
    looked: tuple[str, ...]
    partly: tuple[str, ...]
    blind: tuple[str, ...]


def groups_of(given: ReportInput, words: Words) -> list[Group]:
    """Every vantage point that the catalogue names or the run has a word about; "other" only where it is needed."""
    looked, lacking = _looked(given), _lacking(given)
    named = {place for check in given.checks for place in check.vantage} | looked | lacking
    listed = {place for places in GROUPS.values() for place in places}
    groups = []
    for name, places in GROUPS.items():
        here: Sequence[str] = places if name != "other" else sorted(named - listed)
        here = [place for place in here if place in named]
        if here or name != "other":
            groups.append(_group(name, here, looked, lacking, words))
    return groups


def _group(name: str, here: Iterable[str], looked: set[str], lacking: set[str], words: Words) -> Group:
    def called(places: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(words.of("vantage", place) for place in places))

    here = list(here)
    return Group(
        name=name,
        looked=called(place for place in here if place in looked - lacking),
        partly=called(place for place in here if place in looked & lacking),
        blind=called(place for place in here if place not in looked),
    )


def _looked(given: ReportInput) -> set[str]:
    """Places that say so, and those that a good verdict needs: it would not be one, had they not delivered."""
    good = {verdict.check for verdict in given.verdicts if verdict.outcome in (Outcome.PASS, Outcome.WEAK)}
    needed = {place for check in given.checks if check.id in good for place in check.vantage}
    return looked_at(given.evidence) | needed


def _lacking(given: ReportInput) -> set[str]:
    return {found.seen.vantage for found in given.evidence.of(TapStatus) if found.seen.state != "ok"}
