"""The certificates of a page's connections, by its own descriptions and statistics and by the media server's word."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Error, Page

from harness.model.observations import CertificateCompared
from harness.vantage.receivers import Snapshot, fingerprints

Direction = Literal["sends", "receives"]
DIRECTIONS: tuple[Direction, ...] = ("sends", "receives")


@dataclass(frozen=True, slots=True)
class PageConnection:
    """A connection as the page knows it; ``open``: it stands now. The rest is what it has come to in its time."""

    number: int
    directions: tuple[Direction, ...]
    reached: bool
    stood: bool
    open: bool
    own: tuple[str, ...]
    told: tuple[str, ...]
    shown: str
    packets: int


def connections_of(page: Page) -> list[PageConnection]:
    """All connections that the page has made since it was opened; none of a page that says nothing."""
    try:
        return parse_connections(page.evaluate("pruefstandBench.certificates()"))
    except Error:
        return []


def parse_connections(text: object) -> list[PageConnection]:
    """What a page told, which may be hostile: what is of another form was not said."""
    try:
        return [
            PageConnection(
                number=int(each["number"]),
                directions=tuple(way for way in DIRECTIONS if each[way] is True),
                reached=each["reached"] is True,
                stood=each["stood"] is True,
                open=each["open"] is True,
                own=tuple(sorted(fingerprints([str(each["own"])]))),
                told=tuple(sorted(fingerprints([str(each["told"])]))),
                shown=str(each["wire"]).upper()[:95],
                packets=int(each["packets"]),
            )
            for each in json.loads(str(text))
        ]
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        return []


def compared(party: str, connections: Iterable[PageConnection], snapshot: Snapshot | None) -> list[CertificateCompared]:
    """Every connection that stands, one record a direction; without a ``snapshot`` the media server does not tell."""
    handles = snapshot.handles if snapshot else ()
    servers = tuple(sorted({handle.certificate for handle in handles} - {""}))
    met = {handle.fingerprint for handle in handles if handle.connected}
    return [
        CertificateCompared(
            party=party, direction=direction, told=one.told, shown=one.shown, own=next(iter(one.own), ""),
            servers=servers, met=bool(met & set(one.own)) if snapshot else None, packets=one.packets,
        )
        for one in connections
        if one.open
        for direction in one.directions
    ]  # fmt: skip


def newly_taken(snapshot: Snapshot, known: Iterable[str]) -> dict[Direction, set[str]]:
    """The certificates of connections that stand at the media server and are not known, by direction of the page."""
    standing = [one for one in snapshot.handles if one.connected and one.fingerprint not in set(known)]
    return {
        "sends": {one.fingerprint for one in standing if one.kind == "publisher"},
        "receives": {one.fingerprint for one in standing if one.kind == "subscriber"},
    }


def own_prints(connections: Sequence[PageConnection]) -> set[str]:
    """The certificates that a page has described as its own."""
    return {print_ for one in connections for print_ in one.own}
