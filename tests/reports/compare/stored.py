"""Judged run folders for tests, as far as a comparison reads them."""

import json
from collections.abc import Mapping
from pathlib import Path

from harness.model.outcome import Outcome


def store_run(folder: Path, *, pair: int, figures: Mapping[str, float], outcome: Outcome = Outcome.PASS) -> None:
    """A run whose check Q01 has these figures, and run.json as ``compare --play`` writes it (no turn for pair 0)."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "run.json").is_file():
        turn = {"turn": {"pair": pair, "side": "a", "kind": "calls"}} if pair else {}
        (folder / "run.json").write_text(json.dumps({"complete": True, "seconds": 30.0, **turn}))
    finding = {
        "outcome": outcome, "sentence": {"de": "Gemessen.", "en": "Measured."}, "records": ["r00001"],
        "figures": {name.partition(".")[2]: value for name, value in figures.items()},
    }  # fmt: skip
    said = {
        "format": "pruefstand-verdicts/1",
        "run": {"id": folder.name, "started": "2021-02-15T09:00:00Z", "target": "townhall"},
        "exit_code": 0,
        "verdicts": [{"check": "Q01", "name": "delay", "finding": finding}],
    }
    (folder / "verdicts.json").write_text(json.dumps(said))
