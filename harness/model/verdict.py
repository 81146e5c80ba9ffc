"""What a judge answers, and what a run keeps of it."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field, model_validator

from harness.model.outcome import Outcome
from harness.model.sentence import Sentence


class Finding(BaseModel):
    """A judge's answer: the outcome, one evidence sentence, the records it rests on, and figures for charts.

    Raises ``ValueError`` when ``pass``, ``weak`` or ``fail`` cite no record: there is no verdict without evidence.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    outcome: Outcome
    sentence: Sentence
    records: tuple[str, ...] = ()
    figures: Mapping[str, float] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _cites_evidence(self) -> "Finding":
        decided = self.outcome in (Outcome.PASS, Outcome.WEAK, Outcome.FAIL)
        if decided and not self.records:
            raise ValueError(f"a finding of {self.outcome} must cite the records it rests on")
        return self


class Verdict(BaseModel):
    """A finding bound to its check. ``bench_error`` is set when our own judge broke: never the target's failure."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    check: str
    name: str
    finding: Finding
    bench_error: str = ""

    @property
    def outcome(self) -> Outcome:
        """The finding's outcome."""
        return self.finding.outcome
