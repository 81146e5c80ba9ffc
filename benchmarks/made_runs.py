"""Run folders of the size that real runs have, made without a browser: the same arguments give the same bytes.

The sizes are those of full runs of the bench: 451 s of ``pruefstand verify`` gave 901 records, 16 pictures with 2.5 MB
and 60 MB of frames; a call of 20 s of ``pruefstand quality`` gave 140 kB of records.
"""

import io
import json
import random
from pathlib import Path

from PIL import Image

from benchmarks.long_call import Wanted, write_run
from harness.model.observations import AxeFound, Crossing, HeadersSeen, PageWatched, PictureSeen, SearchResult
from harness.store import FORMAT, RunStore
from tests.quality_checks.calls import Defects, call

RECORDS = 1_200  # of ten minutes
PICTURES = 21
SIDE = 250  # pixels; noise, so that a PNG is as large as that of a photograph
NETWORKS, REPEATS, SECONDS = 10, 3, 60.0
RUNS = 20  # of each release that is compared; all of them are kept in the history
STARTED = "2021-02-15T09:00:00+00:00"
_MANY = (AxeFound, Crossing, HeadersSeen, PageWatched, SearchResult)  # what a long run has many of, a line each


def verify_run(folder: Path, wanted: Wanted) -> None:
    """Ten minutes of ``pruefstand verify``: one call of that length, many pages, searches and pictures."""
    write_run(folder, wanted)
    store, records = RunStore.resume(folder)
    many = [record.seen for record in records if isinstance(record.seen, _MANY)]
    for number in range(PICTURES):
        place = ("citizen", "server", "clerk")[number % 3]
        blob = store.add_blob(f"pictures/{number}.png", _picture(number))
        store.add(
            PictureSeen.model_validate(
                {"call": f"call-{number // 3}", "party": "clerk" if place == "server" else "", "place": place,
                 "caption_de": "Ein Bild", "caption_en": "A picture", "blob": blob}
            )
        )  # fmt: skip
    for number in range(RECORDS - len(records) - PICTURES):
        store.add(many[number % len(many)])
    store.finish(seconds=float(wanted.seconds))


def quality_run(folder: Path) -> None:
    """Thirty calls of a minute over ten networks."""
    info = {
        "format": FORMAT, "id": folder.name, "started": STARTED, "target": "townhall", "browser": "chromium",
        "flaw": "", "lang": "en", "host": {}, "versions": {}, "quality": {},
    }  # fmt: skip
    store = RunStore(folder, info)
    for number in range(NETWORKS * REPEATS):
        network = f"network-{number // REPEATS}"
        defects = Defects(seconds=SECONDS, profile=network, delay=80.0 + number, loss=number / 1000)
        for seen in call(f"{network}-{number % REPEATS + 1}", defects):
            store.add(seen)
    store.finish(seconds=NETWORKS * REPEATS * SECONDS)


def releases(folder: Path, verdicts: Path) -> tuple[Path, Path]:
    """The verdicts of one run as those of two releases with ``RUNS`` runs each; figures waver by some percent."""
    chance = random.Random(1)
    content = json.loads(verdicts.read_text("utf-8"))
    for release in ("a", "b"):
        for number in range(RUNS):
            content["run"] |= {"id": f"{release}-{number:02}", "started": f"2021-02-{number + 1:02}T09:00:00+00:00"}
            for verdict in content["verdicts"]:
                figures = verdict["finding"]["figures"]
                verdict["finding"]["figures"] = {name: value * chance.gauss(1, 0.02) for name, value in figures.items()}
            run = folder / release / f"{number:02}"
            run.mkdir(parents=True)
            (run / "verdicts.json").write_text(json.dumps(content), "utf-8")
    return folder / "a", folder / "b"


def plain_read(folder: Path) -> int:
    """Reads every byte of the evidence, and does nothing with it; how many there were."""
    return sum(len(file.read_bytes()) for file in sorted((folder / "evidence").rglob("*")) if file.is_file())


def _picture(number: int) -> bytes:
    out = io.BytesIO()
    noise = random.Random(number).randbytes(SIDE * SIDE * 3)
    Image.frombytes("RGB", (SIDE, SIDE), noise).save(out, "PNG")
    return out.getvalue()
