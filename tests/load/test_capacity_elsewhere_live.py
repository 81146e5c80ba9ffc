"""A town hall that was started by somebody else: its calls are counted, and what it used is not made up."""

from pathlib import Path

import pytest

from harness.cli.capacity import run_capacity
from load.capacity.objectives import load_objectives, without
from load.capacity.summary import summary
from tests.load.serving import serving
from tests.load.test_capacity_live import wanted

pytestmark = pytest.mark.live


def test_its_calls_are_counted_and_what_gave_out_is_not_guessed(tmp_path: Path) -> None:
    with serving(tmp_path / "theirs", 3, "--port", "0") as hall:
        objectives = without(load_objectives(), "probe")
        asked = wanted(hall=hall, probe=False, people=True, compare=True, objectives=objectives)
        result, folder = run_capacity(asked, tmp_path, "en")
    trial = result.trials[0].trial
    assert (trial.asked, trial.calls, trial.figures["joined"]) == (2, 2, 1.0)
    assert trial.figures["loss"] is not None
    assert trial.figures["loss"] < 0.01, "cameras that are off and silence are no loss"
    assert (trial.server.cpu, trial.usage, result.cost, result.server_cores) == (None, None, None, None)
    assert result.bottleneck.kind in ("none", "unclear", "generator", "unmeasured")
    assert "Somebody else runs the server: what it has and uses could not be seen" in summary(result, "en")
    assert hall.password not in (folder / "capacity.json").read_text("utf-8")
