"""What a capacity run leaves for CI: its number as metrics, badge, summary and one annotation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from harness.model.exit_code import ExitCode
from reports.ci.badge import render_badge
from reports.ci.github import Level, command
from reports.ci.metrics import common, run_families
from reports.ci.prometheus import Family, render
from reports.ci.state import State, Tone
from reports.ci.summary import inert
from reports.inputs import Lang, RunInfo
from reports.text import Words

_TONES: dict[ExitCode, tuple[Tone, Level]] = {
    ExitCode.OK: ("passed", "notice"), ExitCode.FAILED: ("failed", "error"),
    ExitCode.BENCH: ("bench", "error"), ExitCode.INCONCLUSIVE: ("inconclusive", "warning"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CapacityFacts:
    """``run`` is what run.json holds; ``high`` is None where the number is a lower bound (``at_least``).

    ``trials`` counts them by outcome, ``bottleneck`` is the word for what gave out, ``sentences`` are in ``lang``.
    """

    run: Mapping[str, Any]
    lang: Lang
    code: ExitCode
    sentences: Sequence[str]
    calls: int
    low: int
    high: int | None
    at_least: bool
    bottleneck: str
    trials: Mapping[str, int] = field(default_factory=dict)
    municipalities: int | None = None
    euros_an_appointment: float | None = None


def capacity_files(facts: CapacityFacts) -> dict[str, str]:
    """The texts of the files by their names; the same facts give the same bytes."""
    return {
        "summary.md": render_summary(facts),
        "badge.svg": render_badge(state_of(facts), facts.lang),
        "metrics.prom": render_metrics(facts),
    }


def state_of(facts: CapacityFacts) -> State:
    """The number, with "at least" where it is a lower bound."""
    words = Words(facts.lang)
    key = "none" if facts.code is ExitCode.FAILED else "at_least" if facts.at_least else "number"
    said = words(f"ci.capacity.{key}", n=words.number(facts.calls))
    return State(_TONES[facts.code][0], words("ci.label.capacity"), said)


def annotations(facts: CapacityFacts) -> list[str]:
    """One line: the number, and what was said first."""
    state, words = state_of(facts), Words(facts.lang)
    said = words.short(" ".join(facts.sentences[:2]))
    return [command(_TONES[facts.code][1], f"{state.label}: {state.said}", said)]


def render_summary(facts: CapacityFacts) -> str:
    """The sentences of the run in Markdown."""
    words, state, info = Words(facts.lang), state_of(facts), RunInfo.read(facts.run)
    run = words("ci.run.brief", run=words.short(info.id, 120), moment=words.moment(info.started))
    paragraphs = [inert(words.short(each)) for each in facts.sentences]
    lines = [f"## {inert(f'{state.label}: {state.said}')}", *paragraphs, inert(run)]
    return "\n\n".join(lines) + "\n"


def render_metrics(facts: CapacityFacts) -> str:
    """The text for Prometheus."""
    info = RunInfo.read(facts.run)
    same = common(info, "capacity")
    number = {
        "calls": ("Calls at once that the server held: the number of the run.", facts.calls),
        "low_calls": ("Lower end of the number's 95 % interval.", facts.low),
        "high_calls": ("Upper end of the number's 95 % interval; absent for a lower bound.", facts.high),
        "is_lower_bound": ("1 where the server's own end was not reached.", float(facts.at_least)),
        "municipalities": (
            "Municipalities like the one asked for that the server is enough for.",
            facts.municipalities,
        ),
        "appointment_cost_euros": ("What an appointment costs on a server of its own.", facts.euros_an_appointment),
    }
    families = run_families(info, "capacity", facts.code, seconds=info.seconds or None)
    for name, (says, value) in number.items():
        if value is not None:
            families.append(Family(f"pruefstand_capacity_{name}", says).add(value, same))
    gave_out = Family("pruefstand_capacity_bottleneck_info", "What gave out, as a label; always 1.")
    trials = Family("pruefstand_capacity_trials", "Trials by outcome.")
    for outcome, count in sorted(facts.trials.items()):
        trials.add(count, {**same, "outcome": outcome})
    return render([*families, gave_out.add(1, {**same, "bottleneck": facts.bottleneck}), trials])
