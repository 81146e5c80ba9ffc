"""What a report is made from: the facts of the run, the verdicts, the catalogue and the evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from harness.model.check import Check
from harness.model.errors import RunStoreError
from harness.model.evidence import Evidence
from harness.model.exit_code import ExitCode, exit_code
from harness.model.observations import ScenarioResult
from harness.model.verdict import Verdict

Lang = Literal["de", "en"]


class RunInfo(BaseModel):
    """The facts of a run that a report states. ``started`` is kept in UTC, ``seconds`` is the wall time of the run.

    ``complete`` is false for a run that was killed; ``flaw`` names a seeded defect the target was started with.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)

    id: str
    started: datetime
    target: str
    browser: str = ""
    versions: Mapping[str, str] = Field(default_factory=dict)
    seed: str = ""
    complete: bool = True
    seconds: float = 0.0
    flaw: str = ""

    @field_validator("flaw", "browser", "seed", mode="before")
    @classmethod
    def _nothing_is_empty(cls, value: object) -> object:
        return "" if value is None else value

    @field_validator("started")
    @classmethod
    def _in_utc(cls, value: datetime) -> datetime:
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    @classmethod
    def read(cls, run: Mapping[str, Any]) -> "RunInfo":
        """The facts out of ``run.json``. Raises ``RunStoreError`` naming the fields that are missing or wrong."""
        try:
            return cls.model_validate(dict(run))
        except ValidationError as error:
            fields = ", ".join(sorted({".".join(map(str, item["loc"])) for item in error.errors()}))
            raise RunStoreError(f"run.json cannot be reported on: missing or wrong: {fields}") from error


@dataclass(frozen=True)
class ReportInput:
    """All that a report is made from; the same input gives the same bytes.

    ``run`` holds id, started, target, browser, versions, seed, complete, seconds and optionally flaw (see ``RunInfo``);
    ``checks`` is the catalogue (checks without a verdict are reported as not run); ``exit_code`` is what the command
    will return, worked out from the verdicts and scenarios where it is not given.
    """

    run: Mapping[str, Any]
    verdicts: Sequence[Verdict]
    checks: Sequence[Check]
    evidence: Evidence
    lang: Lang = "de"
    exit_code: ExitCode | None = field(default=None)

    @cached_property
    def info(self) -> RunInfo:
        """The facts of the run, validated."""
        return RunInfo.read(self.run)

    @cached_property
    def scenarios(self) -> list[ScenarioResult]:
        """The stories that were played, in the order they were recorded."""
        return [found.seen for found in self.evidence.of(ScenarioResult)]

    @cached_property
    def code(self) -> ExitCode:
        """The exit code this report speaks for."""
        if self.exit_code is not None:
            return self.exit_code
        failed = sum(1 for scenario in self.scenarios if scenario.outcome == "failed")
        code = exit_code(self.verdicts, scenarios_failed=failed, complete=self.info.complete)
        broken = any(scenario.outcome == "error" for scenario in self.scenarios)
        return ExitCode.BENCH if broken and code in (ExitCode.OK, ExitCode.INCONCLUSIVE) else code
