"""``pruefstand quality``: what is played when little is said, and what cannot be gone on with."""

from pathlib import Path

import pytest

from harness.cli.quality import asked, listing
from harness.model.errors import BenchError, RunStoreError
from harness.model.observations import TapStatus
from harness.net.profiles import profiles
from harness.quality.plan import Wanted
from harness.quality.run import QualityRun
from harness.store import RunStore


def _asked(names: tuple[str, ...] = (), planted: tuple[str, ...] = ()) -> Wanted:
    return asked(names, planted, repeat=1, seconds=10, seed=1, compare=True, scores=True)


def test_with_nothing_named_every_network_is_played_and_the_keys_are_changed_once() -> None:
    assert _asked().profiles == tuple(profiles())
    assert _asked().planted == ("key-change",)


def test_what_is_named_is_played_and_nothing_else() -> None:
    assert (_asked(("lift", "lift")).profiles, _asked(("lift",)).planted) == (("lift",), ())
    assert (_asked(planted=("freeze-1s",)).profiles, _asked(planted=("freeze-1s",)).planted) == (
        ("clear",),
        ("freeze-1s",),
    )


def test_a_run_of_another_kind_is_not_gone_on_with(tmp_path: Path) -> None:
    other = RunStore.create(tmp_path, "townhall", {})
    other.close()
    with pytest.raises(RunStoreError, match=r"is not a quality run: name one that 'pruefstand quality' made\."):
        QualityRun.resumed(other.folder)


def test_a_run_goes_on_as_it_was_begun(tmp_path: Path) -> None:
    begun = QualityRun.new(_asked(("clear", "lift"), ("freeze-1s",)), tmp_path, "en")
    begun.store.add(TapStatus(call="clear-1", vantage="glass", state="ok"))
    begun.store.close()

    again = QualityRun.resumed(begun.store.folder)

    assert (again.wanted, again.lang) == (begun.wanted, "en")
    assert [record.seen.call for record in again.earlier] == ["clear-1"]
    again.store.close()


def test_a_network_that_there_is_not_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="There is no network profile 'moon'"):
        QualityRun.new(_asked(("moon",)), tmp_path, "en")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("lang", "said"), [("de", "clear: Ungestörte Leitung."), ("en", "clear: An unimpaired link.")])
def test_the_list_has_networks_and_plants(lang: str, said: str) -> None:
    text = listing(lang)  # type: ignore[arg-type]
    assert said in text.splitlines()
    assert "freeze-1s" in text.splitlines()
