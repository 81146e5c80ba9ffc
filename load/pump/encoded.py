"""A few seconds of sound and picture as real encoders make them, before they are sealed and cut into packets."""

from collections.abc import Iterator
from fractions import Fraction

import av
import numpy as np
from numpy.typing import NDArray

AUDIO_CLOCK = 48_000
FRAME_RATE = 30
WIDTH, HEIGHT = 640, 360
VIDEO_BITS = 470_000  # a second, before sealing and packets: a person's sound and picture together come to 0.55 Mbit/s


def speech(count: int, voice: int = 8000, breath: int = 500) -> Iterator[bytes]:
    """``count`` Opus frames of 20 ms; ``voice`` and ``breath`` are amplitudes of 16-bit samples."""
    context = av.CodecContext.create("libopus", "w")
    assert isinstance(context, av.AudioCodecContext)
    context.sample_rate, context.layout, context.format, context.bit_rate = AUDIO_CLOCK, "mono", "s16", 32_000
    context.options = {"application": "voip", "frame_duration": "20"}
    noise = np.random.default_rng(1)
    made = 0
    while made < count:
        # A voice is not needed, only its rate: a tone that glides, and breath.
        tone = np.sin(np.arange(960) * (200 + made % 100) * 2 * np.pi / AUDIO_CLOCK)
        samples = tone * voice + noise.normal(0, breath, 960)
        frame = av.AudioFrame.from_ndarray(samples.astype(np.int16)[None], "s16", "mono")
        frame.sample_rate, frame.pts, frame.time_base = AUDIO_CLOCK, made * 960, Fraction(1, AUDIO_CLOCK)
        for packet in context.encode(frame):
            yield bytes(packet)
            made += 1


def pictures(codec: str, count: int) -> Iterator[tuple[bytes, bool]]:
    """``count`` frames of ``vp8`` or ``vp9``, and whether each is a key frame; only the first is."""
    context = av.CodecContext.create({"vp8": "libvpx", "vp9": "libvpx-vp9"}[codec], "w")
    assert isinstance(context, av.VideoCodecContext)
    context.width, context.height, context.pix_fmt, context.bit_rate = WIDTH, HEIGHT, "yuv420p", VIDEO_BITS
    context.time_base, context.framerate, context.gop_size = Fraction(1, FRAME_RATE), Fraction(FRAME_RATE), 100_000
    context.options = {
        "deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0", "error-resilient": "1", "threads": "1",
        "minrate": str(VIDEO_BITS), "maxrate": str(VIDEO_BITS), "bufsize": str(VIDEO_BITS // 4),
    }  # fmt: skip
    made = 0
    for number, picture in enumerate(_scene(2 * count)):
        frame = av.VideoFrame.from_ndarray(picture, "gray").reformat(format="yuv420p")
        frame.pts, frame.time_base = number, context.time_base
        for packet in context.encode(frame):
            yield bytes(packet), bool(packet.is_keyframe)
            made += 1
            if made == count:
                return


def _scene(count: int) -> Iterator[NDArray[np.uint8]]:
    """A soft head-sized shape that sways before a soft wall, with a camera's noise: what keeps a codec evenly busy."""
    chance = np.random.default_rng(2)
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH]
    wall = 90 + 30 * np.sin(across / 57) + 20 * np.cos(down / 41) + chance.integers(-9, 10, (HEIGHT, WIDTH))
    grain = chance.integers(-6, 7, (HEIGHT, 2 * WIDTH))
    for number in range(count):
        middle = WIDTH / 2 + 60 * np.sin(number / 9), HEIGHT / 2 + 20 * np.cos(number / 7)
        head = np.exp(-((((across - middle[0]) / 70) ** 2 + ((down - middle[1]) / 100) ** 2) ** 2))
        shift = int(chance.integers(0, WIDTH))
        stripes = 90 * (1 + 0.3 * np.sin(down / 6 + number / 3))
        yield np.clip(wall + head * (stripes + grain[:, shift : shift + WIDTH]), 0, 255).astype(np.uint8)
