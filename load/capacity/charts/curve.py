"""The capacity curve: how far each objective's limit is used up as calls are added, every trial, and the knee."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from load.capacity.charts.drawing import Chart, draw
from load.capacity.charts.scale import Scale, polyline, ticks
from load.capacity.headline import headline
from load.capacity.objectives import Objectives
from load.capacity.result import CapacityResult, JudgedTrial
from load.capacity.trial import Trial
from load.capacity.words import Language, figure, listed, number, percent

_WIDTH, _LEFT, _RIGHT, _TOP, _BOTTOM = 860, 64, 836, 92, 352
_MOST = 2.0  # of a limit: what uses it more is drawn at the upper end
_STYLES = ("one", "two", "three", "four")
_ROW = 24  # of the legend


@dataclass(frozen=True, slots=True)
class Line:
    """An objective's line: median use of its limit at each number of calls."""

    style: str
    points: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A trial, drawn where its worst figure lies."""

    x: float
    y: float
    outcome: str


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of the legend."""

    style: str
    text: str
    x: float
    y: float


def capacity_chart(result: CapacityResult, lang: Language) -> Chart:
    """The curve of a search."""
    german, capacity = lang == "de", result.capacity
    judged = [each for each in result.trials if each.trial.calls > 0]
    most = max([each.trial.calls for each in judged] + [capacity.high or 0, capacity.calls, 1]) * 1.04
    across, up = Scale(0, most, _LEFT, _RIGHT), Scale(0, _MOST, _BOTTOM, _TOP)
    shown = _tightest(judged, result.objectives)
    legend = _legend(shown, result.objectives, {each.outcome for each in judged}, lang)
    end = capacity.high or capacity.calls
    knee = across(capacity.calls)
    beyond = capacity.at_least and capacity.end in ("generator", "unmeasured")
    title = (
        "Kapazität: wie viele Gespräche der Server zugleich hält"
        if german
        else ("Capacity: how many calls the server holds at once")
    )
    return draw(
        "capacity.svg.j2", title, _words(result, shown, lang), lang, _WIDTH, _BOTTOM + 62 + _ROW * _rows(legend),
        across=f"{_LEFT} {_RIGHT} 0 {most:g}", kind="n", subtitle=_subtitle(result, lang),
        left=_LEFT, right=_RIGHT, top=_TOP, bottom=_BOTTOM,
        rows=[(up(each), percent(each, lang)) for each in (0, 0.5, 1, 1.5, 2)],
        columns=[(across(each), number(each, lang)) for each in ticks(0, most, 8) if each == int(each)],
        limit=up(1.0), limit_text="Grenze der Ziele (100\u00a0%)" if german else "limit of the objectives (100\u00a0%)",
        band=None if capacity.at_least or not end else _band(across(capacity.low), across(end)),
        untested=(knee, _RIGHT - knee) if beyond else None,
        lines=[Line(_STYLES[index], polyline((across(x), up(y)) for x, y in _uses(judged, name, result.objectives)))
               for index, name in enumerate(shown)],
        marks=[Mark(across(each.trial.calls), up(_worst(each.trial, result.objectives)), each.outcome)
               for each in judged],
        knee=knee, knee_text=_knee(result, lang),
        knee_text_x=knee, knee_anchor="start" if knee < 200 else "end" if knee > _RIGHT - 120 else "middle",
        x_title="Gespräche zugleich" if german else "calls at once",
        legend=legend,
    )  # fmt: skip


def _band(begin: float, end: float) -> tuple[float, float]:
    """Where a band begins and how wide it is: wide enough to be seen."""
    return begin, max(1.0, round(end - begin, 1))


def _worst(trial: Trial, objectives: Objectives) -> float:
    return max((use for name in objectives.figures if (use := _use(trial, name, objectives)) is not None), default=0.0)


def _use(trial: Trial, name: str, objectives: Objectives) -> float | None:
    value = trial.figures.get(name)
    return None if value is None else objectives.figures[name].use(value)


def _uses(judged: Iterable[JudgedTrial], name: str, objectives: Objectives) -> list[tuple[int, float]]:
    """The median use of a limit at each number of calls; trials that could not be judged say nothing of the server."""
    levels: dict[int, list[float]] = {}
    for each in judged:
        use = _use(each.trial, name, objectives)
        if use is not None and each.outcome != "void":
            levels.setdefault(each.trial.calls, []).append(use)
    return [(calls, median(uses)) for calls, uses in sorted(levels.items())]


def _tightest(judged: list[JudgedTrial], objectives: Objectives) -> list[str]:
    """The four objectives whose limits were used up most, the tightest first."""
    most = {name: max((use for _, use in _uses(judged, name, objectives)), default=0.0) for name in objectives.figures}
    known = [name for name in most if _uses(judged, name, objectives)]
    return sorted(known, key=lambda name: -most[name])[: len(_STYLES)]


def _legend(shown: list[str], objectives: Objectives, outcomes: set[str], lang: Language) -> list[Key]:
    entries = [(style, _limit(name, objectives, lang)) for style, name in zip(_STYLES, shown, strict=False)]
    trials = {
        "holds": ("holds", "Versuch: alle Ziele gehalten" if lang == "de" else "trial: all objectives held"),
        "breaks": ("breaks", "Versuch: ein Ziel brach" if lang == "de" else "trial: an objective broke"),
        "void": ("unjudged", "Versuch nicht zu beurteilen" if lang == "de" else "trial that cannot be judged"),
    }
    entries += [trials[outcome] for outcome in trials if outcome in outcomes]
    half = (_RIGHT - _LEFT) / 2 + 90
    # Objectives have long names: they stand on the left, the trials on the right.
    keys, left, right = [], 0, 0
    for style, text in entries:
        if style in _STYLES:
            keys.append(Key(style, text, _LEFT, _BOTTOM + 72 + _ROW * left))
            left += 1
        else:
            keys.append(Key(style, text, _LEFT + half, _BOTTOM + 72 + _ROW * right))
            right += 1
    return keys


def _rows(legend: list[Key]) -> int:
    return len({key.y for key in legend})


def _limit(name: str, objectives: Objectives, lang: Language) -> str:
    objective = objectives.figures[name]
    bound = "≤" if objective.at_most is not None else "≥"
    text = objective.de if lang == "de" else objective.en
    return f"{text} ({bound} {figure(objective.limit, objective.unit, lang)})"


def _knee(result: CapacityResult, lang: Language) -> str:
    capacity = result.capacity
    if capacity.at_least:
        return f"{'mindestens' if lang == 'de' else 'at least'} {number(capacity.calls, lang)}"
    if capacity.high is None or capacity.calls == 0:
        return number(capacity.calls, lang)
    return f"{number(capacity.calls, lang)} ({number(capacity.low, lang)}–{number(capacity.high, lang)})"


def _subtitle(result: CapacityResult, lang: Language) -> str:
    said = "Wie weit jede Messgröße ihre Grenze ausschöpft" if lang == "de" else "How far each figure uses up its limit"
    if not result.capacity.at_least:
        band = "blau hinterlegt: 95\u00a0% Sicherheit" if lang == "de" else "shaded in blue: 95\u00a0% confidence"
        return f"{said}; {band}"
    grey = "grau: nicht zu prüfen" if lang == "de" else "grey: could not be tested"
    return f"{said}; {grey}" if result.capacity.end != "most" else said


def _words(result: CapacityResult, shown: list[str], lang: Language) -> str:
    counts = Counter(each.outcome for each in result.trials)
    names = listed([_limit(name, result.objectives, lang) for name in shown], lang)
    if lang == "de":
        tried = (
            f"{len(result.trials)} Versuche: {counts['holds']} hielten alle Ziele, in {counts['breaks']} brach eines,"
            f" {counts['void']} waren nicht zu beurteilen. Am weitesten ausgeschöpft: {names}."
        )
    else:
        tried = (
            f"{len(result.trials)} trials: {counts['holds']} held all objectives, in {counts['breaks']} one broke,"
            f" {counts['void']} could not be judged. Used up most: {names}."
        )
    return f"{headline(result)[lang]} {tried}"
