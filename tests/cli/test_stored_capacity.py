"""A capacity run is a run: what it found is said again from its folder, in either language, and only if it is that."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from rich.console import Console

from harness.cli import capacity as cli
from harness.cli.capacity import KIND, ci_facts, run_capacity, stored
from harness.cli.seal import Wanted as Sealing
from harness.cli.seal import seal
from harness.events import EventBus
from harness.model.errors import RunStoreError, TargetError
from harness.store import RunStore
from load.capacity.cost import load_prices
from load.capacity.objectives import load_objectives, without
from load.capacity.search import Plan, search
from load.measure.run import Measured, Wanted
from load.municipality.calendar import load_municipality
from reports.ci.capacity import annotations, capacity_files
from tests.load.servers import SimulatedServer
from tests.reports.ci.reading import read_commands
from tests.reports.hostile import HOSTILE


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    objectives = without(load_objectives(), "probe")
    monkeypatch.setattr(
        cli, "measure", lambda wanted: Measured(search(SimulatedServer(40), objectives, Plan()), objectives)
    )
    wanted = Wanted(load_municipality("winterbach"), objectives, load_prices(), state=False)
    return run_capacity(wanted, tmp_path, "de")[1]


def test_it_is_said_again_as_it_was_and_in_the_other_language(run: Path) -> None:
    info = json.loads((run / "run.json").read_text("utf-8"))
    assert (info["kind"], info["complete"], info["target"]) == (KIND, True, "townhall")
    again = stored(run, None)
    assert again is not None
    result, lang = again
    assert lang == "de"
    assert result.capacity.calls == info["capacity"]["calls"] > 0
    assert 'lang="de"' in (run / "capacity.html").read_text("utf-8")
    assert stored(run, "en") is not None
    assert 'lang="en"' in (run / "capacity.html").read_text("utf-8")


def test_result_that_was_changed_is_not_told(run: Path) -> None:
    file = run / "capacity.json"
    file.write_text(file.read_text("utf-8") + " ", "utf-8")
    with pytest.raises(RunStoreError, match=r"capacity\.json was changed after it was measured: the run is damaged\."):
        stored(run, None)


def test_run_that_was_killed_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(wanted: Wanted) -> Measured:
        raise TargetError("The town hall did not start.")

    monkeypatch.setattr(cli, "measure", fails)
    with pytest.raises(TargetError):
        run_capacity(Wanted(load_municipality("winterbach"), load_objectives(), load_prices()), tmp_path, "en")
    [folder] = tmp_path.iterdir()
    with pytest.raises(RunStoreError, match="was not finished, and has no result: run it anew"):
        stored(folder, None)


def test_other_runs_are_judged_as_ever(tmp_path: Path) -> None:
    store = RunStore.create(tmp_path, "townhall", {})
    store.finish()
    assert stored(store.folder, None) is None


def test_ci_servers_are_told_the_number_and_again_the_same(run: Path) -> None:
    names = ("summary.md", "badge.svg", "metrics.prom")
    before = [(run / name).read_bytes() for name in names]
    stored(run, None)
    assert [(run / name).read_bytes() for name in names] == before
    again = stored(run, "en")
    assert again is not None
    facts = ci_facts(again[0], run, "en")
    families = text_string_to_metric_families(before[2].decode())
    told = {sample.name: sample.value for family in families for sample in family.samples}
    assert told["pruefstand_capacity_calls"] == facts.calls == again[0].capacity.calls
    assert told["pruefstand_capacity_low_calls"] <= facts.calls
    assert told["pruefstand_run_exit_code"] == 0
    [line] = annotations(facts)
    assert line.startswith(f"::notice title=calls at once%3A {facts.calls}::")
    assert f"calls at once: {facts.calls}" in (run / "badge.svg").read_text()
    assert f"## calls at once: {facts.calls}\n" in (run / "summary.md").read_text()


def test_sealing_makes_no_report_of_checks_that_were_not_asked(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    before = (run / "metrics.prom").read_bytes()
    seal(Console(quiet=True), run, Sealing(), EventBus([]))
    assert (run / "metrics.prom").read_bytes() == before
    assert (run / "seal.dsse.json").is_file()
    assert not (run / "report.html").exists()


def test_hostile_words_of_a_capacity_run_stay_words(run: Path) -> None:
    result = stored(run, "en")
    assert result is not None
    facts = ci_facts(result[0], run, "en")
    usual = len(capacity_files(facts)["summary.md"].splitlines())
    for text in HOSTILE:
        hostile = replace(facts, run={**facts.run, "id": text, "target": text}, sentences=[text, "x"], bottleneck=text)
        files = capacity_files(hostile)
        assert len(read_commands("\n".join(annotations(hostile)))) == 1
        assert len(list(text_string_to_metric_families(files["metrics.prom"]))) == files["metrics.prom"].count("# TYPE")
        assert len(files["summary.md"].splitlines()) == usual - len(facts.sentences) * 2 + 4
        assert files["badge.svg"] == capacity_files(facts)["badge.svg"]
