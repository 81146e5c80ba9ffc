"""What an operator can set: TOML file, over it the environment (TOWNHALL_*), over it the command line."""

import secrets
import tomllib
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    CliSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings import (
    SettingsError as SourceError,
)

from townhall.errors import SettingsError
from townhall.flaws import flaw_named
from townhall.turn import IcePolicy


class Settings(BaseSettings):
    """All settings of one running town hall; see each field's description."""

    model_config = SettingsConfigDict(env_prefix="TOWNHALL_", extra="forbid", frozen=True)

    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(default=8080, ge=0, le=65535, description="TCP port to listen on; 0 takes a free one")
    tls_port: int | None = Field(default=None, ge=1, le=65535, description="port that serves the same by TLS, if set")
    tls_certificate: Path | None = Field(default=None, description="PEM file with the certificate chain for tls_port")
    tls_key: Path | None = Field(default=None, description="PEM file with the key for tls_port")
    base_url: str = Field(default="", description="address people reach the service at; from host and port if empty")
    database_url: str = Field(
        default="sqlite:///townhall.db", description="SQLAlchemy address: sqlite:/// or postgresql+psycopg://"
    )
    secret_key: str = Field(
        default_factory=lambda: secrets.token_urlsafe(32), min_length=32, description="signs cookies; random if unset"
    )
    clock_file: Path | None = Field(default=None, description="file with seconds added to real time (for tests)")
    clerk_password: str = Field(default="", description="password of the demo clerks; random and printed once if unset")
    log_file: Path | None = Field(default=None, description="JSON lines go here; to standard error if unset")
    smtp_host: str = Field(default="127.0.0.1", description="mail server")
    smtp_port: int = Field(default=25, ge=1, le=65535, description="mail server's port")
    bounce_port: int | None = Field(
        default=None, ge=1, le=65535, description="port that takes bounces in by SMTP; they go to the sender if unset"
    )
    bounce_host: str = Field(default="127.0.0.1", description="address to take in bounces on")
    tenants_dir: Path | None = Field(
        default=None, description="folder with more municipalities, a TOML file each; /verwaltung writes there"
    )
    operator_password: str = Field(default="", description="opens /verwaltung; that page does not exist if unset")
    janus_url: str = Field(default="ws://127.0.0.1:8188", description="Janus' WebSocket API")
    janus_api_secret: str = Field(default="", description="api_secret of Janus")
    janus_room_secret: str = Field(
        default_factory=lambda: secrets.token_urlsafe(24), description="secret that rooms are managed with"
    )
    record_dir: Path | None = Field(
        default=None, description="operator's switch: Janus records every packet of every room here"
    )
    turn_urls: list[str] = Field(default=[], description="TURN servers for the browsers")
    turn_secret: str = Field(default="", description="static-auth-secret of the TURN servers")
    ice_policy: IcePolicy = Field(default="all", description="relay: browsers reach the media server by TURN only")
    direct_path: list[str] = Field(
        default=[],
        description="TENANT or TENANT/SERVICE whose calls of two go from browser to browser; each then learns the "
        "other's network address",
    )
    waiting_room: bool = Field(default=True, description="citizens and guests wait until the clerk lets them in")
    retention_days: int = Field(
        default=30, ge=1, le=3650, description="days after an appointment's end until all about it is deleted"
    )
    audit_days: int = Field(default=180, ge=1, le=3650, description="days that the audit trail is kept")
    metrics_token: str = Field(
        default="", description="bearer token that opens /metrics from elsewhere; only this machine may look if unset"
    )
    require_totp: bool = Field(default=False, description="clerks have to set up a second factor before anything else")
    limit_logins: int = Field(
        default=5,
        ge=0,
        description="wrong passwords or codes before an account has to wait, longer each time; 0: never",
    )
    limit_links: int = Field(
        default=60, ge=0, description="unknown invitations in ten minutes, an address; 0: no limit"
    )
    limit_forms: int = Field(default=300, ge=0, description="forms sent in a minute, an address; 0: no limit")
    limit_joins: int = Field(default=300, ge=0, description="calls joined in a minute, an address; 0: no limit")
    flaw: str = Field(default="", description="start with this built-in defect; for testing a test bench only")

    @field_validator("flaw")
    @classmethod
    def _flaw_exists(cls, name: str) -> str:
        flaw_named(name)
        return name

    @model_validator(mode="after")
    def _turn_is_complete(self) -> Self:
        if self.turn_urls and not self.turn_secret:
            raise ValueError("turn_urls is set without turn_secret")
        return self

    @model_validator(mode="after")
    def _tls_is_complete(self) -> Self:
        if self.tls_port and not (self.tls_certificate and self.tls_key):
            raise ValueError("tls_port is set without tls_certificate and tls_key")
        return self


def load(config: Path | None, arguments: list[str]) -> Settings:
    """Read the settings; raise SettingsError with one sentence for a missing file, an unknown name or a bad value."""
    if config is not None:
        _check_toml(config)

    class Sourced(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            line: PydanticBaseSettingsSource = CliSettingsSource(
                settings_cls,
                cli_prog_name="python -m townhall serve [--config FILE.toml]",
                cli_parse_args=arguments,
                cli_kebab_case=True,
                cli_hide_none_type=True,
            )
            return line, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=config)

    try:
        return Sourced()
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "settings"
        raise SettingsError(f"The setting {name} is not usable: {first['msg']}.") from error
    except SourceError as error:
        raise SettingsError(f"The settings cannot be read: {error}.") from error


def _check_toml(config: Path) -> None:
    try:
        with config.open("rb") as file:
            tomllib.load(file)
    except OSError as error:
        raise SettingsError(f"The configuration file {config} cannot be read: {error.strerror}.") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"The configuration file {config} is not valid TOML: {error}.") from error
