"""Sound as FLAC: nothing of it is lost, and it can be listened to."""

import io

import av
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from harness.model.errors import BenchError

_BLOCK = 4096


def write_flac(samples: NDArray[np.int16], rate: int) -> bytes:
    """Mono samples as a FLAC file. Raises ``BenchError`` where the installed PyAV cannot write one."""
    out = io.BytesIO()
    try:
        with av.open(out, "w", format="flac") as container:
            stream = container.add_stream("flac", rate=rate)
            stream.layout = "mono"
            stream.format = "s16"
            for start in range(0, len(samples), _BLOCK):
                frame = av.AudioFrame.from_ndarray(
                    np.ascontiguousarray(samples[np.newaxis, start : start + _BLOCK]), format="s16", layout="mono"
                )
                frame.sample_rate, frame.pts = rate, start
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    except (FFmpegError, ValueError) as error:
        raise BenchError("The installed PyAV cannot write FLAC; install it with its bundled libraries.") from error
    return out.getvalue()
