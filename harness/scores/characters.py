"""How much of a shared page can be read: OCR of what was seen, compared with what was written.

The reader is tesseract, run as a program, with its German data: of the page as it was shared it reads every character
(tests/scores/test_characters.py), so each wrong one is the call's.
"""

import io
import os
import subprocess
import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image

from harness.model.errors import BenchError, ProvisionError
from harness.provision.needs import find_program

_MAGNIFIED = 3  # tesseract wants letters of 20 pixels and more
_SECONDS = 120.0
_MISSING = "tesseract, which reads the shared page, is missing: install tesseract-ocr and tesseract-ocr-deu."


@dataclass(frozen=True, slots=True)
class CharacterScore:
    """``share`` of ``characters`` that are read wrongly: edit distance over length, so that inventions count too."""

    share: float
    characters: int
    by: str


def score_characters(seen: Image.Image, written: str, size: tuple[int, int]) -> CharacterScore:
    """The share of ``written`` that is read wrongly in a picture of the page, which was shared at ``size`` pixels.

    Raises ``BenchError`` where nothing was written or tesseract fails, ``ProvisionError`` where it is missing.
    """
    wanted = _plain(written)
    if not wanted:
        raise BenchError("Nothing was written on the shared page, so nothing can be read wrongly.")
    if seen.size != size:  # a smaller picture is magnified by the page, too
        seen = seen.resize(size, Image.Resampling.BICUBIC)
    wrong = edit_distance(_plain(read_page(seen)), wanted)
    return CharacterScore(round(wrong / len(wanted), 4), len(wanted), _version())


def read_page(page: Image.Image) -> str:
    """What tesseract reads, a line for a line. Raises as ``score_characters``."""
    larger = page.convert("L").resize((page.width * _MAGNIFIED, page.height * _MAGNIFIED), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    larger.save(out, "PNG", compress_level=1)
    command = [_program(), "stdin", "stdout", "-l", "deu", "--psm", "6"]  # 6: one block of text
    try:
        done = subprocess.run(
            command,
            input=out.getvalue(),
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # its threads wait for each other
        )
    except subprocess.TimeoutExpired as error:
        raise BenchError(f"tesseract did not read the shared page within {_SECONDS:.0f} s.") from error
    except subprocess.CalledProcessError as error:
        if b"traineddata" in error.stderr or b"language" in error.stderr:
            raise ProvisionError(_MISSING) from error
        raise BenchError("tesseract could not read the picture of the shared page.") from error
    return done.stdout.decode("utf-8", "replace")


def edit_distance(one: str, other: str) -> int:
    """How many characters must be put in, left out or changed to make one of the other (Levenshtein)."""
    steps = np.arange(len(other) + 1)
    letters = np.array([ord(letter) for letter in other], np.int64)
    row = steps.copy()
    for letter in one:
        changed = np.minimum(row[1:] + 1, row[:-1] + (letters != ord(letter)))
        row = np.concatenate([row[:1] + 1, changed])
        row = np.minimum.accumulate(row - steps) + steps  # and what is put in
    return int(row[-1])


def _plain(text: str) -> str:
    """One space for all between words; typographic forms of one character are one."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _program() -> str:
    found = find_program("tesseract")
    if not found:
        raise ProvisionError(_MISSING)
    return found


@cache
def _version() -> str:
    said = subprocess.run([_program(), "--version"], check=False, capture_output=True, text=True)
    return (said.stdout or said.stderr).splitlines()[0].strip() + ", deu"
