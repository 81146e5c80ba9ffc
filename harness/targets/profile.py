"""A target described by a file: a town hall that somebody else has started, with as many vantage points as it offers.

The profile is TOML::

    name = "rathaus-test"
    base_url = "https://termine.example.org"
    clerk_password = "…"
    clerks = { winterbach = "haug", kernen = "maier" }

    [observe]                      # every entry is optional; what is missing makes checks inconclusive, never pass
    recordings = "/srv/janus/recordings"
    mails = "/srv/mails"
    logs = { townhall = "/var/log/townhall.jsonl" }
    databases = { townhall = "/srv/townhall.sqlite" }
    processes = { janus = 4711 }
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, ValidationError

from harness.events import EventBus
from harness.model.errors import TargetError
from harness.processes import ProcessRegister
from harness.targets.protocol import Declaration, Observables, SeededFlaw, ServerProcess
from harness.targets.townhall import TownhallDeployment, TownhallTarget
from harness.targets.townhall_journey import TownhallJourney


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


class Profile(BaseModel):
    """A deployment of the town hall at ``base_url``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")
    base_url: HttpUrl
    clerk_password: str
    clerks: dict[str, str]
    observe: Observe = Observe()


class ProfileTarget:
    """A target that is reached, not started."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self.name = profile.name
        self.summary = f"A town hall at {profile.base_url}"
        self.declaration: Declaration = TownhallTarget.declaration
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
            observe.recordings, observe.mails, observe.logs, observe.databases, processes, observe.controls
        )
        journey = TownhallJourney(
            str(profile.base_url), profile.clerks, profile.clerk_password, observe.mails, observe.clock
        )
        workdir.mkdir(parents=True, exist_ok=True)
        register = ProcessRegister(workdir / "processes.json")
        return TownhallDeployment(register, str(profile.base_url), profile.clerk_password, observables, journey)


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
