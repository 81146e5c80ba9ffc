"""What a clean run saw beside picture, sound and keys: papers, presence, pages, quality. Each record is good."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Literal

from harness.model.observations import (
    AnyObservation,
    AxeFound,
    CanaryText,
    CookieSet,
    Crossing,
    Declared,
    DeviceAsked,
    Displayed,
    GlassMotion,
    HeadersSeen,
    HostContacted,
    InvitationSeen,
    KeyboardJourney,
    LinkTry,
    LipSync,
    MediaReceivers,
    PageWatched,
    Recognition,
    RetentionSeen,
    SearchResult,
    StorageSeen,
    TextChannel,
    TrackChange,
)

EXTRAS = "winterbach-5"  # the call with screen, form, chat and a third person
QUALITY = "winterbach-6"  # the call in which picture and sound are measured
DIRECT = "kernen-2"  # the call that begins on a direct path
UNMUTED_AFTER = 12.77  # seconds into the call
SERVER_PLACES = ("http", "url", "websocket", "mail", "log", "database", "memory")
PAGES = ("invitation", "call")
PRESENT = (("citizen", "clerk"), ("citizen", "clerk", "guest"), ("citizen", "clerk"))
WHAT: tuple[Literal["form", "chat", "file", "caption"], ...] = ("form", "chat", "file", "caption")
HEADERS = {
    "content-security-policy": "default-src 'self'; object-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(self), microphone=(self), geolocation=()",
}
WHEN: tuple[Literal["early", "late", "guessed", "cancelled"], ...] = ("early", "late", "guessed", "cancelled")


def key_id(name: str) -> str:
    """How evidence names a key, a text or another secret."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def beside(began: float) -> list[AnyObservation]:
    """Everything of a clean run; ``began`` is when the call with screen, form and chat began."""
    return [*_papers(began), *_presence(), *_pages(), *_personal_data(), *_access()]


def _search(
    subject: Literal["texts", "names", "secrets"], place: str, sought: Sequence[str], call: str = ""
) -> SearchResult:
    return SearchResult(
        call=call,
        subject=subject,
        place=place,
        source=f"the {place}",
        items=3,
        searched_bytes=1_000_000,
        keys=tuple(key_id(each) for each in sought),
        control="a mark",
        control_found=1,
    )


def _papers(began: float) -> Iterator[AnyObservation]:
    yield TrackChange(call=EXTRAS, party="clerk", media="screen", change="started", at=began)
    yield TrackChange(call=EXTRAS, party="citizen", media="audio", change="muted", at=began + 6.6)
    yield TrackChange(call=EXTRAS, party="citizen", media="audio", change="unmuted", at=began + UNMUTED_AFTER)
    for what in WHAT:
        yield CanaryText(call=EXTRAS, party="citizen", what=what, text_id=key_id(what), arrived=("citizen", "clerk"))
    for place in SERVER_PLACES:
        yield _search("texts", place, WHAT, EXTRAS)
    for party in ("citizen", "clerk", "guest"):
        yield Recognition(call=EXTRAS, party=party, place="upload", media="video", looked=0, decoded=0, found=0)


def _presence() -> Iterator[AnyObservation]:
    for moment, people in enumerate(PRESENT, 1):
        for party in people:
            others = tuple(other for other in people if other != party)
            yield Displayed(call=EXTRAS, party=party, moment=moment, people=people)
            yield MediaReceivers(call=EXTRAS, party=party, moment=moment, receivers=others)


def _pages() -> Iterator[AnyObservation]:
    yield Declared(
        hosts=("winterbach.example", "turn.winterbach.example"),
        storage=("session",),
        retention_days=30,
        frame_profile="sframe",
        clear_bytes=(0, 0, 0),
        clear_frames=(),
    )
    watchers: tuple[Literal["hosts", "storage"], ...] = ("hosts", "storage")
    for page in PAGES:
        for watcher in watchers:
            yield PageWatched(page=page, watcher=watcher)
        yield StorageSeen(page=page, consent=False, cookies=("session",))
        yield HostContacted(page=page, host="winterbach.example", via="http")
        cookie = CookieSet(name="session", secure=False, http_only=True, same_site="lax")
        yield HeadersSeen(page=page, https=False, headers=HEADERS, cookies=(cookie,))
    yield HostContacted(page="call", host="turn.winterbach.example", via="turn")
    yield PageWatched(page="invitation", watcher="devices")
    yield DeviceAsked(page="invitation", devices=("camera", "microphone"), consented=True)


def _personal_data() -> Iterator[AnyObservation]:
    for place in ("room", "log", "metrics", "url"):
        yield _search("names", place, ("Gerda Probst", "Gartenweg 3"))
    yield _search("secrets", "database", ("token", "password"))
    yield RetentionSeen(place="database", days_moved=31, before=4, after=0)
    yield InvitationSeen(samples=5, length=27, alphabet=64, shared=0, bits=162.0)
    yield LinkTry(when="in-time", state="ready", joinable=True, admitted_by_clerk=True)
    for when in WHEN:
        yield LinkTry(when=when, state="unknown", joinable=False)
    yield Crossing(
        actor="clerk of kernen",
        tried="open an appointment of Winterbach",
        tried_de="einen Termin von Winterbach öffnen",
        status=404,
        refused=True,
        control=True,
    )
    yield Crossing(
        actor="citizen",
        tried="open the calendar",
        tried_de="den Kalender öffnen",
        status=403,
        refused=True,
        control=True,
    )
    yield Crossing(
        actor="nobody",
        tried="open the calendar",
        tried_de="den Kalender öffnen",
        status=303,
        refused=True,
        control=True,
    )


def _access() -> Iterator[AnyObservation]:
    yield AxeFound(page="invitation", rules=41)
    yield KeyboardJourney(party="citizen", steps=("open the invitation", "check the devices", "join", "hang up"))
    for viewer, sender in (("citizen", "clerk"), ("clerk", "citizen")):
        yield GlassMotion(
            call=QUALITY, party=viewer, sender=sender, media="video", width=640, height=480, seconds=10.0,
            frames=240, fps=24.0, source_fps=25.0,
        )  # fmt: skip
    yield GlassMotion(
        call=QUALITY, party="citizen", sender="clerk", media="screen", width=1280, height=720, seconds=10.0,
        frames=50, fps=5.0,
    )  # fmt: skip
    yield LipSync(
        call=QUALITY, party="citizen", sender="clerk", offsets_ms=(31.0, 35.0, 40.0), source_ms=(4.0, 5.0, 7.0)
    )
    for what in ("chat", "caption"):
        yield TextChannel.model_validate(
            {"call": EXTRAS, "party": "citizen", "to": "clerk", "what": what}
            | {"arrived": True, "by_keyboard": True, "announced": True}
        )
