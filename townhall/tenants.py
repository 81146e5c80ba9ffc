"""The municipalities that this service serves: a TOML file each in ``townhall/tenants``."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, ValidationError, model_validator

from townhall.colours import Colour, ink_is_legible
from townhall.errors import SettingsError
from townhall.opening import Closed, Hours, Move, Opening, Part, Weekday

FOLDER = Path(__file__).parent / "tenants"
# First parts of addresses that are no municipality.
_RESERVED = frozenset(("amt", "api", "healthz", "hilfe", "metrics", "static", "t", "verwaltung"))


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError) as error:
        raise ValueError(f"No time zone found with the name {name}") from error
    return name


def _one_line(text: str) -> str:
    """Refuse what could begin a new line in a mail's head or a calendar's entry."""
    if not text.strip() or not text.isprintable():
        raise ValueError("must be one line of printable text")
    return text


def _not_reserved(name: str) -> str:
    if name in _RESERVED:
        raise ValueError(f"{name} is an address of the service itself")
    return name


Line = Annotated[str, Field(max_length=300), AfterValidator(_one_line)]
UserName = Annotated[str, Field(max_length=40, pattern=r"^[a-z][a-z0-9_.-]*$")]


class Text(Part):
    """One sentence or name in both languages."""

    de: Line
    en: Line

    def in_language(self, lang: str) -> str:
        """Return the German text for "de", else the English one."""
        return self.de if lang == "de" else self.en


class Clerk(Part):
    """A person of the town hall who books and holds appointments."""

    user: UserName
    display_name: Line


class Service(Part):
    """Something people come for; without ``video`` it needs their presence, and ``reason`` says why.

    ``bring`` says what to have at hand; ``clerks`` are the user names of those who do it, empty for all.
    """

    id: UserName
    name: Text
    minutes: int = Field(gt=0, le=120)
    video: bool
    reason: Text | None = None
    bring: Text | None = None
    clerks: list[str] = Field(default=[])

    @model_validator(mode="after")
    def _refusal_has_a_reason(self) -> Self:
        if not self.video and self.reason is None:
            raise ValueError(f"service {self.id} needs presence and does not say why")
        return self


class Colours(Part):
    """The municipality's colours as #rrggbb: ``main`` for links and buttons, ``second`` for the field of its arms."""

    main: Colour = "#14406b"
    second: Colour = "#f2d680"

    @model_validator(mode="after")
    def _text_can_be_read(self) -> Self:
        if not ink_is_legible(self.main):
            raise ValueError("the main colour is too light: its contrast on the pages is below 4.5 to 1")
        return self


class Pilot(Part):
    """A trial of video appointments: its days (both included), its costs in euro, and what would make it a success."""

    start: date
    end: date
    clerk_hour_eur: float = Field(ge=0)
    monthly_cost_eur: float = Field(ge=0)
    max_no_show: float = Field(default=0.15, ge=0, le=1)
    min_satisfaction: float = Field(default=4.0, ge=1, le=5)
    min_connected: float = Field(default=0.95, ge=0, le=1)

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.end < self.start:
            raise ValueError("the pilot ends before it begins")
        return self


class Tenant(Part):
    """A municipality: its hall, its clerks, its services, its hours; ``initials`` stand in its placeholder arms."""

    id: Annotated[str, Field(max_length=40, pattern=r"^[a-z][a-z-]*$"), AfterValidator(_not_reserved)]
    name: Text
    hall: Text
    address: list[Line] = Field(min_length=1)
    phone: Annotated[str, Field(max_length=40, pattern=r"^[+0-9][0-9 /-]+$")]
    mail: Annotated[str, Field(max_length=254, pattern=r"^[A-Za-z0-9._+-]+@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,}$")]
    initials: str = Field(default="", max_length=3, pattern=r"^\w*$")
    colours: Colours = Colours()
    timezone: Annotated[str, AfterValidator(_known_zone)]
    slot_minutes: int = Field(ge=5, le=120)
    clerks: list[Clerk] = Field(min_length=1)
    services: list[Service] = Field(min_length=1)
    hours: dict[Weekday, list[Hours]]
    closed: list[Closed] = Field(default=[])
    moved: list[Move] = Field(default=[])
    pilot: Pilot | None = None

    @model_validator(mode="after")
    def _services_fit_slots(self) -> Self:
        for service in self.services:
            if service.minutes > self.slot_minutes:
                raise ValueError(f"service {service.id} is longer than a slot")
            if unknown := set(service.clerks) - {clerk.user for clerk in self.clerks}:
                raise ValueError(f"service {service.id} names clerks that do not exist: {', '.join(sorted(unknown))}")
        return self

    @model_validator(mode="after")
    def _names_are_used_once(self) -> Self:
        for names in ([clerk.user for clerk in self.clerks], [service.id for service in self.services]):
            if len(set(names)) < len(names):
                raise ValueError("two clerks or two services have the same name")
        return self

    @model_validator(mode="after")
    def _hours_make_sense(self) -> Self:
        _ = self.opening  # its own validators speak
        return self

    @property
    def opening(self) -> Opening:
        """The opening hours of the file; clerks may have set others, see ``townhall.hours``."""
        return Opening(weekly=self.hours, closed=self.closed, moved=self.moved)

    @property
    def zone(self) -> ZoneInfo:
        """The municipality's time zone."""
        return ZoneInfo(self.timezone)

    def service(self, service_id: str) -> Service | None:
        """Return the service with this id, or None."""
        return next((service for service in self.services if service.id == service_id), None)

    def clerk(self, user: str) -> Clerk | None:
        """Return the clerk with this user name, or None."""
        return next((clerk for clerk in self.clerks if clerk.user == user), None)


def load_tenants(*folders: Path) -> dict[str, Tenant]:
    """Read every municipality of the folders (default: the built-in ones), by id, in the order of the file names.

    Raises SettingsError with one sentence for a file that is unreadable or makes no sense, and for an id used twice.
    """
    tenants: dict[str, Tenant] = {}
    for path in (file for folder in folders or (FOLDER,) for file in sorted(folder.glob("*.toml"))):
        tenant = _read(path)
        if tenant.id in tenants:
            raise SettingsError(f"{path.name}: there is a municipality called {tenant.id} already.")
        tenants[tenant.id] = tenant
    return tenants


def _read(path: Path) -> Tenant:
    try:
        return Tenant.model_validate(tomllib.loads(path.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"{path.name} is no municipality: {place}: {first['msg']}.".replace(" : ", " ")) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path.name} is no municipality: it cannot be read as TOML ({error}).") from error
