"""Figures of quality runs as Prometheus reads them: base units, a series a network and statistic, nothing made up."""

from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from harness.model.outcome import Outcome
from quality_checks.bands import load_bands
from quality_checks.result import result_of
from reports.ci.metrics import render_metrics
from reports.ci.summary import render_summary
from reports.inputs import ReportInput
from tests.quality_checks.calls import Defects, call, evidence
from tests.reports.hostile import HOSTILE
from tests.reports.samples import run_info

SEEN = evidence(
    call("lift-1", Defects(profile="lift", delay=120.0)),
    call("lift-2", Defects(profile="lift", delay=200.0)),
    call("clear-1", Defects(screen=False, seconds=30.0)),
)
RESULT = result_of(SEEN, load_bands(), "run-1", "townhall")
GIVEN = ReportInput(run_info(quality={}), RESULT.verdicts, (), SEEN, "en")


def read(text: str) -> dict[str, Metric]:
    return {family.name: family for family in text_string_to_metric_families(text)}


def test_milliseconds_are_told_in_seconds_and_shares_as_ratios() -> None:
    told = read(render_metrics(GIVEN, RESULT))
    typical = {(each.figure, each.band): each for each in RESULT.networks[0].figures}
    delay = told["pruefstand_quality_glass_to_glass_delay_seconds"]
    values = {
        sample.labels["statistic"]: sample.value for sample in delay.samples if sample.labels["network"] == "lift"
    }
    measured = typical["Q01", "glass-delay"].median
    assert measured is not None
    assert values["median"] == round(measured / 1000, 9)
    assert values["low"] <= values["median"] <= values["high"]
    assert "pruefstand_quality_loss_ratio" in told
    assert "pruefstand_quality_frame_rate_per_second" in told
    assert {family for family in told if family.startswith("pruefstand_quality")} >= {"pruefstand_quality_calls"}


def test_what_was_not_measured_has_no_value_but_an_outcome() -> None:
    told = read(render_metrics(GIVEN, RESULT))
    unmeasured = {each.figure for network in RESULT.networks for each in network.figures if each.median is None}
    assert unmeasured
    for name, family in told.items():
        for sample in family.samples:
            assert sample.value == sample.value, name  # no NaN
    judged = told["pruefstand_quality_outcome"].samples
    assert unmeasured <= {sample.labels["figure"] for sample in judged}
    for network in RESULT.networks:
        for figure in network.figures:
            mine = [
                sample.labels["outcome"]
                for sample in judged
                if sample.value == 1
                and (sample.labels["network"], sample.labels["figure"]) == (network.network, figure.figure)
            ]
            assert mine == [figure.outcome.value]


def test_a_hostile_name_of_a_network_stays_a_label() -> None:
    usual = list(read(render_metrics(GIVEN, RESULT)))
    for text in HOSTILE[::7]:
        networks = tuple(each.model_copy(update={"network": text}) for each in RESULT.networks[:1])
        told = render_metrics(GIVEN, RESULT.model_copy(update={"networks": networks}))
        assert set(read(told)) <= set(usual), ascii(text[:80])


def test_the_summary_speaks_of_good_and_bad_not_of_passing() -> None:
    told = render_summary(GIVEN)
    assert told.startswith("## call quality: ")
    assert " passed |" not in told
    assert any(verdict.outcome is Outcome.PASS for verdict in RESULT.verdicts)
    assert "| good |" in told
