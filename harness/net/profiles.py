"""Named networks as data: what happens to a host's link, step by step."""

import tomllib
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from harness.model.errors import NetworkError
from harness.model.sentence import Sentence
from harness.net.impairment import CLEAR, Impairment

DEFAULTS = Path(__file__).with_name("profiles.toml")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Step(_Part):
    """From ``at_s`` seconds after the profile began, the link is like this."""

    at_s: float = Field(default=0.0, ge=0)
    up: Impairment = CLEAR
    down: Impairment = CLEAR


class Profile(_Part):
    """A network with a name. ``up`` is from the host towards the others.

    After ``loops_after_s`` seconds it begins anew; None: the last step stays. ``source`` says where its figures come
    from, or that they are assumed.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    sentence: Sentence
    source: str = Field(min_length=1)
    steps: tuple[Step, ...] = Field(min_length=1)
    loops_after_s: float | None = Field(default=None, gt=0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.steps[0].at_s != 0:
            raise ValueError("the first step must be at 0 s")
        if any(late.at_s <= early.at_s for early, late in pairwise(self.steps)):
            raise ValueError("each step must be later than the one before it")
        if self.loops_after_s is not None and self.loops_after_s <= self.steps[-1].at_s:
            raise ValueError("loops_after_s must be later than the last step")
        return self


def read_profiles(text: str, called: str = "profiles") -> dict[str, Profile]:
    """The profiles of a TOML text by name. Raises ``NetworkError`` that names the place."""
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NetworkError(f"{called} is not TOML: {error}.") from error
    return {name: _profile(name, entry, called) for name, entry in entries.items()}


def _profile(name: str, entry: Any, called: str) -> Profile:
    if not isinstance(entry, dict):
        raise NetworkError(f"{called}: '{name}' must be a table with de, en, source and steps.")
    rest = dict(entry)
    sentence = {language: rest.pop(language) for language in ("de", "en") if language in rest}
    try:
        return Profile.model_validate({**rest, "name": name, "sentence": sentence})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join([name, *(str(part) for part in first["loc"])])
        raise NetworkError(f"{called}, {place}: {first['msg']}.") from error


@cache
def profiles() -> Mapping[str, Profile]:
    """The profiles that come with the bench, by name."""
    return read_profiles(DEFAULTS.read_text("utf-8"), DEFAULTS.name)


def profile(name: str) -> Profile:
    """A profile by name. Raises ``NetworkError`` that lists the names."""
    try:
        return profiles()[name]
    except KeyError:
        raise NetworkError(f"There is no network profile '{name}'; there are {', '.join(profiles())}.") from None
