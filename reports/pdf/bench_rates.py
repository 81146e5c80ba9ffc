"""What was measured of the bench itself (docs/flaw-matrix.rates.json), as sentences and bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from harness.model.matrix import BLINDFOLDS
from harness.model.rate import Rate
from reports.matrix_rates import ENDING, Rates, Shares
from reports.text import Words

MEASURED = Path(__file__).parents[2] / "docs" / f"flaw-matrix{ENDING}"


@dataclass(frozen=True)
class Bar:
    """A share with its interval, all from 0 to 1."""

    label: str
    value: str
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class BenchRates:
    """Sentences, in order, and bars; without ``bars`` nothing was measured."""

    sentences: tuple[str, ...]
    bars: tuple[Bar, ...]


@cache
def measured(file: Path = MEASURED) -> Rates | None:
    """The measurements that this copy of the bench came with; nothing where they are missing or of another format."""
    try:
        return Rates.model_validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return None


def bench_rates(rates: Rates | None, checks: Sequence[str], words: Words) -> BenchRates:
    """What is said of these checks and of the whole."""
    if rates is None:
        return BenchRates((words("pdf.rate.none"),), ())
    found, alarms = rates.whole.detection.rate, rates.whole.alarms.rate
    tried = sum(check in rates.checks and rates.checks[check].of > 0 for check in checks)
    first, last = words.moment(rates.first), words.moment(rates.last)
    sentences = (
        words(
            "pdf.rate.whole", hits=found.hits, of=found.of, share=_percent(_share(found), words), **_ends(found, words)
        ),
        words("pdf.rate.alarms", hits=alarms.hits, of=alarms.of, high=_ends(alarms, words)["high"]),
        words("pdf.rate.when", first=first, last=last, code=words.short(", ".join(rates.code), 60)),
        words("pdf.rate.tried", n=len(checks), tried=tried),
    )
    named: dict[str, Shares] = {"all": rates.whole}
    named |= {name: rates.insights[name] for name in BLINDFOLDS if name in rates.insights}
    bars = (_bar(name, shares.detection.rate, words) for name, shares in named.items())
    return BenchRates(sentences, tuple(bars))


def _bar(name: str, rate: Rate, words: Words) -> Bar:
    low, high = rate.interval
    value = words("pdf.rate.value", hits=rate.hits, of=rate.of, share=_percent(_share(rate), words))
    return Bar(words.of("pdf.rate", name), value, _share(rate), low, high)


def _share(rate: Rate) -> float:
    return rate.hits / rate.of if rate.of else 0.0


def _ends(rate: Rate, words: Words) -> dict[str, str]:
    low, high = rate.interval
    return {"low": _percent(low, words), "high": _percent(high, words)}


def _percent(share: float, words: Words) -> str:
    return f"{words.number(100 * share)}\u00a0%"
