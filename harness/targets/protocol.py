"""What the bench asks of a target, whatever it is built with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from playwright.sync_api import Page

from harness.events import EventBus
from harness.targets.extras import Extras
from harness.targets.hostile import Hostile
from harness.targets.office import Office
from harness.targets.pages import Keys, Sight, Trespass
from harness.wait import PATIENCE


@dataclass(frozen=True, slots=True)
class ServerProcess:
    """A server process whose memory is searched. ``control`` is a harmless mark that its memory must hold."""

    name: str
    pid: int
    control: str


@dataclass(frozen=True, slots=True)
class SfuAdmin:
    """Where the media server says who receives what: its admin API (WebSocket), and the secrets it asks for."""

    url: str
    secret: str
    room_secret: str


@dataclass(frozen=True, slots=True)
class WireTap:
    """Where the packets of the media servers pass: the interface, the processes whose UDP sockets count, and the TCP
    ports of the relay."""

    interface: str
    pids: Sequence[int]
    tcp_ports: Sequence[int]


@dataclass(frozen=True, slots=True)
class TlsEndpoint:
    """An entrance whose TLS is looked at; on one of ``smtp`` TLS is asked for by STARTTLS (RFC 3207)."""

    name: Literal["web", "wss", "turns", "smtp"]
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Observables:
    """The vantage points that a deployment offers; ``None`` or empty where it offers none.

    ``recordings`` is the folder in which the SFU keeps the packets as it holds them after SRTP. ``controls`` are the
    marks, by place, that a working search must find. ``receivers`` is where the SFU says who receives whose media,
    ``sfu`` names the process that holds its rooms, ``metrics`` is the address of the metrics; ``secrets`` are passwords
    and keys of the deployment, which its databases must not hold.
    """

    recordings: Path | None = None
    mails: Path | None = None
    logs: Mapping[str, Path] = field(default_factory=dict)
    databases: Mapping[str, Path] = field(default_factory=dict)
    processes: Sequence[ServerProcess] = ()
    controls: Mapping[str, str] = field(default_factory=dict)
    receivers: SfuAdmin | None = None
    sfu: str = "janus"
    metrics: str = ""
    secrets: Sequence[str] = ()
    wire: WireTap | None = None
    tls: Sequence[TlsEndpoint] = ()


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a deployment says of itself, to be compared with what is seen."""

    codecs: Mapping[str, str]
    frame_format: str
    frame_profile: str  # one of harness.wire.frame_profiles: which bytes of a frame are said to be clear
    tenants: Sequence[str]
    clear_frames: Sequence[str] = ()  # short frames (hex) that may be in the clear, besides those of the frame profile
    hosts: Sequence[str] = ()  # that pages may contact: those of the data-processing contract
    storage: Sequence[str] = ()  # names of necessary cookies and storage entries
    retention_days: int | None = None  # how long an ended appointment may be kept; None: nothing is said of it
    consent: Mapping[str, str] = field(default_factory=dict)  # device -> selector of the button that agrees to it
    lock: str = ""  # selector of what is to be seen while a page says that the call is encrypted; "": pages never do
    quality: Mapping[str, Mapping[str, float | str]] = field(
        default_factory=dict
    )  # its own limits, over the usual ones


@dataclass(frozen=True, slots=True)
class Appointment:
    """A booked appointment as the bench knows it: ids for finding things again, the link from the mail."""

    id: str
    tenant: str
    citizen_name: str
    citizen_mail: str
    link: str = ""
    guest_link: str = ""  # of the third person, if one is invited


class AgreementStep(NamedTuple):
    """A step of the key agreement: somebody binds themselves to keys, or reveals them. ``sender`` is "" in messages
    that the page itself sent."""

    kind: Literal["commitment", "reveal"]
    round: str
    sender: str


class Journey(Protocol):
    """How people use the deployment in their browsers. Each step raises ``TargetError`` when it fails."""

    def clerk_logs_in(self, page: Page, tenant: str) -> None: ...

    def operator_logs_in(self, page: Page) -> bool:
        """Logs in who runs the deployment; ``False`` where the bench has no password of theirs."""

    def clerk_books(
        self, page: Page, tenant: str, name: str, mail: str, service: str, *, start: str = "now"
    ) -> Appointment:
        """Books by telephone; ``start`` is ``"now"`` or ``"later"``. The mail has not gone out yet."""

    def clerk_is_refused(self, page: Page, tenant: str, name: str, mail: str, service: str) -> str:
        """Tries to book a service that needs presence and returns the sentence that says why it cannot be."""

    def invitation(self, appointment: Appointment) -> Appointment:
        """Waits for the invitation mail and returns the appointment with its link."""

    def citizen_opens(self, page: Page, link: str) -> str:
        """Click 1. Returns the state of the page: ``ready``, ``too-early``, ``over``, ``unknown``."""

    def clerk_opens(self, page: Page, appointment: Appointment) -> None: ...

    def checks_devices(self, page: Page) -> str:
        """Click 2. Returns ``checked`` or ``denied``."""

    def can_join(self, page: Page) -> bool:
        """Whether the page offers click 3 now."""

    def joins(self, page: Page) -> None:
        """Click 3."""

    def state(self, page: Page) -> str:
        """The call: ``waiting``, ``connecting``, ``connected``, ``reconnecting``, ``ended``, ``failed``."""

    def waits_for(self, page: Page, *states: str, seconds: float = PATIENCE) -> str:
        """Waits until the call is in one of the states and returns it."""

    def remembers_states(self, page: Page) -> None:
        """From now on the page's states are kept, also those that pass in a moment."""

    def waits_until_passed(self, page: Page, state: str, seconds: float = PATIENCE) -> None:
        """Waits until the call has been in the state since ``remembers_states``, whatever it is in now."""

    def message(self, page: Page) -> str:
        """The sentence that the page shows to the person."""

    def safety_code(self, page: Page) -> str: ...

    def hangs_up(self, page: Page) -> None: ...

    def clerk_admits(self, page: Page) -> bool:
        """Lets the next one in who waits; ``False`` when the call went on without being asked."""

    def clerk_cancels(self, page: Page, appointment: Appointment) -> None: ...

    def sights(self, appointment: Appointment) -> Sequence[Sight]:
        """Every page and state that can be seen at the time of an appointment whose links are known.

        In this order: who waits for the clerk at one sight still waits at the next, if nobody leads them away.
        """

    def trespasses(self, one: Appointment, other: Appointment) -> Sequence[Trespass]:
        """What people must not be able to do across two appointments of two tenants.

        Who takes part: ``nobody``, ``operator`` (who has logged in, if the bench can), ``clerk of TENANT``,
        ``citizen of TENANT`` (who has opened the link).
        """

    def trespass(self, page: Page, what: Trespass, *, rightful: bool) -> tuple[int, bool]:
        """Tries it with a person's browser: HTTP status (101: a WebSocket let in), and whether it was refused."""

    def by_keyboard(self, keys: Keys, citizen: Page, clerk: Page, link: str) -> Iterator[str]:
        """The citizen's whole way by keyboard, the clerk with a mouse; yields each step that was done."""

    def carries_keys(self, message: str) -> bool:
        """Whether a signalling message is part of the key agreement."""

    def agreement_step(self, message: str) -> AgreementStep | None:
        """The commitment or reveal in a signalling message, if it is one."""

    def turns_clock(self, seconds: float) -> None:
        """Moves the deployment's clock by so many seconds from real time."""


class StreamName(NamedTuple):
    """What the name of a recording says: whose stream of which appointment, how often set up anew before.

    Cameras and shared screens (``screen``) of a party are numbered on their own.
    """

    appointment: str
    party: str
    segment: int
    screen: bool = False


class Service(NamedTuple):
    """A service of a tenant, as appointments are booked for it."""

    tenant: str
    id: str


class Deployment(Protocol):
    """A running deployment under test."""

    @property
    def base_url(self) -> str: ...

    @property
    def observables(self) -> Observables: ...

    @property
    def journey(self) -> Journey: ...

    @property
    def extras(self) -> Extras | None:
        """What its calls offer beside picture and sound, if anything."""

    @property
    def office(self) -> Office | None:
        """What can be tried around the calls, if anything: stories of it are left out where it is ``None``."""

    @property
    def direct(self) -> Service | None:
        """The service whose calls of two go from browser to browser, if there is one."""

    @property
    def hostile(self) -> Hostile | None:
        """How its servers would lie to its pages; stories of that are left out where it is ``None``."""

    def stream_of(self, file: Path) -> StreamName | None:
        """Whose recording of the SFU a file is, ``None`` where it is something else."""

    def settle(self, appointment: Appointment) -> None:
        """Waits until the deployment has written down what it keeps of an appointment's media."""

    def stop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class SeededFlaw:
    """A defect that a target can be started with, to prove that checks can fail; ``expects`` names these checks."""

    name: str
    summary: str
    expects: tuple[str, ...]


class Target(Protocol):
    """Something that can be tested. ``start`` raises ``TargetError`` with a sentence when it cannot be."""

    @property
    def name(self) -> str: ...

    @property
    def summary(self) -> str: ...

    @property
    def declaration(self) -> Declaration: ...

    @property
    def flaws(self) -> Mapping[str, SeededFlaw]:
        """The flaws that it can be started with; none for other people's systems."""

    def start(self, workdir: Path, events: EventBus, *, flaw: str = "") -> Deployment: ...
