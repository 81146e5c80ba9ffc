"""What was measured: one sample a minute of the call, kept line by line, so that a run that dies leaves its own."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

FILE = "samples.jsonl"


@dataclass(frozen=True, slots=True)
class Sample:
    """``minute`` is that of the call (an accelerated call has its minutes sooner), ``seconds`` are real ones.

    ``values`` are by series, ``<kind>/<whose>``: counts for ``nodes``, ``listeners`` and ``frames``, else bytes.
    """

    minute: float
    seconds: float
    values: Mapping[str, float]


def append(file: Path, sample: Sample) -> None:
    """Writes a sample behind the others."""
    with file.open("a", encoding="utf-8") as out:
        out.write(
            json.dumps({"minute": sample.minute, "seconds": sample.seconds, "values": dict(sample.values)}) + "\n"
        )


def read(file: Path) -> list[Sample]:
    """The samples of a run, in their order. Raises ``ValueError`` where a line is none."""
    return [_sample(line) for line in file.read_text("utf-8").splitlines()]


def series(samples: Iterable[Sample], name: str) -> list[tuple[float, float]]:
    """The points (minute, value) of one series; samples that could not see it are left out."""
    return [(sample.minute, sample.values[name]) for sample in samples if name in sample.values]


def names(samples: Iterable[Sample]) -> list[str]:
    """All series, in the order in which they first came."""
    return list(dict.fromkeys(name for sample in samples for name in sample.values))


def _sample(line: str) -> Sample:
    read_line = json.loads(line)
    try:
        values = {str(name): float(value) for name, value in read_line["values"].items()}
        return Sample(float(read_line["minute"]), float(read_line["seconds"]), MappingProxyType(values))
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"A line of the samples is none: {line[:80]!r}") from error
