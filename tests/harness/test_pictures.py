"""Pictures in what a page sent: found in every dress, and hostile ones neither believed nor a crash."""

import base64
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from harness.media.picture import pictures, recognise_picture
from harness.vantage.pictures import MAX_PICTURES, candidates, decoded

TOKEN = "a1b2c3d4"


def canary() -> Image.Image:
    return next(pictures("citizen", TOKEN))


def encoded(kind: str, image: Image.Image | None = None) -> bytes:
    out = io.BytesIO()
    (image or canary()).save(out, kind)
    return out.getvalue()


def marks(message: bytes) -> set[str]:
    seen = [decoded(data) for data in candidates([message])]
    return {mark.token for picture in seen if picture for mark in recognise_picture(picture)}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_picture_is_found_raw_in_a_form_and_in_json(kind: str) -> None:
    picture = encoded(kind)
    form = b'--x\r\nContent-Disposition: form-data; name="f"\r\n\r\n' + picture + b"\r\n--x--\r\n"
    text = base64.b64encode(picture).decode()
    data_url = json.dumps({"picture": f"data:image/{kind.lower()};base64,{text}"}).encode()
    url_safe = json.dumps({"picture": base64.urlsafe_b64encode(picture).decode().rstrip("=")}).encode()
    for message in (picture, form, data_url, url_safe):
        assert marks(message) == {TOKEN}


def test_messages_without_pictures_have_none() -> None:
    noise = [b"", b'{"type":"e2ee","body":"' + base64.b64encode(bytes(range(256)) * 40) + b'"}', b"RIFF1234WAVE"]
    assert list(candidates(noise)) == []


def test_picture_of_something_else_is_no_canary() -> None:
    picture = encoded("PNG", Image.new("RGB", (64, 64), "red"))
    assert decoded(picture) is not None
    assert marks(picture) == set()


def test_huge_picture_is_not_decoded() -> None:
    assert decoded(encoded("PNG", Image.new("1", (5000, 5000)))) is None


def test_too_many_pictures_end_the_look() -> None:
    assert len(list(candidates([b"GIF89a" * (MAX_PICTURES + 50)]))) == MAX_PICTURES


SMALL = {kind: encoded(kind, Image.new("RGB", (16, 16), "blue")) for kind in ("JPEG", "PNG", "GIF", "WEBP")}


@settings(max_examples=150)
@given(st.sampled_from(sorted(SMALL)), st.data())
def test_damaged_picture_is_none_or_a_picture(kind: str, data: st.DataObject) -> None:
    damaged = bytearray(SMALL[kind])
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    picture = decoded(bytes(damaged[: data.draw(st.integers(0, len(damaged)))]))
    assert picture is None or picture.mode == "RGB"
