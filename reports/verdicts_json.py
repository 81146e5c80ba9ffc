"""verdicts.json: the verdicts for machines, in both languages, written the same way for the same run, and read back."""

import json
import math
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from harness.model.errors import RunStoreError
from harness.model.exit_code import ExitCode
from harness.model.verdict import Verdict
from reports.inputs import ReportInput, RunInfo

SCHEMA = "pruefstand-verdicts/1"


class VerdictsFile(BaseModel):
    """The content of ``verdicts.json``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["pruefstand-verdicts/1"]
    run: RunInfo
    exit_code: ExitCode
    verdicts: tuple[Verdict, ...]


def render_verdicts(given: ReportInput) -> str:
    """The file's text: sorted keys, verdicts in the order given; figures that are no number (NaN) are left out."""
    content = {
        "format": SCHEMA,
        "run": given.info.model_dump(mode="json"),
        "exit_code": int(given.code),
        "verdicts": [_plain(verdict) for verdict in given.verdicts],
    }
    return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=True, allow_nan=False) + "\n"


def _plain(verdict: Verdict) -> dict[str, Any]:
    finite = {name: value for name, value in verdict.finding.figures.items() if math.isfinite(value)}
    finding = verdict.finding.model_copy(update={"figures": finite})
    return verdict.model_copy(update={"finding": finding}).model_dump(mode="json")


def read_verdicts(path: Path) -> VerdictsFile:
    """The verdicts of a file. Raises ``RunStoreError`` where it is missing, damaged or of another format."""
    try:
        return VerdictsFile.model_validate_json(path.read_bytes())
    except OSError as error:
        raise RunStoreError(f"{path} cannot be read: {error.strerror}. Run `./pruefstand judge` on the run.") from error
    except ValidationError as error:
        raise RunStoreError(f"{path} is damaged or of another format than {SCHEMA}. Judge the run again.") from error
