"""The files that a capacity run leaves in its folder: the result, and in each language its summary and its charts."""

from pathlib import Path

from load.capacity.charts.curve import capacity_chart
from load.capacity.charts.demand import demand_chart
from load.capacity.charts.drawing import Chart
from load.capacity.charts.regions import plan_chart
from load.capacity.result import CapacityResult
from load.capacity.summary import summary
from load.capacity.words import LANGUAGES, Language


def charts_of(result: CapacityResult, lang: Language) -> dict[str, Chart]:
    """The charts by name, in the order in which they are shown; that of the plan only where there is one."""
    charts = {"capacity-curve": capacity_chart(result, lang), "capacity-demand": demand_chart(result, lang)}
    if result.plan is not None:
        charts["capacity-plan"] = plan_chart(result.plan, lang)
    return charts


def leave(result: CapacityResult, folder: Path) -> list[Path]:
    """Writes ``capacity.json``, ``capacity.LANG.txt`` and ``NAME.LANG.svg`` into the folder and returns their paths."""
    written = [result.write(folder)]
    for lang in LANGUAGES:
        texts = {f"capacity.{lang}.txt": summary(result, lang) + "\n"}
        texts |= {f"{name}.{lang}.svg": chart.svg for name, chart in charts_of(result, lang).items()}
        for name, text in texts.items():
            path = folder / name
            path.write_text(text, "utf-8")
            written.append(path)
    return written
