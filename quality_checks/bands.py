"""The bands: data with defaults, which a file or a target's profile may change entry by entry."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from harness.model.errors import BenchError
from harness.model.outcome import Outcome

DEFAULTS = Path(__file__).with_name("bands.toml")
Unit = Literal["ms", "s", "share", "1/s", "lines", "R", "MOS", "VMAF", "SSIM", "kbit/s"]
_ROUNDING = 1e-9  # of binary fractions: 3 of 100 packets are 3 %
_STEPS = (Outcome.PASS, Outcome.WEAK, Outcome.FAIL)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Band(_Part):
    """Up to which value a figure is good, up to which acceptable, and which way is ``better``."""

    good: float
    acceptable: float
    unit: Unit
    better: Literal["less", "more"]
    source: str = Field(min_length=1)
    source_de: str = ""  # in German, where it is more than the name of a norm
    rounding: float = Field(default=0.0, ge=0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self._beyond(self.good, self.acceptable) > 0:
            raise ValueError("acceptable must not be better than good")
        return self

    def _beyond(self, value: float, limit: float) -> float:
        """By how much a value is worse than a limit; not more than 0 where it keeps it."""
        return value - limit if self.better == "less" else limit - value

    def with_good(self, good: float | None) -> "Band":
        """The band with another limit of what is good, which is never beyond acceptable; itself for None."""
        if good is None:
            return self
        worse = max if self.better == "more" else min
        return self.model_copy(update={"good": worse(good, self.acceptable)})

    def level(self, value: float) -> Outcome:
        """``pass`` for good, ``weak`` for acceptable, ``fail`` for bad. What is no number is bad."""
        rounding = self.rounding + _ROUNDING
        if self._beyond(value, self.good) <= rounding:
            return Outcome.PASS
        return Outcome.WEAK if self._beyond(value, self.acceptable) <= rounding else Outcome.FAIL

    def badness(self, value: float) -> tuple[int, float]:
        """Sorts values of all bands: by level first, then by the distance from good in widths of the band."""
        width = abs(self.acceptable - self.good) or abs(self.good) or 1.0
        return _STEPS.index(self.level(value)), round(self._beyond(value, self.good) / width, 6)


class Measuring(_Part):
    """How is measured, where that is a matter of choice: see the comments in the file of defaults."""

    window_s: float = Field(gt=0)
    settling_s: float = Field(ge=0)
    least_pictures: int = Field(ge=1)
    least_marks: int = Field(ge=1)
    ie_wideband: float = Field(ge=0, le=95)
    bpl_wideband: float = Field(gt=0)


class Bands(_Part):
    """All bands by name, and the way of measuring."""

    bands: Mapping[str, Band]
    measuring: Measuring

    def __getitem__(self, name: str) -> Band:
        return self.bands[name]


def load_bands(file: Path | None = None, section: Mapping[str, Any] | None = None) -> Bands:
    """The defaults, changed by a target's ``section``, changed by ``file``. Raises ``BenchError`` with its mend."""
    bands = _read(DEFAULTS)
    name = DEFAULTS.name
    for own, source in ((section, "the target's section [quality]"), (_read(file) if file else None, str(file))):
        if own is not None:
            bands, name = _over(bands, own, source), source
    measuring = bands.pop("measuring")
    try:
        return Bands.model_validate({"bands": bands, "measuring": measuring})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"] if part != "bands")
        message = first["msg"].removeprefix("Value error, ").rstrip(".")
        raise BenchError(f"{name} holds no bands: correct {place}: {message}.") from error


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BenchError(f"{file} holds no bands: make it readable as TOML ({error}).") from error


def _over(usual: Mapping[str, Any], own: Mapping[str, Any], name: str) -> dict[str, Any]:
    unknown = sorted(set(own) - set(usual))
    if unknown:
        raise BenchError(f"{name} names a band that there is not: {unknown[0]}. Known: {', '.join(sorted(usual))}.")
    wrong = [key for key, value in own.items() if not isinstance(value, Mapping)]
    if wrong:
        raise BenchError(f"{name} holds no bands: make {wrong[0]} a table.")
    return {key: {**_without_german(table, own.get(key, {})), **own.get(key, {})} for key, table in usual.items()}


def _without_german(table: Mapping[str, Any], own: Mapping[str, Any]) -> Mapping[str, Any]:
    """A source of one's own in one language must not stand beside the usual one in the other."""
    return {key: value for key, value in table.items() if key != "source_de" or "source" not in own}
