"""Starts the town hall, plays the tour through it, and ends everything again."""

import shutil
import tempfile
from pathlib import Path

from harness.events import EventBus
from harness.pictures.album import Album
from harness.pictures.people import people
from harness.pictures.tour import Tour
from harness.run import WORK_PREFIX, clean_up_after_killed_runs, own_workdir
from harness.targets.townhall import CLERKS, TownhallTarget

_TENANT = "winterbach"


def make_pictures(out: Path, events: EventBus, *, headed: bool = False) -> Album:
    """Photographs every step into the folder ``out``, whose pictures of before go. Raises ``BenchError``."""
    clean_up_after_killed_runs()
    workdir = Path(tempfile.mkdtemp(prefix=WORK_PREFIX))
    own_workdir(workdir)
    album = Album(workdir / "album")
    album.folder.mkdir()
    try:
        deployment = TownhallTarget().start(workdir / "target", events)
        try:
            with people(workdir, events, headed=headed) as both:
                tour = Tour(both, album, deployment, CLERKS[_TENANT])
                tour.play(lambda sentence: events.tell("call", sentence))
        finally:
            deployment.stop()
        _replace(out, album)
    finally:
        shutil.rmtree(workdir, ignore_errors=True)
    return album


def _replace(out: Path, album: Album) -> None:
    """Only a whole tour takes the place of an older one."""
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("[0-9][0-9]-*.jpg"):
        old.unlink()
    album.taken = [Path(shutil.copy(file, out)) for file in album.taken]
    album.folder = out
