"""Pictures that a page sent to a server: those of the camera are recognised, by whichever way they went."""

import base64
import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from harness.media.picture import pictures
from harness.model.observations import Recognition
from harness.store import RunStore, read_records
from harness.writing.beside import write_uploads

TOKEN = "a1b2c3d4"


def thumbnail(party: str = "citizen", token: str = TOKEN) -> bytes:
    out = io.BytesIO()
    next(pictures(party, token)).reduce(2).save(out, "JPEG")
    return out.getvalue()


def person(
    *, sent: tuple[bytes, ...] = (), bodies: tuple[bytes, ...] = (), said: tuple[tuple[str, bytes], ...] = ()
) -> Any:
    return SimpleNamespace(
        http=SimpleNamespace(sent=[("POST /x", data) for data in sent]),
        tapped=SimpleNamespace(bodies=[("/x", data) for data in bodies]),
        websockets=SimpleNamespace(messages=list(said)),
    )


def looked_at(folder: Path, citizen: Any) -> Recognition:
    store = RunStore.create(folder, "townhall", {})
    call: Any = SimpleNamespace(
        label="winterbach-1", people={"citizen": citizen}, canaries=SimpleNamespace(token=TOKEN)
    )
    write_uploads(store, call)
    store.close()
    (found,) = [record.seen for record in read_records(store.evidence_folder / "records.jsonl")]
    assert isinstance(found, Recognition)
    assert (found.place, found.party, found.media) == ("upload", "citizen", "video")
    return found


@pytest.mark.parametrize(
    "way",
    [
        {"sent": (b"content-type: image/jpeg\n\n" + thumbnail(),)},
        {"bodies": (thumbnail(),)},
        {"said": (("sent", b'{"preview":"data:image/jpeg;base64,' + base64.b64encode(thumbnail()) + b'"}'),)},
        {"sent": (thumbnail("clerk"),)},  # what the page sees of the other is as private
    ],
)
def test_thumbnail_of_the_camera_is_recognised(way: Any, tmp_path: Path) -> None:
    seen = looked_at(tmp_path, person(**way))
    assert (seen.looked, seen.decoded, seen.found) == (1, 1, 1)
    assert seen.picture is not None


def test_other_pictures_and_what_the_server_sent_are_no_find(tmp_path: Path) -> None:
    seen = looked_at(tmp_path, person(bodies=(thumbnail(token="older-run"),), said=(("received", thumbnail()),)))
    assert (seen.looked, seen.decoded, seen.found, seen.picture) == (1, 1, 0, None)


def test_page_that_sends_no_picture_was_looked_at(tmp_path: Path) -> None:
    assert looked_at(tmp_path, person(sent=(b"name=Erika",))).looked == 0
