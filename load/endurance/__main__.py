"""``python -m load.endurance``: a long call, and whether the memory of pages, workers and servers stays flat in it."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Error

from harness.model.errors import BenchError
from load.endurance.flatness import LEAST_MINUTES, Growth, holds, judge, sentence
from load.endurance.play import Played, play
from load.endurance.report import chart, table
from load.endurance.samples import FILE, Sample, read

ACCELERATED_SECONDS = 65.0
_ABOUT = """Two real Chromium pages hold a call without the bench's taps. In each minute both write into the form, the
chat and the captions and one mutes and unmutes; every 4th minute a connection is lost and resumed, every 6th the screen
is shared, every 10th a third person comes and goes, and each of it once in the first minutes. After each minute the
heaps of pages and workers (after a forced garbage collection) and the memory of the browsers and servers are measured;
growth is judged over 30 minutes."""
_END = """Exit code 0: memory stays flat. 1: it grows, or cannot be told to be flat, or the call ended early.
2: the call could not be started. DIR gets samples.jsonl, growth.txt and growth.svg."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Plays or judges a call and says what came out. Returns the exit code."""
    asked = _parser().parse_args(arguments)
    out: Path = asked.out
    try:
        if asked.judge:
            played = Played(read(out / FILE))
        else:
            out.mkdir(parents=True, exist_ok=True)
            played = play(out, asked.minutes, accelerated=asked.accelerated, seconds=asked.seconds, tell=_tell)
    except (BenchError, Error, OSError, ValueError) as error:
        print(f"The call could not be {'judged' if asked.judge else 'held'}: {error}", file=sys.stderr)
        return 2
    growths = judge(played.samples, accelerated=asked.accelerated)
    said = sentence(growths, _minutes(played.samples), accelerated=asked.accelerated, died=played.died)
    _write(out, played, growths, said)
    return 0 if holds(growths, played.died) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m load.endurance", description=_ABOUT, epilog=_END)
    parser.add_argument("--minutes", type=_enough, default=30, help="minutes of call (30)")
    parser.add_argument("--accelerated", action="store_true", help="one minute's doings right after the other's")
    parser.add_argument(
        "--seconds", type=float, default=ACCELERATED_SECONDS,
        help=f"an accelerated call may end after these, if it can be judged ({ACCELERATED_SECONDS:.0f})",
    )  # fmt: skip
    parser.add_argument("--judge", action="store_true", help="hold no call: judge the samples that DIR has")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where samples, table and chart go")
    return parser


def _enough(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < LEAST_MINUTES:
        raise argparse.ArgumentTypeError(
            f"a call must have at least {LEAST_MINUTES} minutes to be judged, not {text!r}"
        )
    return int(text)


def _minutes(samples: Sequence[Sample]) -> float:
    return samples[-1].minute if samples else 0.0


def _write(out: Path, played: Played, growths: Sequence[Growth], said: str) -> None:
    done = ", ".join(f"{times} {what}" for what, times in played.done.items())
    text = "\n".join(filter(None, [table(growths), done and f"Done in it: {done}.", said]))
    (out / "growth.txt").write_text(text + "\n", "utf-8")
    (out / "growth.svg").write_text(chart(played.samples, growths, said), "utf-8")
    print(text)


def _tell(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
