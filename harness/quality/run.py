"""A quality run: everything that is wanted, call by call, into one run folder; killed, it goes on where it was."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter, ValidationError

from harness.browsers import MEASURED, Browsers
from harness.events import EventBus
from harness.media.canary import GUEST, PARTIES, Canaries
from harness.model.errors import RunStoreError, TargetError
from harness.model.observations import Record
from harness.person import Person
from harness.quality.ground import Ground, ground
from harness.quality.networks import network_profile
from harness.quality.plan import Trial, Wanted, label_for, left_of, trials
from harness.quality.plants import plant
from harness.quality.play import CallPlayer
from harness.quality.scoring import page_for
from harness.run import WORK_PREFIX, clean_up_after_killed_runs, host, own_workdir, versions
from harness.store import RunStore
from harness.targets.protocol import Deployment, Target
from harness.targets.registry import find_target
from harness.targets.townhall import TownhallTarget
from harness.vantage.devices import Look

PLAIN = "plain-media"  # the flaw with which a town hall's calls are not end-to-end encrypted, and all else is as it is
SMALL = Look(160, 90, 5)  # of whom only the keys are looked at
_KEY, TURN = "quality", "turn"  # in run.json: what was wanted, and the place of the run in a comparison
BANDS = "bands"  # in run.json: the target's own limits
_NONE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Setting:
    """Whose calls are held: ``target`` by the address of the town hall's host, with a seeded ``flaw`` if one is named.
    Not ``linked``: everybody is where they are, without links of the bench between them."""

    target: Callable[[str], Target]
    flaw: str = ""
    linked: bool = True


def setting_of(name: str) -> Setting:
    """That of a target by its name or profile."""
    if name == TownhallTarget.name:
        return Setting(lambda address: TownhallTarget(recorder=False, address=address))
    target = find_target(name)
    return Setting(lambda _: target, linked=False)


@dataclass(slots=True)
class QualityRun:
    """A run folder with what was wanted of it, and the records of an earlier start."""

    store: RunStore
    wanted: Wanted
    lang: str
    earlier: list[Record] = field(default_factory=list)

    @classmethod
    def new(
        cls, wanted: Wanted, out: Path, lang: str, *, target: Target | None = None, notes: Mapping[str, Any] = _NONE
    ) -> "QualityRun":
        """A new run folder below ``out``; ``notes`` are kept in its run.json, too.

        ``target`` is the one that is meant, where it is another than the one wanted by name.

        Raises ``BenchError`` for a target, network or plant that there is not.
        """
        check(wanted)
        target = target or find_target(wanted.target)
        info = {
            "flaw": "", "browser": "chromium", "lang": lang, "host": host(),
            "versions": versions(), "seed": wanted.seed, _KEY: asdict(wanted),
            BANDS: {name: dict(band) for name, band in target.declaration.quality.items()}, **notes,
        }  # fmt: skip
        return cls(RunStore.create(out, target.name, info), wanted, lang)

    @classmethod
    def resumed(cls, folder: Path) -> "QualityRun":
        """Goes on with a run that was stopped. Raises ``RunStoreError`` where the folder is none of a quality run."""
        store, records = RunStore.resume(folder)
        try:
            if TURN in store.info:
                store.close()
                raise RunStoreError(f"{folder} is a turn of a comparison: the same 'compare --play' plays it anew.")
            wanted = TypeAdapter(Wanted).validate_python(store.info[_KEY])
        except (KeyError, ValidationError) as error:
            store.close()
            raise RunStoreError(f"{folder} is not a quality run: name one that 'pruefstand quality' made.") from error
        return cls(store, wanted, str(store.info.get("lang", "de")), records)


def check(wanted: Wanted) -> None:
    """Raises ``BenchError`` for a target, network or plant that there is not, before time is spent on it."""
    if wanted.target != TownhallTarget.name and wanted.compare:
        raise TargetError(
            "What encryption costs is measured at the built-in town hall alone: take --no-encryption-compare."
        )
    for name in wanted.profiles:
        network_profile(name)
    for name in wanted.planted:
        plant(name)


def play(run: QualityRun, events: EventBus, setting: Setting | None = None) -> Path:
    """Plays every call that is not written down yet; returns the run folder. Raises ``BenchError``."""
    setting = setting or setting_of(run.wanted.target)
    clean_up_after_killed_runs()
    started = time.monotonic()
    order = left_of(trials(run.wanted), run.earlier)
    workdir = Path(tempfile.mkdtemp(prefix=WORK_PREFIX))
    own_workdir(workdir)
    try:
        with ground(run.wanted.seed, linked=setting.linked) as place:
            playable = [trial for trial in order if _can_be_played(trial, place)]
            failed = 0
            with call_player(run, setting, place, playable, workdir, events) as player:
                _leave_out(run, place, [trial for trial in order if trial not in playable], player)
                for number, trial in enumerate(playable):
                    label = label_for(trial, run.earlier)
                    events.tell("scenario", label, number, len(playable))
                    failed += not player.play(trial, label)
        before = float(run.store.info.get("seconds", 0.0))
        run.store.finish(
            seconds=round(before + time.monotonic() - started, 1),
            scenarios_failed=failed + int(run.store.info.get("scenarios_failed", 0)),
        )
    finally:
        run.store.close()
        shutil.rmtree(workdir, ignore_errors=True)
    return run.store.folder


def _can_be_played(trial: Trial, place: Ground) -> bool:
    return bool(place.can_play([trial.profile])) and (place.net is not None or not plant(trial.planted).needs_links)


def _leave_out(run: QualityRun, place: Ground, trials: Sequence[Trial], player: CallPlayer) -> None:
    if not trials or place.reason is None:
        return
    said = {record.seen.call for record in run.earlier}
    why = place.reason.de if run.lang == "de" else place.reason.en
    for trial in trials:
        if trial.label not in said:
            player.left_out(trial, why)


@contextmanager
def call_player(
    run: QualityRun,
    setting: Setting,
    place: Ground,
    order: Sequence[Trial],
    workdir: Path,
    events: EventBus,
    camera: Look = MEASURED,
) -> Iterator[CallPlayer]:
    """The servers and browsers that these trials need; none for none. Both people have such a ``camera``."""
    canaries = Canaries(workdir / "canaries")
    deployments: dict[bool, Deployment] = {}
    target = setting.target(place.address)
    with Browsers(hosts=place.through(workdir / "programs")) as browsers:
        try:
            for encrypted in sorted({trial.encrypted for trial in order}, reverse=True):
                folder = workdir / ("target" if encrypted else "target-plain")
                deployments[encrypted] = target.start(folder, events, flaw=setting.flaw if encrypted else PLAIN)
                place.leads_to(deployments[encrypted].base_url)
            if order:
                for party in PARTIES:
                    events.tell("target", f"starting the browser of the {party}")
                    browsers.start(party, canaries)
                run.store.info["browser"] = browsers.version()
                run.store.write_info()
            programs = {party: str(canaries.camera(party)) for party in PARTIES} if order else {}

            def person(party: str, measured: bool) -> Person:
                if not measured:
                    return browsers.unmeasured(party, camera)
                return browsers.measured(party, camera, page=page_for(party, workdir))

            def visitor() -> Person:
                browsers.start(GUEST, canaries)
                return browsers.watcher(GUEST, SMALL)

            yield CallPlayer(
                run.store, place, person, visitor, canaries, programs, deployments, run.wanted.seconds, events,
                browsers.within, run.wanted.scores,
            )  # fmt: skip
        finally:
            for deployment in deployments.values():
                deployment.stop()
