"""Whether the scores tell the truth: media made worse by known amounts, beside what the scores say of them.

``python -m harness.scores.truth [--write FILE.md]`` prints the tables in Markdown, and exits 1 where a score does not
fall (or the share of wrong characters not rise) from each row to the next.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image

from harness.media.document import SIZE, document_text, draw_document
from harness.media.picture import RATE as CAMERA
from harness.media.picture import write_film
from harness.media.voice import RATE, speak
from harness.model.errors import BenchError
from harness.scores.characters import score_characters
from harness.scores.film import Film
from harness.scores.speech import score_speech
from harness.scores.spoil import blurred, decoded, encoded, lost, shrunk, spoken_through
from harness.scores.video import held, pairs, score_video

PICTURES = 100
SECONDS = 8
KILOBITS = (1500, 800, 400, 200, 100, 50)
LOSSES = (0.0, 0.01, 0.03, 0.05, 0.1, 0.2)
SPOKEN = (48, 24, 16, 12, 8, 6)
BLURS = (0.0, 1.0, 1.5, 2.0, 2.5, 3.0)
SIZES = (1.0, 0.75, 0.5, 0.4, 0.3, 0.25)
_FULL = 800  # kb/s of the film, and
_CLEAR = 32  # of the speech, whose packets are lost

_INTRODUCTION = (
    "Media that were made worse by known amounts, without a call, and what the scores say of them. Made by"
    " `python -m harness.scores.truth --write FILE`."
)

Row = tuple[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """One way of making something worse, from good to bad. ``slack`` is by how much each score may go back up."""

    title: str
    heads: tuple[str, ...]
    slack: tuple[float, ...]
    rises: bool
    rows: list[Row]
    by: str

    def breaks(self) -> Iterator[str]:
        """Where it does not go the way it should, a sentence each."""
        for column, slack in enumerate(self.slack):
            for (before, first), (after, second) in pairwise(self.rows):
                step = second[column] - first[column]
                if (-step if self.rises else step) > slack:
                    yield (
                        f"{self.title}: {self.heads[column + 1]} goes from {first[column]:g} to {second[column]:g}"
                        f" between {before} and {after}."
                    )

    def markdown(self) -> str:
        """The table, its title as a heading."""
        lines = [f"## {self.title}", "", " | ".join(("", *self.heads, "")).strip()]
        lines.append("|" + "---|" * len(self.heads))
        lines += [" | ".join(("", name, *(f"{value:g}" for value in values), "")).strip() for name, values in self.rows]
        return "\n".join((*lines, "", f"By {self.by}."))


def video_by_bitrate(film: Film) -> Table:
    """The film through VP8 at falling bitrates."""
    rows: list[Row] = []
    by = ""
    for kilobits in KILOBITS:
        frames = encoded(film, PICTURES, kilobits)
        scores = score_video(pairs(decoded(frames, [False] * len(frames)), film))
        took = sum(map(len, frames)) * 8 * CAMERA / len(frames) / 1000
        rows.append(
            (
                f"{kilobits} kb/s (took {took:.0f})",
                (round(scores.vmaf, 1), round(scores.ssim, 4), round(scores.psnr, 1)),
            )
        )
        by = scores.by
    title = f"Pictures: bitrate ({PICTURES} pictures, VP8)"
    return Table(title, ("bitrate", "VMAF", "SSIM", "PSNR dB"), (0, 0, 0), False, rows, by)


def video_by_loss(film: Film) -> Table:
    """Frames of the film lost on the way to a decoder that goes on."""
    frames = encoded(film, PICTURES, _FULL)
    rows: list[Row] = []
    by = ""
    for share in LOSSES:
        seen = list(decoded(frames, lost(len(frames), share)))
        own, place = score_video(pairs(seen, film)), score_video(held(seen, film))
        values = (round(own.vmaf, 1), round(own.ssim, 4), round(own.psnr, 1), round(place.vmaf, 1))
        rows.append((f"{share:.0%}", values))
        by = own.by
    title = f"Pictures: loss of frames (VP8 at {_FULL} kb/s, a decoder that goes on)"
    heads = ("loss", "VMAF", "SSIM", "PSNR dB", "VMAF with what was held")
    return Table(title, heads, (0, 0, 0, 0), False, rows, by)


def speech_by(title: str, head: str, amounts: Sequence[tuple[str, int, float]]) -> Table:
    """Speech through Opus: for each row its name, kb/s and share of lost packets."""
    said = speak("clerk")
    sound = np.resize(said, SECONDS * RATE)
    rows: list[Row] = []
    by = ""
    for name, kilobits, share in amounts:
        scores = score_speech(said, spoken_through(sound, kilobits, share))
        rows.append((name, (round(scores.speech, 2), round(scores.stoi, 3))))
        by = f"{scores.by}; {scores.stoi_by}"
    return Table(title, (head, "ViSQOL MOS-LQO", "STOI"), (0, 0), False, rows, by)


def characters_by(title: str, head: str, pages: Sequence[tuple[str, Image.Image]]) -> Table:
    """Characters read wrongly, of pages that were made worse."""
    rows: list[Row] = []
    by = ""
    for name, page in pages:
        score = score_characters(page, document_text(), SIZE)
        rows.append((name, (round(100 * score.share, 2),)))
        by = score.by
    return Table(title, (head, "characters read wrongly, %"), (0,), True, rows, by)


def tables() -> Iterator[Table]:
    """All tables, one after the other, as they are measured (a minute or two in all)."""
    with tempfile.TemporaryDirectory() as folder:
        film = Film(write_film(Path(folder) / "clerk.film", "clerk", "truth"))
        yield video_by_bitrate(film)
        yield video_by_loss(film)
    bitrates = [(f"{kilobits} kb/s", kilobits, 0.0) for kilobits in SPOKEN]
    yield speech_by(f"Speech: bitrate ({SECONDS} s, Opus)", "bitrate", bitrates)
    losses = [(f"{share:.0%}", _CLEAR, share) for share in LOSSES]
    yield speech_by(f"Speech: loss of packets (Opus at {_CLEAR} kb/s, concealed by its decoder)", "loss", losses)
    page = draw_document()
    yield characters_by("Shared page: blur", "radius", [(f"{radius:g} px", blurred(page, radius)) for radius in BLURS])
    yield characters_by("Shared page: size", "size", [(f"{size:.0%}", shrunk(page, size)) for size in SIZES])


def main(given: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m harness.scores.truth", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", type=Path, help="write the tables into this file")
    chosen = parser.parse_args(given)
    parts, breaks = ["# Do the scores tell the truth?", _INTRODUCTION], list[str]()
    try:
        for table in tables():
            print(f"{table.markdown()}\n", flush=True)
            parts.append(table.markdown())
            breaks += table.breaks()
    except BenchError as error:
        print(error, file=sys.stderr)
        return 2
    parts.append("Each score goes the right way from row to row." if not breaks else "\n".join(breaks))
    print(parts[-1])
    if chosen.write:
        chosen.write.write_text("\n\n".join(parts) + "\n", "utf-8")
    return 1 if breaks else 0


if __name__ == "__main__":
    raise SystemExit(main())
