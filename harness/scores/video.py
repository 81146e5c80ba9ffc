"""Full-reference scores of pictures: VMAF, and SSIM and PSNR beside it, by ffmpeg's libvmaf.

ffmpeg is the one inside imageio-ffmpeg, run as a program of its own (it is GPL; the distribution's has no libvmaf). All
three are of luma. VMAF's model vmaf_v0.6.1 is of somebody three heights away from a screen of 1080 lines: pictures are
magnified to that, as a call that fills the screen is. SSIM and PSNR are of the size at which they were sent.
"""

import json
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

from harness.model.errors import BenchError, ProvisionError
from harness.scores.film import Colours, Film, Luma

Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels of what was sent
FEWEST = 10  # pictures below which a mean says nothing
_LINES = 1080  # 0.1 s a picture; to score each third is biased by 4, since the canary's motion has its own rhythm
_RATE = (
    25  # of the files that are compared: nothing but VMAF's own sense of motion counts pictures, and it has no clock
)
_HIDDEN = 126
_SECONDS = 300.0
_LARGE = f"scale=-2:{_LINES}:flags=bicubic"
_GRAPH = (
    "[0:v]split[a][b];[1:v]split[c][d];"
    f"[a]{_LARGE}[e];[c]{_LARGE}[f];[e][f]libvmaf=log_fmt=json:log_path=large.json[x];"
    "[b][d]libvmaf=feature=name=psnr|name=float_ssim:log_fmt=json:log_path=plain.json[y]"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture that was shown, and the number it bore."""

    number: int
    luma: Luma
    colours: Colours = "bt601"


@dataclass(frozen=True, slots=True)
class VideoScores:
    """Means over ``pictures``: VMAF 0 to 100, SSIM 0 to 1, PSNR in dB (60 where nothing differs)."""

    vmaf: float
    ssim: float
    psnr: float
    pictures: int
    by: str


def pairs(seen: Iterable[Seen], film: Film, hidden: Sequence[Box] = ()) -> Iterator[tuple[Luma, Luma]]:
    """What was sent and what was seen of it: each picture that was shown, beside the one that bears its number.

    ``hidden`` are parts that are not of the film (a mark that was drawn over it): they are blank in both.
    """
    for each in seen:
        yield _beside(film.luma(each.number, each.colours), each.luma, hidden)


def held(seen: Iterable[Seen], film: Film, hidden: Sequence[Box] = ()) -> Iterator[tuple[Luma, Luma]]:
    """As ``pairs``, with what stood in the place of each picture that was never shown: the one shown before it.

    Of pictures in order from the first to the last that were shown: pictures that were skipped count here, delay does
    not.
    """
    before: Seen | None = None
    for each in sorted(seen, key=lambda one: one.number):
        if before:
            for number in range(before.number + 1, each.number):
                yield _beside(film.luma(number, each.colours), before.luma, hidden)
        if not before or each.number > before.number:
            yield _beside(film.luma(each.number, each.colours), each.luma, hidden)
            before = each


def score_video(compared: Iterable[tuple[Luma, Luma]]) -> VideoScores:
    """The scores of pairs of sent and seen pictures, all of one size.

    Raises ``BenchError`` for fewer than ``FEWEST`` pairs and where ffmpeg fails, ``ProvisionError`` without ffmpeg.
    """
    program = _ffmpeg()
    with tempfile.TemporaryDirectory() as folder:
        sent, seen = Path(folder) / "sent.y4m", Path(folder) / "seen.y4m"
        count = _write(compared, sent, seen)
        if count < FEWEST:
            raise BenchError(
                f"Only {count} pictures can be compared, which is too few for a score: {FEWEST} are needed."
            )
        command = [program, "-nostdin", "-v", "error", "-i", str(seen), "-i", str(sent), "-filter_complex", _GRAPH]
        try:
            subprocess.run(
                [*command, "-map", "[x]", "-f", "null", "-", "-map", "[y]", "-f", "null", "-"],
                cwd=folder, check=True, capture_output=True, timeout=_SECONDS,
            )  # fmt: skip
            large, plain = (_means(Path(folder) / name) for name in ("large.json", "plain.json"))
            means = (large["vmaf"], plain["float_ssim"], plain["psnr_y"])
        except subprocess.TimeoutExpired as error:
            raise BenchError(f"ffmpeg did not compare {count} pictures within {_SECONDS:.0f} s.") from error
        except subprocess.CalledProcessError as error:
            last = (error.stderr.decode(errors="replace").strip().splitlines() or ["it did not say why"])[-1]
            raise BenchError(f"ffmpeg could not compare the pictures: {last}") from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BenchError("ffmpeg compared the pictures but told no scores.") from error
    return VideoScores(*means, pictures=count, by=f"{_version(program)}, libvmaf, vmaf_v0.6.1 at {_LINES} lines")


def _means(log: Path) -> dict[str, float]:
    pooled = json.loads(log.read_text())["pooled_metrics"]
    return {name: float(values["mean"]) for name, values in pooled.items()}


def _beside(sent: Luma, seen: Luma, hidden: Sequence[Box]) -> tuple[Luma, Luma]:
    if seen.shape != sent.shape:  # an encoder short of bits sends smaller pictures; the page magnifies them
        seen = np.asarray(Image.fromarray(seen).resize(sent.shape[::-1], Image.Resampling.BICUBIC))
    if not hidden:
        return sent, seen
    sent, seen = sent.copy(), seen.copy()
    for left, top, right, bottom in hidden:
        sent[top:bottom, left:right] = seen[top:bottom, left:right] = _HIDDEN
    return sent, seen


def _write(compared: Iterable[tuple[Luma, Luma]], sent: Path, seen: Path) -> int:
    """Two YUV4MPEG2 files without colour."""
    count = 0
    with sent.open("wb") as first, seen.open("wb") as second:
        for pair in compared:
            height, width = pair[0].shape
            for picture, out in zip(pair, (first, second), strict=True):
                if not count:
                    out.write(f"YUV4MPEG2 W{width} H{height} F{_RATE}:1 Ip A1:1 C420jpeg\n".encode())
                grey = bytes([128]) * (2 * ((width + 1) // 2) * ((height + 1) // 2))
                out.write(b"FRAME\n" + picture.tobytes() + grey)
            count += 1
    return count


@cache
def _ffmpeg() -> str:
    try:
        import imageio_ffmpeg

        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError) as error:
        raise ProvisionError("The ffmpeg that scores pictures is missing: install imageio-ffmpeg.") from error


@cache
def _version(program: str) -> str:
    said = subprocess.run([program, "-version"], check=False, capture_output=True, text=True).stdout.split()
    return f"ffmpeg {said[2].split('-')[0]}" if len(said) > 2 else "ffmpeg"
