"""The quality of a run's calls, reckoned from its evidence; now, or years later."""

from collections.abc import Mapping
from typing import Any

from harness.model.evidence import Evidence
from harness.model.quality import QualityResult
from quality_checks.bands import Bands
from quality_checks.result import result_of


def quality_of(info: Mapping[str, Any], evidence: Evidence, bands: Bands) -> QualityResult:
    """What page, figures and metrics of the run are made from, by these limits."""
    return result_of(evidence, bands, str(info.get("id", "")), str(info.get("target", "")))
