"""What pages and their server do with personal data."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from harness.model.observations.base import Observation


class CookieSet(BaseModel):
    """A cookie that a response set: its name and attributes, never its value."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    secure: bool
    http_only: bool
    same_site: str  # "strict", "lax", "none" or ""


class HeadersSeen(Observation):
    """The security headers (names in lower case) and cookies of one page's response."""

    kind: Literal["headers"] = "headers"
    page: str  # a label, e.g. "invitation", never an address with a token
    https: bool
    headers: dict[str, str]
    cookies: tuple[CookieSet, ...] = ()


class StorageSeen(Observation):
    """Names of what a page keeps in the browser, before (``consent`` false) or after the person agreed to anything."""

    kind: Literal["storage"] = "storage"
    page: str
    consent: bool
    cookies: tuple[str, ...] = ()
    local: tuple[str, ...] = ()
    session: tuple[str, ...] = ()
    databases: tuple[str, ...] = ()


class HostContacted(Observation):
    """A host that a page contacted, or had its WebRTC connection use. ``host`` is a name or address without port."""

    kind: Literal["host"] = "host"
    page: str
    host: str
    via: Literal["http", "websocket", "stun", "turn"]


class InvitationSeen(Observation):
    """How hard an invitation is to guess: ``bits`` of the varying part at most, by its length and alphabet.

    ``samples`` is how many invitations the figure rests on, ``shared`` the characters that all of them have alike.
    """

    kind: Literal["invitation"] = "invitation"
    samples: int
    length: int
    alphabet: int
    shared: int
    bits: float


class LinkTry(Observation):
    """An invitation was used at a time, or made up; ``joinable``: the page offered a way into the call.

    ``admitted_by_clerk`` tells of an ``in-time`` try whether the clerk had to let the person in; None: not looked at.
    """

    kind: Literal["link-try"] = "link-try"
    when: Literal["early", "in-time", "late", "guessed", "cancelled"]
    state: str
    joinable: bool
    admitted_by_clerk: bool | None = None


class Crossing(Observation):
    """Somebody tried what is another's. ``control``: the same request by the rightful person succeeded."""

    kind: Literal["crossing"] = "crossing"
    actor: str  # "clerk of kernen", "citizen", "nobody"
    tried: str  # what, in words of the route: "open an appointment of winterbach"
    tried_de: str = ""  # the same in German; empty: only the English words are there
    status: int
    refused: bool
    control: bool


class DeviceAsked(Observation):
    """A page asked the browser for a device. ``consented``: the person had pressed the button that says so before."""

    kind: Literal["device-asked"] = "device-asked"
    page: str
    devices: tuple[Literal["camera", "microphone", "screen"], ...]
    consented: bool


class PageWatched(Observation):
    """The watcher for devices, hosts or storage was active on a page: without it, silence would say nothing."""

    kind: Literal["page-watched"] = "page-watched"
    page: str
    watcher: Literal["devices", "hosts", "storage"]


class RetentionSeen(Observation):
    """The clock was moved past the retention time: how often the citizen's data was found before and after."""

    kind: Literal["retention"] = "retention"
    place: str  # "database", "recordings", "mail queue" …
    days_moved: float
    before: int
    after: int
