"""What was noted beside picture and sound, and whether a page sent pictures of its camera to a server."""

import io

from PIL import Image

from harness.call import Call
from harness.media.picture import recognise_picture
from harness.model.observations import Recognition
from harness.store import RunStore
from harness.vantage.pictures import candidates, decoded


def write_noted(store: RunStore, call: Call) -> None:
    """Everything that the story noted while the call ran."""
    for seen in call.noted:
        store.add(seen)


def write_uploads(store: RunStore, call: Call) -> None:
    """The search for the run's canaries in every picture that a party's page sent by HTTP or WebSocket."""
    for party, person in call.people.items():
        messages = [data for _, data in person.http.sent]
        messages += [data for _, data in person.tapped.bodies]
        messages += [data for way, data in person.websockets.messages if way == "sent"]
        looked = readable = found = 0
        shown = None
        for data in candidates(messages):
            looked += 1
            picture = decoded(data)
            if picture is None:
                continue
            readable += 1
            if any(mark.token == call.canaries.token for mark in recognise_picture(picture)):
                found += 1
                shown = picture
        blob = store.add_blob(f"{call.label}/upload-{party}.png", _png(shown)) if shown else None
        store.add(
            Recognition(
                call=call.label, party=party, place="upload", media="video",
                looked=looked, decoded=readable, found=found, picture=blob,
            )
        )  # fmt: skip


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
