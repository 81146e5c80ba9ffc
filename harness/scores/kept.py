"""A stretch of what a person saw and heard, fetched from the page that kept it (``harness/vantage/inject/keep.js``).

Keeping costs the page a copy of each picture; nothing is scored while the call lasts.
"""

import base64
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from playwright.sync_api import Error, Page

from harness.media.decode import Pcm
from harness.model.errors import TargetError
from harness.scores.film import Luma

LEAD = 1500.0  # ms that the voice alone is said before and after it is heard: longer than a call delays it
_AT_ONCE = 20  # pictures in one message
_BROKEN = "What the {party}'s page kept of its {what} could not be fetched."


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A picture as it was decoded: when it was shown (ms since the epoch), and the number in its strip, if readable."""

    at_ms: float
    number: int | None
    luma: Luma


@dataclass(slots=True)
class Kept:
    """What one person saw and heard in a stretch of a call; times in ms since the epoch.

    ``cost_ms`` is what keeping took of the page's main thread, ``missed`` counts pictures that could not be kept.
    """

    pictures: list[KeptPicture] = field(default_factory=list)
    sound: Pcm = field(default_factory=lambda: np.zeros(0, np.float32))
    sound_from_ms: float = 0.0
    sound_to_ms: float = 0.0
    cost_ms: float = 0.0
    missed: int = 0


def keep_pictures(page: Page, party: str, media: Literal["video", "screen"], *, most: int, seconds: float) -> Kept:
    """Keeps up to ``most`` pictures of the others that the page shows within so many seconds.

    Raises ``TargetError`` where the page shows no such picture, or is gone.
    """
    try:
        page.evaluate("pruefstandKeep.forget()")
        count = page.evaluate(
            "([media, most, ms]) => pruefstandKeep.see(media, most, ms)", [media, most, seconds * 1000]
        )
        if not count:
            raise TargetError(f"The {party}'s page showed no {media} of anybody that could be kept.")
        told: dict[str, Any] = page.evaluate("pruefstandKeep.told()")
        pictures: list[KeptPicture] = []
        for start in range(0, count, _AT_ONCE):
            lumas = page.evaluate("([from, to]) => pruefstandKeep.luma(from, to)", [start, start + _AT_ONCE])
            pictures += [_picture(each, luma) for each, luma in zip(told["pictures"][start:], lumas, strict=False)]
        page.evaluate("pruefstandKeep.forget()")
    except (Error, ValueError) as error:
        raise TargetError(_BROKEN.format(party=party, what="pictures")) from error
    return Kept(pictures=pictures, cost_ms=told["cost"], missed=told["missed"])


def keep_speech(speaker: Page, hearer: Page, party: str, *, seconds: float) -> Kept:
    """Keeps so many seconds of what ``hearer`` (the page of ``party``) hears while ``speaker`` says its voice alone.

    For that while no marks are in the sound. Raises ``TargetError`` where there is no voice or no sound.
    """
    try:
        if not speaker.evaluate("ms => pruefstandKeep.speak(ms)", seconds * 1000 + 2 * LEAD):
            raise TargetError("The person who is to be heard has no voice that could be scored.")
        speaker.wait_for_timeout(LEAD)
        if not hearer.evaluate("ms => pruefstandKeep.hear(ms)", seconds * 1000):
            raise TargetError(f"The {party}'s page received no sound that could be kept.")
        told: dict[str, Any] = hearer.evaluate("pruefstandKeep.told()")
        samples = np.frombuffer(base64.b64decode(hearer.evaluate("pruefstandKeep.sound()")), "<i2")
        hearer.evaluate("pruefstandKeep.forget()")
        # The marks are back before anybody looks for them again.
        speaker.wait_for_timeout(LEAD)
    except (Error, ValueError) as error:
        raise TargetError(_BROKEN.format(party=party, what="sound")) from error
    sound = (samples / 32768).astype(np.float32)
    return Kept(sound=sound, sound_from_ms=told["from"], sound_to_ms=told["to"])


def _picture(told: dict[str, Any], luma: str) -> KeptPicture:
    rows = np.frombuffer(base64.b64decode(luma), np.uint8).reshape(told["height"], told["stride"])
    return KeptPicture(told["at"], told["number"], np.ascontiguousarray(rows[:, : told["width"]]))
