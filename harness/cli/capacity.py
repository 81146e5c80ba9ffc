"""``pruefstand capacity``: how many calls a municipality's server holds, as a number, a page and ``capacity.json``."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from harness.model.errors import RunStoreError
from harness.model.exit_code import ExitCode
from load.capacity.charts.drawing import Chart
from load.capacity.files import charts_of, leave
from load.capacity.headline import headline
from load.capacity.objectives import Objective
from load.capacity.result import CapacityResult, JudgedTrial
from load.capacity.summary import sentences
from load.capacity.words import Said, figure, percent
from load.measure.run import Wanted, conclude, measure
from reports.capacity_page import CapacityPage, Drawing, Table, write_capacity

Lang = Literal["de", "en"]
PAGE = "capacity.html"
_TITLE = Said(de="Wie viele Gespräche zugleich", en="How many calls at once")
_FACTS = {
    "municipality": Said(de="Gemeinde", en="municipality"),
    "trials": Said(de="Messungen", en="trials"),
    "target": Said(de="Anteil der Gespräche ohne Platz, höchstens", en="calls that find no room, at most"),
}
_TRIALS = Said(de="Alle Messungen", en="All trials")
_LEAD = Said(
    de="In der Reihenfolge, in der gemessen wurde. Ungültig ist eine Messung, in der der Lastgenerator nicht taugte "
    "oder ein Wert fehlte.",
    en="In the order in which they were measured. A trial is void when the load generator was not fit, or a figure is "
    "missing.",
)
_COLUMNS = (
    Said(de="Gespräche", en="calls"),
    Said(de="Urteil", en="outcome"),
    Said(de="Prozessor des Servers", en="server's processor"),
    Said(de="Verspätung des Generators", en="generator's lateness"),
)
_OUTCOMES = {
    "holds": Said(de="hält", en="holds"),
    "breaks": Said(de="bricht", en="breaks"),
    "void": Said(de="ungültig", en="void"),
}


def run_capacity(wanted: Wanted, out: Path, lang: Lang) -> tuple[CapacityResult, Path]:
    """Measures, reckons and writes; returns the result and its folder. Raises ``BenchError``."""
    folder = out / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-capacity"
    try:
        folder.mkdir(parents=True)  # before minutes are spent on what could not be written
    except OSError as error:
        raise RunStoreError(f"{folder} cannot be made ({error.strerror}): name another folder with --out.") from error
    result = conclude(wanted, measure(wanted))
    leave(result, folder)
    write_capacity(page_of(result, lang), folder / PAGE)
    return result, folder


def exit_code(result: CapacityResult) -> ExitCode:
    """0: a number, or all that was to be tried holds; 1: not one call holds; 3: the bench could not go far enough."""
    if result.capacity.end == "none":
        return ExitCode.FAILED
    return ExitCode.INCONCLUSIVE if result.capacity.end in ("generator", "unmeasured") else ExitCode.OK


def page_of(result: CapacityResult, lang: Lang) -> CapacityPage:
    """The page of a result."""
    said = [each[lang] for each in sentences(result)]
    return CapacityPage(
        lang=lang,
        title=_TITLE[lang],
        headline=headline(result)[lang],
        sentences=[each for each in said if each != headline(result)[lang]],
        facts=[
            (_FACTS["municipality"][lang], result.demand.municipality),
            (_FACTS["trials"][lang], str(len(result.trials))),
            (_FACTS["target"][lang], percent(result.target, lang)),
        ],
        drawings=[_drawing(chart) for chart in charts_of(result, lang).values()],
        tables=[_trials(result, lang)],
    )


def _drawing(chart: Chart) -> Drawing:
    return Drawing(chart.title, chart.alternative, chart.svg)


def _trials(result: CapacityResult, lang: Lang) -> Table:
    objectives = result.objectives.figures
    names = [objective.de if lang == "de" else objective.en for objective in objectives.values()]
    columns = [*(each[lang] for each in _COLUMNS), *names]
    return Table(_TRIALS[lang], _LEAD[lang], columns, [_row(each, objectives, lang) for each in result.trials])


def _row(judged: JudgedTrial, objectives: dict[str, Objective], lang: Lang) -> list[str]:
    trial = judged.trial
    calls = str(trial.asked) if trial.calls == trial.asked else f"{trial.calls} / {trial.asked}"
    cpu = percent(trial.server.cpu, lang) if trial.server.cpu is not None else "–"
    cells = [calls, _OUTCOMES[judged.outcome][lang], cpu, figure(trial.generator.lateness_p95_ms, "ms", lang)]
    for name, objective in objectives.items():
        value = trial.figures.get(name)
        text = "–" if value is None else figure(value, objective.unit, lang)
        cells.append(f"{text} ✗" if name in judged.broken else text)
    return cells
