"""A target described by a file: a town hall that somebody else has started, with as many vantage points as it offers.

The profile is TOML::

    name = "rathaus-test"
    base_url = "https://termine.example.org"
    clerk_password = "…"
    clerks = { winterbach = "haug", kernen = "maier" }

    [declare]                      # every entry is optional; the contract's words, compared with what is seen
    hosts = ["termine.example.org", "turn.example.org"]  # that pages may contact; the host of base_url if left out
    storage = ["amt", "termin"]    # names of the necessary cookies and storage entries
    retention_days = 90            # how long an ended appointment may be kept
    frame_profile = "sframe"       # how encrypted frames are framed: sframe, jitsi or livekit
    clear_frames = ["f8fffe"]      # short frames that may be in the clear, hexadecimal; none if left out

    [observe]                      # every entry is optional; what is missing makes checks inconclusive, never pass
    recordings = "/srv/janus/recordings"
    mails = "/srv/mails"
    logs = { townhall = "/var/log/townhall.jsonl" }
    databases = { townhall = "/srv/townhall.sqlite" }
    processes = { janus = 4711 }
    metrics = "https://termine.example.org/metrics"
    receivers = { url = "ws://127.0.0.1:7188", secret = "…", room_secret = "…" }  # Janus' admin API

    [quality]                      # what is good and bad of its calls, over quality_checks/bands.toml, entry by entry
    frame-rate = { good = 25, acceptable = 15, source = "our contract, 4.2" }
"""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, ValidationError

from harness.events import EventBus
from harness.model.errors import TargetError
from harness.processes import ProcessRegister
from harness.targets.protocol import Declaration, Observables, SeededFlaw, ServerProcess, SfuAdmin, TlsEndpoint
from harness.targets.townhall import TownhallDeployment, TownhallTarget
from harness.targets.townhall_journey import TownhallJourney


class MediaServerAdmin(BaseModel):
    """Where the media server says who receives what: the WebSocket of Janus' admin API and the secrets it wants."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str = Field(pattern=r"^wss?://")
    secret: str
    room_secret: str


class Observe(BaseModel):
    """Where a deployment can be observed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    recordings: Path | None = None
    mails: Path | None = None
    clock: Path | None = None
    logs: dict[str, Path] = Field(default_factory=dict)
    databases: dict[str, Path] = Field(default_factory=dict)
    processes: dict[str, int] = Field(default_factory=dict)
    controls: dict[str, str] = Field(default_factory=dict)
    metrics: str = ""
    receivers: MediaServerAdmin | None = None


class Declare(BaseModel):
    """What the deployment declares of itself; what is left out is taken from the town hall as it is built."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hosts: tuple[str, ...] | None = None
    storage: tuple[str, ...] | None = None
    retention_days: int | None = Field(default=None, ge=0)
    frame_profile: Literal["sframe", "jitsi", "livekit"] | None = None
    clear_frames: tuple[Annotated[str, Field(pattern=r"^([0-9a-f]{2}){0,15}$")], ...] | None = None

    def over(self, usual: Declaration, base_url: HttpUrl) -> Declaration:
        """The declaration of the deployment at ``base_url``."""
        return replace(
            usual,
            hosts=(base_url.host or "",) if self.hosts is None else self.hosts,
            storage=usual.storage if self.storage is None else self.storage,
            retention_days=usual.retention_days if self.retention_days is None else self.retention_days,
            frame_profile=usual.frame_profile if self.frame_profile is None else self.frame_profile,
            clear_frames=usual.clear_frames if self.clear_frames is None else self.clear_frames,
        )


class Profile(BaseModel):
    """A deployment of the town hall at ``base_url``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")
    base_url: HttpUrl
    clerk_password: str
    clerks: dict[str, str]
    observe: Observe = Observe()
    declare: Declare = Declare()
    quality: dict[str, dict[str, float | str]] = Field(default_factory=dict)


class ProfileTarget:
    """A target that is reached, not started."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self.name = profile.name
        self.summary = f"A town hall at {profile.base_url}"
        usual = replace(TownhallTarget.declaration, quality=profile.quality)
        self.declaration = profile.declare.over(usual, profile.base_url)
        self.flaws: Mapping[str, SeededFlaw] = {}

    def start(self, workdir: Path, events: EventBus, *, flaw: str = "") -> TownhallDeployment:
        """Nothing is started; the vantage points that the profile names are used."""
        profile, observe = self._profile, self._profile.observe
        if observe.mails is None:
            raise TargetError(f"The profile of {self.name} names no folder of mails: the invitation cannot be read.")
        events.tell("target", f"using {profile.base_url}")
        processes = tuple(
            ServerProcess(name, pid, observe.controls.get(f"memory:{name}", ""))
            for name, pid in observe.processes.items()
        )
        observables = Observables(
            observe.recordings, observe.mails, observe.logs, observe.databases, processes, observe.controls,
            metrics=observe.metrics, secrets=(profile.clerk_password,),
            receivers=SfuAdmin(**observe.receivers.model_dump()) if observe.receivers else None,
            tls=_entrances(profile.base_url),
        )  # fmt: skip
        journey = TownhallJourney(
            str(profile.base_url), profile.clerks, profile.clerk_password, observe.mails, observe.clock
        )
        workdir.mkdir(parents=True, exist_ok=True)
        register = ProcessRegister(workdir / "processes.json")
        return TownhallDeployment(register, str(profile.base_url), profile.clerk_password, observables, journey)


def _entrances(base_url: HttpUrl) -> tuple[TlsEndpoint, ...]:
    """Where pages and signalling are served by TLS; what is reached without it has none to look at."""
    if base_url.scheme != "https" or base_url.host is None:
        return ()
    port = base_url.port or 443
    return TlsEndpoint("web", base_url.host, port), TlsEndpoint("wss", base_url.host, port)


def read_profile(file: Path) -> ProfileTarget:
    """Reads a profile. Raises ``TargetError`` in one sentence that names what is wrong."""
    try:
        with file.open("rb") as stream:
            return ProfileTarget(Profile.model_validate(tomllib.load(stream)))
    except OSError as error:
        raise TargetError(f"The profile {file} cannot be read ({error.strerror}): check its path.") from error
    except tomllib.TOMLDecodeError as error:
        raise TargetError(f"The profile {file} is not TOML ({error}).") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise TargetError(f"The profile {file} is wrong at {field!r}: {first['msg']}.") from error
