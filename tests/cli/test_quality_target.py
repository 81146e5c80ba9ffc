"""``pruefstand quality --target``: a town hall that somebody else runs, judged by the limits of its own profile."""

from pathlib import Path

import pytest

from harness.cli.conclude import conclude
from harness.cli.quality import asked, run_quality
from harness.events import EventBus
from harness.model.errors import BenchError, TargetError
from harness.model.outcome import Outcome
from harness.quality.ground import CLEAR, ELSEWHERE, ground
from harness.quality.plan import Wanted
from harness.quality.run import QualityRun
from harness.targets.profile import read_profile
from tests.quality_checks.calls import Defects, call

PROFILE = """
name = "rathaus-test"
base_url = "https://termine.example.org"
clerk_password = "secret"
clerks = { winterbach = "haug" }
"""
OWN = '\n[quality]\nglass-delay = { good = 100, acceptable = 200, source = "our contract, 4.2" }\n'


def _profile(folder: Path, more: str = OWN) -> str:
    file = folder / "rathaus.toml"
    file.write_text(PROFILE + more, "utf-8")
    return str(file)


def _wanted(target: str, names: tuple[str, ...] = ()) -> Wanted:
    return asked(names, (), repeat=1, seconds=40, seed=1, compare=True, scores=True, target=target)


def _run(folder: Path, target: str) -> Path:
    """A run with one call, whose pictures are 120 ms late."""
    run = QualityRun.new(_wanted(target), folder / "runs", "en")
    for seen in call("clear-1", Defects(delay=120.0)):
        run.store.add(seen)
    run.store.finish()
    run.store.close()
    return run.store.folder


def _delay(folder: Path, bands: Path | None = None) -> Outcome:
    concluded = conclude(folder, EventBus(), bands=bands)
    page = concluded.reports["quality.html"].read_text("utf-8")
    assert ("our contract, 4.2" in page) == (concluded.info["target"] == "rathaus-test")
    return next(each.outcome for each in concluded.verdicts if each.check == "Q01")


def test_a_profile_may_have_limits_of_its_own(tmp_path: Path) -> None:
    declared = read_profile(Path(_profile(tmp_path))).declaration
    assert declared.quality == {"glass-delay": {"good": 100.0, "acceptable": 200.0, "source": "our contract, 4.2"}}
    assert read_profile(Path(_profile(tmp_path, ""))).declaration.quality == {}


def test_a_run_is_judged_by_the_limits_of_its_target_and_years_later_too(tmp_path: Path) -> None:
    profile = _profile(tmp_path)
    own, usual = _run(tmp_path, profile), _run(tmp_path, "townhall")
    Path(profile).unlink()  # the limits are in the run
    assert (_delay(own), _delay(usual)) == (Outcome.WEAK, Outcome.PASS)


def test_a_file_of_limits_goes_over_those_of_the_target(tmp_path: Path) -> None:
    run, file = _run(tmp_path, _profile(tmp_path)), tmp_path / "bands.toml"
    file.write_text("[glass-delay]\ngood = 130\n")
    assert _delay(run, file) is Outcome.PASS


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("pictures = { good = 1 }", r"the target's section \[quality\] names a band that there is not: pictures\."),
        (
            'frame-rate = { good = "many" }',
            r"the target's section \[quality\] holds no bands: correct frame-rate\.good",
        ),
    ],
)
def test_wrong_limits_are_refused_before_a_call_is_held(tmp_path: Path, section: str, said: str) -> None:
    wanted = _wanted(_profile(tmp_path, f"\n[quality]\n{section}\n"))
    with pytest.raises(BenchError, match=said):
        run_quality(wanted, EventBus(), out=tmp_path / "runs", lang="en")
    assert not (tmp_path / "runs").exists()


def test_elsewhere_only_clear_calls_are_held_and_none_without_encryption(tmp_path: Path) -> None:
    wanted = _wanted(_profile(tmp_path))
    assert (wanted.profiles, wanted.compare, wanted.planted) == ((CLEAR,), False, ("key-change",))
    with ground(1, linked=False) as place:
        assert (place.can_play([CLEAR, "lift"]), place.reason) == ([CLEAR], ELSEWHERE)
    asks = Wanted((CLEAR,), target=_profile(tmp_path))
    with pytest.raises(TargetError, match="What encryption costs is measured at the built-in town hall alone"):
        QualityRun.new(asks, tmp_path / "runs", "en")


def test_a_target_that_there_is_not_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="There is no target 'moon'"):
        QualityRun.new(_wanted("moon"), tmp_path / "runs", "en")
    assert not (tmp_path / "runs").exists()
