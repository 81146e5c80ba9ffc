"""The flaws of what is beside picture, sound and keys: each changes one kind of thing that a clean run saw."""

from collections.abc import Callable
from typing import Any

from harness.model.observations import (
    AxeFound,
    AxeViolation,
    Crossing,
    DeviceAsked,
    GlassMotion,
    HeadersSeen,
    Hit,
    HostContacted,
    InvitationSeen,
    LinkTry,
    LipSync,
    MediaReceivers,
    Observation,
    Recognition,
    RetentionSeen,
    SearchResult,
    StorageSeen,
    TextChannel,
)
from tests.flaws.beside import EXTRAS, HEADERS, key_id
from tests.flaws.plan import RunPlan, Way

Change = Callable[[RunPlan], None]


def alter(kind: type[Observation], update: dict[str, Any], **where: Any) -> Change:
    """The change that gives records of a kind that match ``where`` other values."""

    def change(run: RunPlan) -> None:
        changed = 0
        for index, seen in enumerate(run.beside):
            if isinstance(seen, kind) and all(getattr(seen, name) == value for name, value in where.items()):
                run.beside[index] = seen.model_copy(update=update)
                changed += 1
        assert changed, f"the clean run has no {kind.__name__} with {where}"

    return change


def plain_screen(run: RunPlan) -> None:
    """The screen share is given no transform."""
    for stream in run.streams():
        if stream.media == "screen":
            stream.ways = [Way.BARE] * len(stream.ways)


def clear_after_unmute(run: RunPlan) -> None:
    """Unmuting replaces the track by one without a transform (frame 30 is the first after it)."""
    for stream in run.streams():
        if (stream.call, stream.party, stream.media) == (EXTRAS, "citizen", "audio"):
            stream.ways[30:] = [Way.BARE] * 30


def recorder_has_key(run: RunPlan) -> None:
    """The server's recorder is given a key and keeps it beside what it records."""
    for call in run.calls:
        if call.focus == "extras":
            call.hits["recorder"] = [Hit(key_id=key_id(call.streams[0].key), encoding="hex", where="citizen.key")]


def foreign_font(run: RunPlan) -> None:
    """A page loads its font from somebody else."""
    run.beside.append(HostContacted(page="invitation", host="fonts.example.net", via="http"))


def foreign_stun(run: RunPlan) -> None:
    """The call asks somebody else's STUN server."""
    run.beside.append(HostContacted(page="call", host="stun.example.net", via="stun"))


def camera_at_load(run: RunPlan) -> None:
    """The page switches the camera on when it is opened."""
    run.beside.append(DeviceAsked(page="invitation", devices=("camera", "microphone"), consented=False))


def hits(subject: str, where: dict[str, str], *names: str) -> Change:
    """The change by which searches for a subject find these names: encodings by place."""

    def change(run: RunPlan) -> None:
        for place, encoding in where.items():
            found = tuple(Hit(key_id=key_id(name), encoding=encoding, where="item 1") for name in names)
            alter(SearchResult, {"hits": found}, subject=subject, place=place)(run)

    return change


_BARRIER = {"impact": "serious", "nodes": 1, "target": "#bildschirm"}
_WITHOUT_CSP = {name: value for name, value in HEADERS.items() if name != "content-security-policy"}

BESIDE: dict[str, tuple[Change, tuple[str, ...]]] = {
    "plain-screen": (plain_screen, ("E05",)),
    "clear-after-unmute": (clear_after_unmute, ("E05",)),
    "plain-form": (hits("texts", {"http": "raw", "memory": "raw"}, "form"), ("E08",)),
    "plain-document": (hits("texts", {"http": "raw"}, "file"), ("E08",)),
    "thumbnail-upload": (alter(Recognition, {"looked": 3, "decoded": 3, "found": 3}, party="citizen"), ("E08",)),
    "recorder-has-key": (recorder_has_key, ("E09", "K07")),
    "ghost-subscriber": (
        alter(MediaReceivers, {"receivers": ("clerk", "unknown")}, party="citizen", moment=1),
        ("K09",),
    ),
    "name-in-room": (hits("names", {"room": "raw", "log": "raw"}, "Gerda Probst"), ("P01",)),
    "plain-token": (hits("secrets", {"database": "raw"}, "token"), ("P02",)),
    "kept-forever": (alter(RetentionSeen, {"after": 4}), ("P03",)),
    "analytics-cookie": (alter(StorageSeen, {"cookies": ("session", "_track")}, page="invitation"), ("P04",)),
    "foreign-font": (foreign_font, ("P05",)),
    "foreign-stun": (foreign_stun, ("P05",)),
    "short-token": (alter(InvitationSeen, {"length": 6, "alphabet": 10, "bits": 19.93}), ("P06",)),
    "link-forever": (alter(LinkTry, {"state": "ready", "joinable": True}, when="late"), ("P06",)),
    "cross-tenant": (alter(Crossing, {"status": 200, "refused": False}, actor="clerk of kernen"), ("P07",)),
    "camera-at-load": (camera_at_load, ("P08",)),
    "no-csp": (alter(HeadersSeen, {"headers": _WITHOUT_CSP | {"x-frame-options": "DENY"}}), ("P09",)),
    "unlabelled-button": (
        alter(AxeFound, {"violations": (AxeViolation.model_validate(_BARRIER | {"rule": "button-name"}),)}),
        ("A01",),
    ),
    "low-contrast": (
        alter(AxeFound, {"violations": (AxeViolation.model_validate(_BARRIER | {"rule": "color-contrast"}),)}),
        ("A01",),
    ),
    "slow-frames": (alter(GlassMotion, {"frames": 98, "fps": 9.8}, media="video", sender="clerk"), ("A02",)),
    "lip-sync-off": (alter(LipSync, {"offsets_ms": (-210.0, -205.0, -190.0)}), ("A02",)),
    "late-audio": (alter(LipSync, {"offsets_ms": (425.0, 431.0, 440.0)}), ("A02",)),
    "blurred-share": (alter(GlassMotion, {"width": 160, "height": 90}, media="screen"), ("A02",)),
    "silent-chat": (alter(TextChannel, {"announced": False}, what="chat"), ("A03",)),
}
