"""Inputs guided by coverage: libFuzzer through atheris, for one parser, in a process of its own.

``python -m tests.fuzz`` starts it. It writes its tally to standard output as the last line.
"""

import importlib
import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

# By name: atheris is installed by the environment ``fuzz`` alone, and knows no types.
atheris: Any = importlib.import_module("atheris")

with atheris.instrument_imports(include=["harness.wire"]):
    from tests.fuzz.feed import Tally, bear, note, peak_memory
    from tests.fuzz.parsers import PARSERS


def main(name: str, inputs: int, seconds: float, seed: int, folder: Path, corpus: str) -> None:
    """Feed until so many inputs or seconds are reached; then the process ends here, as libFuzzer would not let it.

    ``corpus`` is an empty folder, for the inputs that reached something new; whoever made it takes it away.
    """
    parser, tally = PARSERS[name], Tally(name, "atheris")
    began = told = time.monotonic()
    busy = time.process_time()

    def one(data: bytes) -> None:
        nonlocal told
        now = time.monotonic()
        before = time.thread_time()
        try:
            tally.refused += not bear(parser, data, weighed=tally.inputs % 16 == 0)
        except Exception as fault:  # noqa: BLE001 - whatever is not named is what we look for
            note(parser, data, fault, tally, folder)
        tally.longest = max(tally.longest, time.thread_time() - before)
        tally.inputs += 1
        if now - told > 10 or tally.inputs >= inputs or now - began > seconds:
            told = now
            tally.seconds, tally.busy, tally.peak = now - began, time.process_time() - busy, peak_memory()
            if tally.inputs >= inputs or now - began > seconds:
                print(json.dumps(asdict(tally)), flush=True)
                os._exit(0)
            print(f"  {tally}", file=sys.stderr, flush=True)

    for number, data in enumerate(parser.seeds):
        Path(corpus, str(number)).write_bytes(data)
    (folder / name).mkdir(parents=True, exist_ok=True)
    options = [f"-seed={seed + 1}", "-max_len=2048", "-timeout=30", "-rss_limit_mb=2048", "-verbosity=0"]
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={folder / name}/", corpus], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5]), sys.argv[6])
