"""The search on servers whose capacity is known: what it finds, how often it agrees, and when it names no number."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from load.capacity.bottleneck import judge_bottleneck
from load.capacity.objectives import judge, load_objectives
from load.capacity.search import Found, Plan, search
from load.capacity.threshold import threshold
from load.capacity.trial import GeneratorHealth, Trial
from load.errors import LoadError
from tests.load.servers import SimulatedServer, as_measure

OBJECTIVES = load_objectives()
SEEDS = st.integers(0, 2**31)
FEW = settings(max_examples=10, deadline=None, derandomize=True)


def found(server: SimulatedServer, plan: Plan | None = None) -> Found:
    return search(as_measure(server), OBJECTIVES, plan)


@FEW
@given(st.integers(20, 1500), st.floats(0, 0.15), SEEDS)
def test_a_known_capacity_is_found_within_10_percent(capacity: int, noise: float, seed: int) -> None:
    result = found(SimulatedServer(capacity, noise, seed))
    assert result.end == "found"
    assert result.calls == pytest.approx(capacity, rel=0.1)
    assert result.high is not None
    assert result.low <= result.calls <= result.high


@FEW
@given(st.integers(20, 1500), st.floats(0, 0.15), SEEDS)
def test_the_same_search_twice_agrees_within_10_percent(capacity: int, noise: float, seed: int) -> None:
    one, two = (found(SimulatedServer(capacity, noise, each)).calls for each in (seed, seed + 1))
    assert one == pytest.approx(two, rel=0.1)


@settings(FEW, max_examples=4)
@given(st.integers(40, 800), st.floats(0.4, 0.75), SEEDS)
def test_a_slowed_server_is_found_smaller_each_time(capacity: int, slowed: float, seed: int) -> None:
    whole = found(SimulatedServer(capacity, 0.1, seed))
    for again in range(3):
        less = found(SimulatedServer(capacity * slowed, 0.1, seed + again))
        assert less.calls < whole.calls
        assert less.high is not None
        assert less.high < whole.low


@FEW
@given(st.integers(20, 1500), st.floats(0.05, 0.85), st.floats(0, 0.1), SEEDS)
def test_no_number_is_named_when_the_generator_gave_out(capacity: int, share: float, noise: float, seed: int) -> None:
    result = found(SimulatedServer(capacity, noise, seed, generator=capacity * share))
    assert result.at_least
    assert result.high is None
    assert result.end == "generator"
    assert result.calls <= capacity * share
    assert judge_bottleneck(result, OBJECTIVES).kind == "generator"


@FEW
@given(st.integers(1, 3000), st.floats(0, 1), SEEDS, st.integers(4, 30), st.booleans())
def test_the_search_ends_within_its_bound(capacity: int, noise: float, seed: int, trials: int, wall: bool) -> None:
    server = SimulatedServer(capacity, noise, seed, generator=capacity * 0.9 if wall else 10**9)
    result = found(server, Plan(trials=trials))
    assert len(server.asked) == len(result.trials) <= trials
    assert all(1 <= calls <= 2000 for calls in server.asked)
    assert result.low <= result.calls


@pytest.mark.parametrize("capacity", [1, 2, 3, 7])
def test_few_calls_are_found_exactly(capacity: int) -> None:
    assert found(SimulatedServer(capacity)).calls == capacity


def test_a_server_that_holds_not_even_one_call() -> None:
    result = found(SimulatedServer(0.3))
    assert (result.calls, result.end, result.at_least) == (0, "none", False)


def test_a_server_larger_than_the_search_is_at_least_that() -> None:
    result = found(SimulatedServer(5000), Plan(most=300))
    assert (result.calls, result.end, result.at_least) == (300, "most", True)
    assert judge_bottleneck(result, OBJECTIVES).kind == "none"


def test_a_figure_that_is_missing_is_no_pass() -> None:
    result = found(SimulatedServer(400, unmeasured_from=100))
    assert result.at_least
    assert result.calls < 100
    said = judge_bottleneck(result, OBJECTIVES)
    assert said.kind == "unmeasured"
    assert said.reason.en.endswith("something was not measured: the probe call's delay from glass to glass.")


def test_a_break_is_believed_when_it_is_seen_twice_and_a_hold_at_once() -> None:
    server = SimulatedServer(40)
    found(server)
    assert server.asked[:6] == [4, 8, 16, 32, 64, 64]
    assert server.asked[6] == round((32 * 64) ** 0.5)


def test_what_gives_out_far_beyond_the_number_is_not_what_gave_out() -> None:
    near = [judge(SimulatedServer(100)(105), OBJECTIVES)] * 2
    far = [judge(SimulatedServer(100, gives_out="link")(200), OBJECTIVES)] * 5
    result = Found(100, 95, 106, False, "found", (*near, *far))
    assert judge_bottleneck(result, OBJECTIVES).kind == "server-cpu"
    only_far = Found(100, 95, 106, False, "found", tuple(far))
    assert judge_bottleneck(only_far, OBJECTIVES).kind == "bandwidth"


def test_how_far_a_limit_is_used() -> None:
    figures = OBJECTIVES.figures
    assert figures["loss"].use(0.005) == pytest.approx(0.5)
    assert figures["joined"].use(0.98) == pytest.approx(2.0)  # of the 1 % that may be missing
    assert figures["probe_frames_per_second"].use(10.0) == pytest.approx(2.0)
    none_lost = figures["loss"].model_copy(update={"at_most": 0.0})
    assert [none_lost.use(0.0), none_lost.use(0.1)] == [0.0, 2.0]
    limits = OBJECTIVES.generator
    assert limits.exceeded(GeneratorHealth(lateness_p95_ms=5.0, cpu=0.85, drops=0.001)) == ()
    assert limits.exceeded(GeneratorHealth(lateness_p95_ms=5.1, cpu=0.85, drops=0.001)) == ("lateness_p95_ms",)


def test_one_odd_trial_moves_nothing_far() -> None:
    class Hiccup(SimulatedServer):
        def __call__(self, calls: int, /) -> Trial:
            trial = super().__call__(calls)
            if len(self.asked) != 3:  # in the ramp, far below the capacity
                return trial
            return trial.model_copy(update={"figures": {**trial.figures, "loss": 0.5}})

    assert found(Hiccup(200)).calls == pytest.approx(200, rel=0.1)


@pytest.mark.parametrize(
    ("gives_out", "kind", "said"),
    [
        ("cpu", "server-cpu", "The server's processor cores were in use to 9"),
        ("link", "bandwidth", "The server's network was in use to 9"),
        (
            "signalling",
            "signalling",
            "Only joining broke, with 50\u00a0% of the processor in use: signalling gave",
        ),
        ("nothing seen", "unclear", "None of the server's means was used up. What broke: packet loss 1"),
    ],
)
def test_what_gave_out_is_named_with_its_figures(gives_out: str, kind: str, said: str) -> None:
    judged = judge_bottleneck(found(SimulatedServer(150, 0.05, 4, gives_out=gives_out)), OBJECTIVES)
    assert judged.kind == kind
    assert judged.reason.en.startswith(said)
    assert "What broke: " in judged.reason.en
    assert "Es brachen: " in judged.reason.de


def test_an_unfit_generator_says_how() -> None:
    said = judge_bottleneck(found(SimulatedServer(400, generator=100)), OBJECTIVES).reason
    assert said.en.endswith("(its clock was late): that says nothing of the server.")
    assert said.de.endswith("(sein Takt kam zu spät): Über den Server sagt das nichts.")


def trial(**figures: float | None) -> Trial:
    good = SimulatedServer(100)(10)
    return good.model_copy(update={"figures": {**good.figures, **figures}})


def test_a_trial_holds_breaks_or_is_void() -> None:
    assert judge(trial(), OBJECTIVES).outcome == "holds"
    assert judge(trial(loss=0.011, joined=0.9), OBJECTIVES).broken == ("joined", "loss")
    missing = judge(trial(delay_p95_ms=None), OBJECTIVES)
    assert (missing.outcome, missing.missing) == ("void", ("delay_p95_ms",))
    assert judge(trial(delay_p95_ms=None, loss=0.5), OBJECTIVES).outcome == "breaks"
    assert judge(trial(loss=float("nan")), OBJECTIVES).outcome == "breaks"
    late = trial(loss=0.5).model_copy(update={"generator": GeneratorHealth(lateness_p95_ms=9, cpu=0.99, drops=0.1)})
    assert judge(late, OBJECTIVES).outcome == "void"
    assert judge(late, OBJECTIVES).unfit == ("lateness_p95_ms", "cpu", "drops")
    assert judge(trial().model_copy(update={"calls": 0}), OBJECTIVES).outcome == "void"


def test_objectives_are_changed_by_a_file(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("[figures.loss]\nat_most = 0.05\n[figures.probe_frozen]\nrequired = false\n[generator]\ncpu = 0.5\n")
    objectives = load_objectives(own)
    assert objectives.figures["loss"].limit == 0.05
    assert objectives.generator.cpu == 0.5
    assert judge(trial(probe_frozen=None, loss=0.04), objectives).outcome == "holds"
    own.write_text("[figures.joined]\nat_most = 1.0\n")
    assert load_objectives(own).figures["joined"].at_most == 1.0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[figures.los]\nat_most = 1.0\n", "own.toml holds no objectives: correct figures.los.unit: Field required."),
        ("[figures.loss]\nat_most = 'much'\n", "correct figures.loss.at_most: Input should be a valid number"),
        ("[figures.loss]\nat_most = 1\nat_least = 1\n", "correct figures.loss: give either at_most or at_least."),
        ("figures", "make it readable as TOML"),
    ],
)
def test_a_wrong_file_of_objectives_says_its_mend(tmp_path: Path, text: str, said: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text)
    with pytest.raises(LoadError) as caught:
        load_objectives(own)
    assert said in str(caught.value)


@FEW
@given(st.integers(2, 900), st.integers(2, 20))
def test_more_evidence_makes_the_interval_narrower(calls: int, times: int) -> None:
    above = calls + max(1, calls // 20)
    few = threshold([(calls, True), (above, False)], 2000)
    many = threshold([(calls, True), (above, False)] * times, 2000)
    assert many.quantile(0.975) - many.quantile(0.025) <= few.quantile(0.975) - few.quantile(0.025)
    assert calls * 0.97 <= many.quantile(0.5) <= above * 1.03


def test_a_search_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(LoadError, match="let 1 <= first <= most"):
        Plan(first=10, most=5)
