"""Encoded frames to pictures and sound, whatever the bytes are: what cannot be decoded is left out."""

import io
import math
from collections.abc import Iterable, Iterator

import av
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray
from PIL import Image

from harness.model.errors import BenchError

Pcm = NDArray[np.float32]  # mono, -1 to 1

VIDEO_CODECS = ("vp8", "vp9")
_MAX_PIXELS = 1920 * 1080  # a header made of noise may announce a picture of gigabytes
_OPUS_RATE = 48000  # RFC 7587 section 4.1


def iter_video(codec: str, frames: Iterable[bytes]) -> Iterator[Image.Image]:
    """The pictures that a decoder of ``codec`` ("vp9" or "vp8") gives back, one at a time.

    Frames that do not decode give none; pictures above 1920x1080 are not decoded. Raises ``BenchError`` for another
    codec.
    """
    name = codec.lower()
    if name not in VIDEO_CODECS:
        raise BenchError(f"The bench has no decoder for {codec!r}; it has {' and '.join(VIDEO_CODECS)}.")
    decoder = av.VideoCodecContext.create(name, "r")
    if not isinstance(decoder, av.VideoCodecContext):
        raise BenchError(f"The installed PyAV has no video decoder {name!r}; install it with its bundled libraries.")
    decoder.options = {"max_pixels": str(_MAX_PIXELS)}
    decoder.thread_count = 1
    for data in frames:
        if not data:
            continue  # to the decoder an empty packet would mean the end
        try:
            decoded = decoder.decode(av.Packet(data))
            pictures = [Image.fromarray(picture.to_ndarray(format="rgb24")) for picture in decoded]
        except (FFmpegError, ValueError):
            continue
        yield from pictures


def decode_video(codec: str, frames: Iterable[bytes]) -> list[Image.Image]:
    """All pictures of ``iter_video`` at once; a long call is better taken one picture at a time."""
    return list(iter_video(codec, frames))


def decode_opus(frames: Iterable[bytes]) -> tuple[Pcm, int]:
    """The sound of Opus packets as mono samples from -1 to 1, and its rate in Hz (48000). Broken packets are left out.

    Opus takes nearly any bytes for sound: only recognising it tells speech from noise.
    """
    decoder = av.AudioCodecContext.create("libopus", "r")
    if not isinstance(decoder, av.AudioCodecContext):
        raise BenchError("The installed PyAV has no Opus decoder; install it with its bundled libraries.")
    decoder.sample_rate = _OPUS_RATE
    decoder.layout = "mono"
    parts = [np.zeros(0, np.float32)]
    for data in frames:
        if not data:
            continue
        try:
            parts += [_mono(sound) for sound in decoder.decode(av.Packet(data))]
        except (FFmpegError, ValueError):
            continue
    return np.concatenate(parts), _OPUS_RATE


def decode_webm_sound(data: bytes) -> tuple[Pcm, int]:
    """The sound of a recording in a container (WebM of MediaRecorder, WAV) as mono samples and its rate in Hz.

    A recording cut short gives what is whole; none, or one without sound, gives no samples and 48000 Hz.
    """
    parts = [np.zeros(0, np.float32)]
    rate = _OPUS_RATE
    try:
        with av.open(io.BytesIO(data), "r") as container:
            for sound in container.decode(audio=0):
                parts.append(_mono(sound))
                rate = sound.sample_rate
    except (FFmpegError, ValueError, IndexError):
        pass  # what came before the cut is in ``parts``
    return np.concatenate(parts), rate


def _mono(sound: av.AudioFrame) -> Pcm:
    samples = sound.to_ndarray()
    scale = 1.0 / 32768 if samples.dtype == np.int16 else 1.0
    channels = samples if sound.format.is_planar else samples.reshape(-1, sound.layout.nb_channels).T
    return np.asarray(channels.mean(axis=0) * scale, np.float32)


def noise_picture(data: bytes, size: tuple[int, int] = (640, 360)) -> Image.Image:
    """Bytes drawn as coloured dots, as large as needed for them to fill the picture: what no decoder makes sense of.

    ``size`` is width and height in pixels. No bytes at all give a black picture.
    """
    width, height = size
    if not data:
        return Image.new("RGB", size)
    dot = max(1, math.isqrt(3 * width * height // len(data)))
    columns, rows = math.ceil(width / dot), math.ceil(height / dot)
    values = np.resize(np.frombuffer(data, np.uint8), (rows, columns, 3))
    drawn = Image.fromarray(values).resize((columns * dot, rows * dot), Image.Resampling.NEAREST)
    return drawn.crop((0, 0, width, height))
