"""The results of many runs, added up as a table for docs/fuzzing.md."""

import json
from collections.abc import Iterable

from tests.fuzz.feed import Tally


def summary(lines: Iterable[str]) -> str:
    """Markdown: for each parser and engine what all its runs (lines of ``--results``) come to."""
    sums: dict[tuple[str, str], Tally] = {}
    for line in lines:
        run = Tally(**json.loads(line))
        whole = sums.setdefault((run.parser, run.engine), Tally(run.parser, run.engine))
        whole.inputs, whole.refused = whole.inputs + run.inputs, whole.refused + run.refused
        whole.seconds, whole.busy = whole.seconds + run.seconds, whole.busy + run.busy
        whole.longest, whole.peak = max(whole.longest, run.longest), max(whole.peak, run.peak)
        whole.found = sorted({*whole.found, *run.found})
    rows = [_row(tally) for _, tally in sorted(sums.items())]
    head = "| parser | engine | inputs | refused by name | a second of processor | longest input | memory | found |"
    return "\n".join([head, "|---|---|--:|--:|--:|--:|--:|--:|", *rows])


def _row(tally: Tally) -> str:
    rate = tally.inputs / tally.busy if tally.busy else 0
    share = tally.refused / tally.inputs if tally.inputs else 0
    return (
        f"| {tally.parser} | {tally.engine} | {tally.inputs:,} | {share:.0%} | {rate:,.0f} | "
        f"{1000 * tally.longest:.1f} ms | {tally.peak:.0f} MiB | {len(tally.found)} |"
    )
