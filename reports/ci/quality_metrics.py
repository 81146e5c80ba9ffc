"""The figures of a quality run as metrics, one family a figure and unit, in Prometheus' base units."""

import re
from collections.abc import Mapping

from harness.model.outcome import Outcome
from harness.model.quality import QualityResult, Typical
from reports.ci.prometheus import Family

# the end of the metric's name, and what a value is multiplied with; scales without a unit keep their name
_UNITS = {
    "ms": ("seconds", 1e-3),
    "s": ("seconds", 1.0),
    "share": ("ratio", 1.0),
    "1/s": ("per_second", 1.0),
    "kbit/s": ("bytes_per_second", 125.0),
}


def quality_families(result: QualityResult, same: Mapping[str, str]) -> list[Family]:
    """Median and 95 % interval a network and figure, and the worst outcome; ``same`` are the labels of all samples."""
    calls = Family("pruefstand_quality_calls", "Calls that were held over a network.")
    worst = Family(
        "pruefstand_quality_outcome", "1 for the worst outcome of a figure over a network, 0 for the others."
    )
    names = {figure.id: figure.name for figure in result.figures}
    figures: dict[str, Family] = {}
    for network in result.networks:
        over = {**same, "network": network.network}
        calls.add(len(network.calls), over)
        for typical in network.figures:
            name = names.get(typical.figure, typical.figure)
            _values(figures, typical, name, result, over)
            for outcome in Outcome:
                labels = {**over, "figure": typical.figure, "name": name, "outcome": outcome.value}
                worst.add(float(typical.outcome is outcome), labels)
    return [calls, worst, *(figures[name] for name in sorted(figures))]


def _values(
    figures: dict[str, Family], typical: Typical, name: str, result: QualityResult, over: Mapping[str, str]
) -> None:
    """What was not measured has no sample: an absent series can be alerted on, a made-up value cannot."""
    limits = result.bands.get(typical.band)
    if limits is None:
        return
    unit, times = _UNITS.get(limits.unit, (_snake(limits.unit), 1.0))
    metric = "_".join(part for part in ("pruefstand_quality", _snake(name), unit) if part)
    family = figures.setdefault(metric, Family(metric, f"Figure of call quality over repeated calls: {name}."))
    for statistic, value in (("median", typical.median), ("low", typical.low), ("high", typical.high)):
        if value is not None:
            labels = {**over, "figure": typical.figure, "band": typical.band, "statistic": statistic}
            family.add(round(value * times, 9), labels)


def _snake(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
