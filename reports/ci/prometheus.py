"""Prometheus' text format (0.0.4), as node-exporter's textfile collector and a push gateway read it.

https://prometheus.io/docs/instrumenting/exposition_formats. There are no time stamps: node-exporter refuses them.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from reports.text import clean

LONGEST = 120  # characters of a label's value
_NAME = re.compile(r"[a-z][a-z0-9_]*[a-z0-9]")
_LABEL = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(slots=True)
class Family:
    """A gauge with its samples. ``name`` ends with its base unit; ``says`` is English and the same in every run.

    Raises ``ValueError`` for a name that Prometheus would refuse.
    """

    name: str
    says: str
    samples: list[tuple[dict[str, str], float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} is no name of a metric")

    def add(self, amount: float, labels: Mapping[str, str]) -> "Family":
        """One more sample. Raises ``ValueError`` for a label's name that Prometheus would refuse."""
        wrong = [name for name in labels if not _LABEL.fullmatch(name) or name.startswith("__")]
        if wrong:
            raise ValueError(f"{wrong[0]!r} is no name of a label")
        self.samples.append((dict(labels), amount))
        return self


def render(families: Iterable[Family]) -> str:
    """The text. A family without samples is left out; of samples with the same labels the first is kept."""
    return "".join(f"{line}\n" for family in families if family.samples for line in _family(family))


def _family(family: Family) -> Iterator[str]:
    yield f"# HELP {family.name} {_help(family.says)}"
    yield f"# TYPE {family.name} gauge"
    seen: set[str] = set()
    for labels, amount in family.samples:
        told = ",".join(f'{name}="{label(text)}"' for name, text in labels.items())
        series = f"{family.name}{{{told}}}" if told else family.name
        if series not in seen:  # one that comes twice makes node-exporter drop the whole file
            seen.add(series)
            yield f"{series} {number(amount)}"


def label(text: str) -> str:
    """A label's value between its quotes: one line, cut, with backslash and quote escaped."""
    return clean(text)[:LONGEST].replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _help(text: str) -> str:
    return clean(text).replace("\\", "\\\\")


def number(amount: float) -> str:
    """A value as Go reads it."""
    if math.isnan(amount):
        return "NaN"
    if math.isinf(amount):
        return "+Inf" if amount > 0 else "-Inf"
    return str(int(amount)) if amount == int(amount) and abs(amount) < 1e15 else repr(float(amount))
