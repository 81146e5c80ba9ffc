"""Pictures, speech and a page made worse by a known amount, without a call: what the scores are checked against.

Losses are seeded and nested: whatever is lost at 1 % is lost at 3 %, too.
"""

from collections.abc import Iterator
from fractions import Fraction

import av
import numpy as np
from av.error import FFmpegError
from PIL import Image, ImageFilter

from harness.media.decode import Pcm, decode_opus
from harness.media.picture import RATE as PICTURES
from harness.model.errors import BenchError
from harness.scores.film import Film, Luma
from harness.scores.video import Seen

SOUND = 48000
_PACKET = SOUND // 50
_LOOKAHEAD = 312  # samples that libopus' encoder is late (RFC 7845 section 4.2 calls it pre-skip)
_REALTIME = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0", "error-resilient": "1"}


def lost(count: int, share: float, seed: int = 7) -> list[bool]:
    """Which of ``count`` are lost when ``share`` of them are; the first never is."""
    drawn = np.random.default_rng(seed).random(count) < share
    return [bool(each) and at > 0 for at, each in enumerate(drawn)]


def encoded(film: Film, pictures: int, kilobits: int) -> list[bytes]:
    """VP8 as a browser makes it, one frame for each picture."""
    first = film.luma(0)
    encoder = av.CodecContext.create("libvpx", "w")
    encoder.width, encoder.height = first.shape[1], first.shape[0]
    encoder.pix_fmt = "yuv420p"
    encoder.time_base = Fraction(1, PICTURES)
    encoder.framerate = Fraction(PICTURES, 1)
    encoder.bit_rate = kilobits * 1000
    encoder.gop_size = pictures  # as in a call: a key frame only where somebody asks for one
    encoder.options = _REALTIME
    frames: list[bytes] = []
    for number in range(pictures):
        luma = film.luma(number)
        grey = np.full((luma.shape[0] // 2, luma.shape[1]), 128, np.uint8)
        picture = av.VideoFrame.from_ndarray(np.vstack([luma, grey]), format="yuv420p")
        picture.pts = number
        frames += [bytes(packet) for packet in encoder.encode(picture)]
    frames += [bytes(packet) for packet in encoder.encode(None)]
    if len(frames) != pictures:
        raise BenchError(f"The encoder made {len(frames)} frames of {pictures} pictures.")
    return frames


def decoded(frames: list[bytes], gone: list[bool]) -> Iterator[Seen]:
    """What a decoder that goes on makes of the frames that are not ``gone``: errors stay until the next key frame."""
    decoder = av.CodecContext.create("vp8", "r")
    decoder.thread_count = 1
    for number, (frame, is_gone) in enumerate(zip(frames, gone, strict=True)):
        if is_gone:
            continue
        try:
            for picture in decoder.decode(av.Packet(frame)):
                yield Seen(number, _luma(picture))
        except FFmpegError:
            continue


def spoken_through(sound: Pcm, kilobits: int, gone: float = 0.0) -> Pcm:
    """Speech through Opus at a bitrate, with a share of its packets lost and concealed by Opus' own decoder."""
    encoder = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = SOUND, "mono", "s16"
    encoder.bit_rate = kilobits * 1000
    encoder.options = {"application": "voip", "frame_duration": "20"}
    samples = np.round(np.clip(sound, -1, 1) * 32767).astype("<i2")
    packets: list[bytes] = []
    for at in range(0, len(samples) - _PACKET + 1, _PACKET):
        frame = av.AudioFrame.from_ndarray(samples[None, at : at + _PACKET], format="s16", layout="mono")
        frame.sample_rate, frame.pts = SOUND, at
        packets += [bytes(packet) for packet in encoder.encode(frame)]
    packets += [bytes(packet) for packet in encoder.encode(None)]
    # A packet of nothing but its first byte is one that did not come (RFC 6716 section 3.2.1): the decoder conceals it.
    came = [packet[:1] if no else packet for packet, no in zip(packets, lost(len(packets), gone), strict=True)]
    return decode_opus(came)[0][_LOOKAHEAD : _LOOKAHEAD + len(sound)]


def blurred(page: Image.Image, radius: float) -> Image.Image:
    """The page seen through a lens out of focus: Gaussian, ``radius`` in pixels."""
    return page.filter(ImageFilter.GaussianBlur(radius)) if radius else page


def shrunk(page: Image.Image, factor: float) -> Image.Image:
    """The page at a ``factor`` of its width and height, as an encoder short of bits sends it."""
    return page.resize((round(page.width * factor), round(page.height * factor)), Image.Resampling.BILINEAR)


def _luma(picture: av.VideoFrame) -> Luma:
    height = picture.height
    return np.ascontiguousarray(picture.to_ndarray(format="yuv420p")[:height])
