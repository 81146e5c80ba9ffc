"""``pruefstand quality``: calls over links of known badness, measured, judged and reported."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from harness.cli.conclude import Concluded, conclude
from harness.events import EventBus
from harness.net.profiles import profiles
from harness.quality.ground import CLEAR
from harness.quality.plan import Wanted
from harness.quality.plants import KEY_CHANGE, PLANTS
from harness.quality.run import QualityRun, play
from harness.targets.registry import find_target
from harness.targets.townhall import TownhallTarget
from quality_checks.bands import load_bands

Lang = Literal["de", "en"]


def asked(
    names: Sequence[str],
    planted: Sequence[str],
    *,
    repeat: int,
    seconds: float,
    seed: int,
    compare: bool,
    scores: bool,
    target: str = TownhallTarget.name,
) -> Wanted:
    """What is wanted of a run: without names every network and a change of keys, with plants only the clear one.

    Links of ours lead to the built-in town hall alone, and its encryption alone can be left out to see what it costs.
    """
    own = target == TownhallTarget.name
    given, planted = bool(planted), planted or (() if names else (KEY_CHANGE,))
    chosen = tuple(dict.fromkeys(names)) or ((CLEAR,) if given or not own else tuple(profiles()))
    return Wanted(
        profiles=chosen, repeat=repeat, seconds=seconds, seed=seed, compare=compare and own,
        scores=scores, target=target,
        planted=tuple(dict.fromkeys(planted)),
    )  # fmt: skip


def run_quality(
    wanted: Wanted, events: EventBus, *, out: Path, lang: Lang, resume: Path | None = None, bands: Path | None = None
) -> Concluded:
    """Plays what is wanted (with ``resume``: what is left of that run), judges it by ``bands`` and writes the reports.

    Raises ``BenchError``.
    """
    section = None if resume else find_target(wanted.target).declaration.quality
    load_bands(bands, section)  # what is wrong with them is said before an hour is spent
    run = QualityRun.resumed(resume) if resume else QualityRun.new(wanted, out, lang)
    return conclude(play(run, events), events, lang=lang, bands=bands)


def listing(lang: Lang) -> str:
    """The networks and plants, a line each."""
    said = [f"{each.name}: {getattr(each.sentence, lang)}" for each in profiles().values()]
    also = {
        "de": "auch: delay-MS, jitter-MS, loss-PROZENT, rate-KBIT/S",
        "en": "also: delay-MS, jitter-MS, loss-PERCENT, rate-KBIT/S",
    }
    return "\n".join([*said, also[lang], "", *PLANTS])
