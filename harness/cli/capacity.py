"""``pruefstand capacity``: how many calls a municipality's server holds, as a number, a page and ``capacity.json``."""

import hashlib
import json
import time
from collections import Counter
from pathlib import Path
from typing import Literal

from harness.model.errors import RunStoreError
from harness.model.exit_code import ExitCode
from harness.run import host, versions
from harness.store import RunStore, read_run
from load.capacity.charts.drawing import Chart
from load.capacity.files import charts_of, leave
from load.capacity.headline import headline
from load.capacity.objectives import Objective
from load.capacity.result import FILE, CapacityResult, JudgedTrial, read_result
from load.capacity.summary import sentences
from load.capacity.words import Said, figure, percent
from load.measure.run import Wanted, conclude, measure
from reports.capacity_page import CapacityPage, Drawing, Table, write_capacity
from reports.ci.capacity import CapacityFacts, capacity_files
from reports.ci.write import write_texts

Lang = Literal["de", "en"]
PAGE = "capacity.html"
KIND = "capacity"  # in run.json, and in the name of the folder
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
    """Measures, reckons and writes; returns the result and its run folder. Raises ``BenchError``.

    The folder is made before minutes are spent on what could not be written; a run that is killed leaves it incomplete.
    """
    asked = {
        "kind": KIND, "target": wanted.hall.url if wanted.hall else "townhall", "lang": lang, "versions": versions(),
        "host": host(), "municipality": wanted.municipality.name, "people": wanted.people, "flaw": wanted.flaw,
    }  # fmt: skip
    store, began = RunStore.create(out, KIND, asked), time.monotonic()
    try:
        result = conclude(wanted, measure(wanted))
        leave(result, store.folder)
        write_capacity(page_of(result, lang), store.folder / PAGE)
        store.finish(
            capacity=result.capacity.model_dump(),
            bottleneck=result.bottleneck.kind,
            seconds=round(time.monotonic() - began, 1),
            sha256={FILE: _digest(store.folder)},
        )
        write_texts(store.folder, capacity_files(ci_facts(result, store.folder, lang)))
    finally:
        store.close()
    return result, store.folder


def stored(folder: Path, lang: Lang | None) -> tuple[CapacityResult, Lang] | None:
    """The result of a stored capacity run, its page written anew; None for a run of another kind.

    Raises ``BenchError`` for one that was not finished, or whose result is not the one that was measured.
    """
    info, _ = read_run(folder)
    if info.get("kind") != KIND:
        return None
    if not info.get("complete"):
        raise RunStoreError(f"The capacity run {folder} was not finished, and has no result: run it anew.")
    result, used = read_result(folder / FILE), lang or info["lang"]
    if _digest(folder) != info["sha256"][FILE]:
        raise RunStoreError(f"{folder / FILE} was changed after it was measured: the run is damaged.")
    write_capacity(page_of(result, used), folder / PAGE)
    write_texts(folder, capacity_files(ci_facts(result, folder, used)))
    return result, used


def ci_facts(result: CapacityResult, folder: Path, lang: Lang) -> CapacityFacts:
    """What CI servers are told of a result; the run's own facts come from its folder."""
    number, cost = result.capacity, result.cost
    return CapacityFacts(
        run=json.loads((folder / "run.json").read_text("utf-8")),
        lang=lang,
        code=exit_code(result),
        sentences=[each[lang] for each in sentences(result)],
        calls=number.calls,
        low=number.low,
        high=number.high,
        at_least=number.at_least,
        bottleneck=result.bottleneck.kind,
        trials=Counter(each.outcome for each in result.trials),
        municipalities=result.carried.municipalities,
        euros_an_appointment=cost.euros_an_appointment if cost else None,
    )


def _digest(folder: Path) -> str:
    return hashlib.sha256((folder / FILE).read_bytes()).hexdigest()


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
