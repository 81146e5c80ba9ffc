"""What a run kept for people to look at: made anew for the page, so that nothing but picture and sound travels."""

import base64
import io
from collections.abc import Sequence

import av
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray
from PIL import Image

Box = tuple[int, int, int, int]  # left, top, right, bottom
_MOST = 4_000_000  # pixels of a picture that is opened at all
_LONGEST = 1200  # seconds of sound that are read at all
_QUALITY = 70


def piece(data: bytes, ends: Sequence[int], place: int) -> bytes:
    """One of the pictures that lie in a file behind one another; nothing where there is none of that place."""
    if not 0 <= place < len(ends):
        return b""
    begin = ends[place - 1] if place else 0
    return data[begin : ends[place]] if 0 <= begin <= ends[place] <= len(data) else b""


def as_jpeg(data: bytes, widest: int, crop: Box | None = None) -> bytes:
    """A JPEG picture anew, at most so wide, of ``crop`` alone where that is given; nothing for what is none."""
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG"]) as opened:
            if opened.width * opened.height > _MOST:
                return b""
            picture = opened.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""
    if crop and crop[2] <= picture.width and crop[3] <= picture.height:
        picture = picture.crop(crop)
    picture.thumbnail((widest, widest), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    Image.frombytes("RGB", picture.size, picture.tobytes()).save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def sound_of(data: bytes) -> tuple[NDArray[np.float32], int]:
    """The samples (mono, -1 to 1) of a FLAC file, and its rate in Hz; none of what is none."""
    parts = [np.zeros(0, np.float32)]
    rate, count = 16000, 0
    try:
        with av.open(io.BytesIO(data), "r", format="flac") as container:
            for frame in container.decode(audio=0):
                rate = frame.sample_rate
                samples = frame.to_ndarray()
                scale = 32768 if samples.dtype == np.int16 else 2147483648 if samples.dtype == np.int32 else 1
                parts.append((samples.reshape(-1)[:: frame.layout.nb_channels] / scale).astype(np.float32))
                count += len(parts[-1])
                if count > _LONGEST * rate:
                    break
    except (FFmpegError, ValueError, IndexError):
        pass  # what came before the damage is in ``parts``
    return np.concatenate(parts), rate


def data_uri(data: bytes, kind: str) -> str:
    """A picture within the page."""
    return f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"
