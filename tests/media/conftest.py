"""Encoders for the media tests: pictures and sound as a browser would send them."""

from collections.abc import Callable, Iterable
from fractions import Fraction

import av
import numpy as np
import pytest
from PIL import Image

from harness.media.decode import Pcm

EncodeVideo = Callable[..., list[bytes]]
EncodeOpus = Callable[..., list[bytes]]


def _encode_video(
    pictures: Iterable[Image.Image], *, codec: str = "vp9", size: tuple[int, int] = (640, 360), bit_rate: int = 300_000
) -> list[bytes]:
    encoder = av.VideoCodecContext.create({"vp9": "libvpx-vp9", "vp8": "libvpx"}[codec], "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height = size
    encoder.pix_fmt = "yuv420p"
    encoder.time_base = Fraction(1, 30)
    encoder.bit_rate = bit_rate
    encoder.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"}
    frames: list[bytes] = []
    for number, picture in enumerate(pictures):
        frame = av.VideoFrame.from_ndarray(np.asarray(picture.convert("RGB").resize(size)), format="rgb24")
        frame.pts = number
        frames += [bytes(packet) for packet in encoder.encode(frame)]
    return frames + [bytes(packet) for packet in encoder.encode(None)]


def _encode_opus(sound: Pcm, *, bit_rate: int = 24_000) -> list[bytes]:
    encoder = av.AudioCodecContext.create("libopus", "w")
    assert isinstance(encoder, av.AudioCodecContext)
    encoder.sample_rate = 48000
    encoder.layout = "mono"
    encoder.format = av.AudioFormat("flt")
    encoder.bit_rate = bit_rate
    encoder.options = {"application": "voip"}
    frames: list[bytes] = []
    for at in range(0, len(sound) - 959, 960):
        samples = np.ascontiguousarray(sound[None, at : at + 960], np.float32)
        frame = av.AudioFrame.from_ndarray(samples, format="flt", layout="mono")
        frame.sample_rate = 48000
        frame.pts = at
        frames += [bytes(packet) for packet in encoder.encode(frame)]
    return frames


@pytest.fixture(scope="session")
def encode_video() -> EncodeVideo:
    """(pictures, *, codec, size, bit_rate) -> encoded frames, as in a live call."""
    return _encode_video


@pytest.fixture(scope="session")
def encode_opus() -> EncodeOpus:
    """(mono samples at 48 kHz, *, bit_rate) -> Opus packets of 20 ms."""
    return _encode_opus
