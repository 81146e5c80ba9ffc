"""The municipalities that this service serves: a TOML file each in ``townhall/tenants``."""

import tomllib
from datetime import time
from pathlib import Path
from typing import Annotated, Literal, Self, get_args
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

FOLDER = Path(__file__).parent / "tenants"
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)


def _known_zone(name: str) -> str:
    ZoneInfo(name)
    return name


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(_Part):
    """One sentence or name in both languages."""

    de: str
    en: str

    def in_language(self, lang: str) -> str:
        """Return the German text for "de", else the English one."""
        return self.de if lang == "de" else self.en


class Clerk(_Part):
    """A person of the town hall who books and holds appointments."""

    user: str
    display_name: str


class Service(_Part):
    """Something people come for; without ``video`` it needs their presence, and ``reason`` says why."""

    id: str
    name: Text
    minutes: int = Field(gt=0, le=120)
    video: bool
    reason: Text | None = None

    @model_validator(mode="after")
    def _refusal_has_a_reason(self) -> Self:
        if not self.video and self.reason is None:
            raise ValueError(f"service {self.id} needs presence and does not say why")
        return self


class Hours(_Part):
    """One stretch of opening hours of a day, local time."""

    opens: time
    closes: time

    @model_validator(mode="after")
    def _closes_after_opening(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("opening hours end before they begin")
        return self


class Tenant(_Part):
    """A municipality: its hall, its clerks, its services, its hours."""

    id: str = Field(pattern=r"^[a-z][a-z-]*$")
    name: Text
    hall: Text
    address: list[str]
    phone: str
    mail: str
    timezone: Annotated[str, AfterValidator(_known_zone)]
    slot_minutes: int = Field(ge=5, le=120)
    clerks: list[Clerk] = Field(min_length=1)
    services: list[Service] = Field(min_length=1)
    hours: dict[Weekday, list[Hours]]

    @model_validator(mode="after")
    def _services_fit_slots(self) -> Self:
        for service in self.services:
            if service.minutes > self.slot_minutes:
                raise ValueError(f"service {service.id} is longer than a slot")
        return self

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


def load_tenants(folder: Path = FOLDER) -> dict[str, Tenant]:
    """Read every municipality of the folder, by id, in the order of the file names."""
    tenants = (Tenant.model_validate(tomllib.loads(path.read_text("utf-8"))) for path in sorted(folder.glob("*.toml")))
    return {tenant.id: tenant for tenant in tenants}
