"""Decoding what is good, what is broken and what is hostile."""

import io
import random
import wave
from collections.abc import Callable
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from harness.media.decode import decode_opus, decode_video, decode_webm_sound, iter_video, noise_picture
from harness.media.picture import pictures
from harness.model.errors import BenchError

NOISE = random.Random(3)


@pytest.fixture(scope="module", params=["vp9", "vp8"])
def stream(request: pytest.FixtureRequest, encode_video: Callable[..., list[bytes]]) -> tuple[str, list[bytes]]:
    """A codec and 15 encoded frames of the citizen's canary."""
    codec: str = request.param
    return codec, encode_video(islice(pictures("citizen", "t"), 15), codec=codec)


def test_each_encoded_frame_gives_its_picture(stream: tuple[str, list[bytes]]) -> None:
    codec, frames = stream
    shown = decode_video(codec.upper(), frames)
    assert [(picture.size, picture.mode) for picture in shown] == [((640, 360), "RGB")] * 15
    original = np.asarray(next(pictures("citizen", "t")), np.float64)
    assert np.abs(np.asarray(shown[0], np.float64) - original).mean() < 6


def test_a_stream_without_its_key_frame_shows_nothing(stream: tuple[str, list[bytes]]) -> None:
    codec, frames = stream
    assert decode_video(codec, frames[1:]) == []


def test_broken_and_empty_frames_between_good_ones_are_left_out(stream: tuple[str, list[bytes]]) -> None:
    codec, frames = stream
    assert len(decode_video(codec, [b"", b"\xff" * 40, *frames, b""])) == 15


def test_thousands_of_random_frames_neither_crash_nor_show_a_picture() -> None:
    for codec in ("vp9", "vp8"):
        for _ in range(10):
            assert decode_video(codec, [NOISE.randbytes(NOISE.randint(1, 1200)) for _ in range(200)]) == []


def test_bent_frames_never_raise(stream: tuple[str, list[bytes]]) -> None:
    codec, frames = stream
    for _ in range(10):
        bent = [bytearray(frame) for frame in frames]
        for frame in bent:
            frame[NOISE.randrange(len(frame))] ^= NOISE.randint(1, 255)
        assert len(decode_video(codec, map(bytes, bent))) <= 15


def test_a_picture_of_gigabytes_is_not_decoded(encode_video: Callable[..., list[bytes]]) -> None:
    large = encode_video([Image.new("RGB", (16, 16))], size=(2048, 1200))
    assert decode_video("vp9", large) == []


def test_pictures_come_one_at_a_time(stream: tuple[str, list[bytes]]) -> None:
    codec, frames = stream
    rest = iter(frames)
    next(iter_video(codec, rest))
    assert len(list(rest)) >= 13


def test_an_unknown_codec_is_named() -> None:
    with pytest.raises(BenchError, match=r"^The bench has no decoder for 'h264'; it has vp8 and vp9\.$"):
        decode_video("h264", [])


def tone(seconds: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return (0.2 * np.sin(2 * np.pi * 440 * np.arange(int(48000 * seconds)) / 48000)).astype(np.float32)


def test_opus_gives_the_tone_that_was_sent(encode_opus: Callable[..., list[bytes]]) -> None:
    pcm, rate = decode_opus(encode_opus(tone(1)))
    spectrum = np.abs(np.fft.rfft(pcm[rate // 4 : rate // 2]))
    assert (rate, str(pcm.dtype), pcm.ndim) == (48000, "float32", 1)
    assert len(pcm) == pytest.approx(48000, abs=2000)
    assert np.argmax(spectrum) * 4 == pytest.approx(440, abs=4)
    assert pcm.std() == pytest.approx(0.2 / 2**0.5, rel=0.1)


def test_no_opus_is_no_sound() -> None:
    for frames in ([], [b""]):
        pcm, rate = decode_opus(frames)
        assert (len(pcm), rate) == (0, 48000)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=120), max_size=20))
def test_random_opus_is_finite_sound_within_bounds(frames: list[bytes]) -> None:
    pcm, _ = decode_opus(frames)
    assert np.isfinite(pcm).all()
    assert np.abs(pcm).max(initial=0) <= 1.0


def wav(samples: np.ndarray[tuple[int], np.dtype[np.float32]], rate: int, channels: int = 1) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.repeat(np.round(samples * 32767).astype("<i2"), channels).tobytes())
    return out.getvalue()


@pytest.mark.parametrize("channels", [1, 2])
def test_a_recording_is_read_as_mono_at_its_own_rate(channels: int) -> None:
    pcm, rate = decode_webm_sound(wav(tone(0.5), 44100, channels))
    assert (len(pcm), rate) == (24000, 44100)
    assert np.abs(pcm - tone(0.5)).max() < 1e-3


def test_a_cut_recording_gives_what_is_whole() -> None:
    whole = wav(tone(0.5), 48000)
    assert 10000 < len(decode_webm_sound(whole[: len(whole) // 2])[0]) <= 12000


@given(st.binary(max_size=200))
@settings(max_examples=50, deadline=None)
def test_random_recordings_are_no_sound(noise: bytes) -> None:
    for data in (noise, b"\x1aE\xdf\xa3" + noise):
        assert decode_webm_sound(data)[1] > 0


def test_ciphertext_is_drawn_as_dots_that_fill_the_picture() -> None:
    picture = noise_picture(NOISE.randbytes(3000), (640, 360))
    assert picture.size == (640, 360)
    assert np.asarray(picture).std() > 60
    assert len(picture.getcolors(100_000) or []) > 500
    assert noise_picture(NOISE.randbytes(3000)).tobytes() != picture.tobytes()


@pytest.mark.parametrize("size", [(1, 1), (7, 5), (640, 360)])
@pytest.mark.parametrize("amount", [0, 1, 2, 1000, 1_000_000])
def test_any_amount_of_bytes_fills_any_size(size: tuple[int, int], amount: int) -> None:
    assert noise_picture(NOISE.randbytes(amount), size).size == size
