"""The result: what is said at the end of a capacity run, and what is stored."""

import json
from functools import cache
from pathlib import Path

import pytest

from load.capacity.cost import CallHour, load_prices
from load.capacity.files import charts_of, leave
from load.capacity.headline import headline
from load.capacity.objectives import load_objectives
from load.capacity.result import CapacityResult, Cost, make_result, read_result
from load.capacity.search import Found, search
from load.capacity.summary import sentences, summary
from load.capacity.trial import Trial
from load.capacity.words import LANGUAGES
from load.errors import LoadError
from load.municipality.calendar import load_municipality
from load.municipality.demand import WeekDemand, week_demand
from tests.load.plans import example_plan
from tests.load.servers import SimulatedServer, as_measure

OBJECTIVES = load_objectives()
WINTERBACH = load_municipality("winterbach")
USED = CallHour(cpu_seconds=90.0, memory_mib=2.5, sent_bytes=0.5e9, received_bytes=0.5e9)


@cache
def week() -> WeekDemand:
    return week_demand(WINTERBACH, 1)


def of(server: SimulatedServer) -> Found:
    return search(as_measure(server), OBJECTIVES)


@cache
def result() -> CapacityResult:
    cost = Cost(prices=load_prices(), used=USED, euros_an_appointment=0.36)
    return make_result(of(SimulatedServer(131, 0.05, 3)), OBJECTIVES, week(), cost=cost, plan=example_plan())


def test_the_headline_says_number_interval_bottleneck_and_winterbachs() -> None:
    said = headline(result())
    capacity = result().capacity
    assert said.en == (
        f"This server holds {capacity.calls} calls at once (with 95\u00a0% confidence {capacity.low} to"
        f" {capacity.high}); then the server's processor gives out. That is enough for"
        f" {result().carried.municipalities} municipalities like Winterbach, carefully reckoned."
    )
    assert said.de.startswith(f"Dieser Server hält {capacity.calls} Gespräche zugleich (mit 95\u00a0% Sicherheit ")
    assert said.de.endswith(f"vorsichtig gerechnet für {result().carried.municipalities} Gemeinden wie Winterbach.")


def test_the_generators_end_is_never_a_number_of_the_servers() -> None:
    short = make_result(of(SimulatedServer(400, generator=100)), OBJECTIVES, week())
    assert short.capacity.high is None
    assert headline(short).en.startswith(f"This server holds at least {short.capacity.calls} calls at once; more could")
    assert headline(short).de.startswith(f"Dieser Server hält mindestens {short.capacity.calls} Gespräche zugleich; ")
    assert "95" not in headline(short).en


def test_a_server_that_holds_nothing_says_so() -> None:
    none = make_result(of(SimulatedServer(0.2)), OBJECTIVES, week())
    assert headline(none).en == "This server does not hold a single call within the objectives."
    one = make_result(of(SimulatedServer(1.0)), OBJECTIVES, week())
    assert "holds 1 call at once" in headline(one).en


def test_a_generator_that_never_was_fit_says_nothing_of_the_server() -> None:
    unfit = make_result(of(SimulatedServer(400, generator=0.5)), OBJECTIVES, week())
    assert (unfit.capacity.calls, unfit.capacity.end) == (0, "generator")
    assert headline(unfit).en == (
        "Nothing can be said of this server: more could not be tested because the load generator was at its end."
    )
    assert headline(unfit).de.startswith("Über diesen Server lässt sich nichts sagen: ")


def test_a_worker_that_died_is_said() -> None:
    class Loses(SimulatedServer):
        def __call__(self, calls: int, /) -> Trial:
            trial = super().__call__(calls)
            if len(self.asked) != 4:
                return trial
            health = trial.generator.model_copy(update={"lost_workers": 1})
            return trial.model_copy(update={"generator": health, "calls": calls - 3})

    said = make_result(of(Loses(90)), OBJECTIVES, week())
    assert said.lost_workers == 1
    assert said.capacity.calls == pytest.approx(90, rel=0.1)
    assert "1 worker of the load generator died in the run: the calls that ended with that" in summary(said, "en")
    assert "1 Helfer des Lastgenerators fiel im Lauf aus" in summary(said, "de")


def test_the_summary_has_the_same_subjects_in_both_languages() -> None:
    german, english = (summary(result(), lang).splitlines() for lang in LANGUAGES)
    assert len(german) == len(english) == len(sentences(result())) == 6
    assert "Winterbach mit 7\u202f686 Einwohnern" in german[2]
    assert "the busiest hour begins on Wednesday at 1" in english[2]
    assert english[2].endswith(
        "It needs 2 calls at once (simulation; by Erlang B 6, by Erlang C 6: the formulae do not know that there are"
        " only 2 clerks)."
    )
    carried = result().carried
    assert english[3].endswith(f"were enough for {carried.staggered} instead of {carried.municipalities}.")
    assert german[3].startswith("Begännen die Termine eines Drittels der Gemeinden 10 und eines weiteren 20 Minuten")
    assert english[4].endswith("On a server of its own an appointment costs €0.36 (at assumed prices).")
    assert "Alle 1\u202f101 Gemeinden in Baden-Württemberg brauchen" in german[5]
    assert "(1\u202f091 municipalities are drawn by lot" in english[5]


def test_a_result_is_stored_and_read_again(tmp_path: Path) -> None:
    path = result().write(tmp_path)
    assert path.name == "capacity.json"
    assert read_result(path) == result()
    stored = json.loads(path.read_text("utf-8"))
    assert (stored["format"], stored["version"]) == ("pruefstand-capacity", 1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": 2}, "capacity.json is of version 2, this bench reads 1: use the bench that wrote it."),
        ({"target": "often"}, "capacity.json is no result of a capacity run (target: Input should be a valid number"),
    ],
)
def test_a_result_of_another_kind_is_refused_with_its_mend(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    path = result().write(tmp_path)
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | change))
    with pytest.raises(LoadError) as caught:
        read_result(path)
    assert said in str(caught.value)


def test_a_run_leaves_result_summaries_and_charts(tmp_path: Path) -> None:
    names = [path.name for path in leave(result(), tmp_path)]
    german = ["capacity.de.txt", "capacity-curve.de.svg", "capacity-demand.de.svg", "capacity-plan.de.svg"]
    assert names == ["capacity.json", *german, *(name.replace(".de.", ".en.") for name in german)]
    assert (tmp_path / "capacity.de.txt").read_text("utf-8") == summary(result(), "de") + "\n"
    without = result().model_copy(update={"plan": None})
    assert list(charts_of(without, "en")) == ["capacity-curve", "capacity-demand"]
