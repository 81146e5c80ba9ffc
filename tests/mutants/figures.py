"""What became of mutants, counted by folder, with the rate and its 95 % interval (Wilson)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import sqrt
from typing import Any

_Z = 1.96  # 95 % of a normal distribution lie within so many deviations


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The interval in which the true share lies with 95 %, after Wilson (1927); the whole range for nothing at all."""
    if not of:
        return 0.0, 1.0
    share, square = hits / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    reach = _Z / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def table(told: Iterable[Mapping[str, Any]]) -> str:
    """A line a folder in Markdown. One that ran into a time limit was noticed; one that no test calls was not."""
    by_folder: dict[str, Counter[str]] = {}
    for said in told:
        parts = said["mutant"].split(".")
        folder = "/".join(parts[:-2][:2]) if parts[0] == "crypto_checks" else "harness/wire"
        by_folder.setdefault(folder, Counter())[said["outcome"]] += 1
    total = sum(by_folder.values(), Counter[str]())
    lines = [
        "| folder | mutants | killed | timeout | survived | no test | rate (95 % interval) |",
        "|---|" + "---:|" * 6,
    ]
    for folder, counts in [*sorted(by_folder.items()), ("**all**", total)]:
        of, noticed = counts.total(), counts["killed"] + counts["timeout"]
        low, high = wilson(noticed, of)
        rate = f"{100 * noticed / max(of, 1):.1f} % ({100 * low:.1f}-{100 * high:.1f})"
        kinds = " | ".join(str(counts[kind]) for kind in ("killed", "timeout", "survived", "no test"))
        lines.append(f"| {folder} | {of} | {kinds} | {rate} |")
    return "\n".join(lines)
