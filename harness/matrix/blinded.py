"""Evidence as it would be if less could be observed, to learn which flaws are still caught then.

Judges are pure functions of evidence, so nothing has to be played again: records of what could not have been seen are
taken away, and a vantage point that is gone says so. Three blindfolds:

- ``browser``: only what pages show, do and send; nothing of any server, nothing from beside the browser.
- ``outside``: everything that can be done without access to the servers: browsers, and requests that no page makes.
- ``no-keys``: every place, but nothing is recorded of the keys that pages use.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from harness.model.evidence import Evidence
from harness.model.matrix import Blindfold
from harness.model.observations import (
    FingerprintTried,
    Observation,
    PictureSeen,
    Recognition,
    Record,
    SearchResult,
    TapStatus,
)

Origin = Literal["run", "browser", "outside", "server"]
_KEPT: Mapping[Blindfold, frozenset[Origin]] = {
    "browser": frozenset({"run", "browser"}),
    "outside": frozenset({"run", "browser", "outside"}),
    "no-keys": frozenset({"run", "browser", "outside", "server"}),
}
# Who must be able to look where, to see it? Kinds of observations; what is not here counts as seen at a server, and a
# test asks for every kind. ``outside`` is what the bench does itself on the way between a page and its servers.
ORIGINS: Mapping[Origin, frozenset[str]] = {
    "run": frozenset({"call", "scenario", "story-cut", "declared"}),
    "browser": frozenset({
        "sender-frames", "transform-set", "receiver-frames", "frames-attacked", "codecs-offered", "key", "safety-code",
        "lock", "reveal", "sdp", "transport", "sender-stats", "call-certificates", "relay-credential", "relay-path",
        "media-path", "link", "link-try", "headers", "storage", "host", "device-asked", "page-watched", "canary-text",
        "track-change", "member-change", "displayed", "axe", "keyboard", "glass-motion", "lip-sync", "text-channel",
        "pictures-drawn", "pictures-shown", "sound-marks", "stats-series", "moment", "planted", "scored", "call-cost",
        "camera-film", "pictures-kept", "sound-kept", "pair-compared",
    }),
    "outside": frozenset({
        "crossing", "invitation", "downgrade-tried", "agreement-tried", "relay-try", "tls-offered", "link-set",
        "link-count",
    }),
    "server": frozenset({
        "server-frames", "opened-frames", "outsider-opened", "codec-tried", "media-receivers", "retention",
        "certificate-compared",
        "wire-traffic",  # it is captured at the servers' sockets, and compared with what the media server recorded
    }),
}  # fmt: skip
TAPS: Mapping[Origin, frozenset[str]] = {
    "browser": frozenset({
        "encoded-frames", "keys", "http", "websocket", "link", "sdp", "transport", "certificates", "paths", "lock",
        "pages", "axe", "keyboard", "glass", "text", "stats", "scores", "cost", "album",
    }),
    "outside": frozenset({"crossings", "invitations", "codes", "relay", "tls"}),
    "server": frozenset({
        "sfu", "participants", "recorder", "room", "metrics", "mail", "log", "database", "memory", "retention", "wire",
        "codecs", "fingerprints",
    }),
}  # fmt: skip
# These say themselves where they were seen.
BY_CONTENT = frozenset({"search", "recognition", "picture", "tap", "fingerprint-tried"})
_IN_BROWSER = {"http", "url", "websocket"}  # searched places that the browser's own traffic shows
_OF_KEYS = {"key", "opened-frames", "outsider-opened"}
_HIDDEN = "not to be observed"


def blinded(evidence: Evidence, blindfold: Blindfold) -> Evidence:
    """What is left of the evidence under a blindfold; the records that stay keep their ids."""
    return Evidence(list(_left(evidence.records, blindfold)), evidence.blobs)


def origin_of(seen: Observation) -> Origin:
    """Where an observation comes from."""
    if isinstance(seen, SearchResult):
        return "browser" if seen.place in _IN_BROWSER else "server"
    if isinstance(seen, Recognition):
        return "browser" if seen.place in ("glass", "upload") else "server"
    if isinstance(seen, PictureSeen):
        return "server" if seen.place == "server" else "browser"
    if isinstance(seen, FingerprintTried):  # whether a server refuses, only the server knows
        return "outside" if seen.way == "to-page" else "server"
    if isinstance(seen, TapStatus):
        return _in(TAPS, seen.vantage)
    return _in(ORIGINS, _kind(seen))


def _in(places: Mapping[Origin, frozenset[str]], name: str) -> Origin:
    return next((origin for origin, names in places.items() if name in names), "server")


def _kind(seen: Observation) -> str:
    return str(getattr(seen, "kind", ""))


def _left(records: Iterable[Record], blindfold: Blindfold) -> Iterable[Record]:
    for record in records:
        if not _hidden(record.seen, blindfold):
            yield record
        elif isinstance(record.seen, TapStatus):
            gone = record.seen.model_copy(update={"state": "absent", "reason": _HIDDEN})
            yield record.model_copy(update={"seen": gone})


def _hidden(seen: Observation, blindfold: Blindfold) -> bool:
    return origin_of(seen) not in _KEPT[blindfold] or (blindfold == "no-keys" and _of_keys(seen))


def _of_keys(seen: Observation) -> bool:
    """Keys themselves, and whatever could only be known or looked for with them."""
    if isinstance(seen, SearchResult):
        return seen.subject == "keys"
    if isinstance(seen, Recognition):
        return seen.place == "sfu-with-keys"
    return _kind(seen) in _OF_KEYS or (isinstance(seen, TapStatus) and seen.vantage == "keys")
