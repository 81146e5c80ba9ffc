"""Where the clear beginning of a stream ends and its sealed part begins."""

from collections.abc import Sequence

SEALED_SHARE = 0.25  # of a stream's frames (our own threshold): fewer are strays that the sender's tap missed


def is_sealed(clear: Sequence[bool], short: Sequence[bool] = ()) -> bool:
    """Whether a stream has a sealed part at all; ``clear[i]`` says that frame ``i`` was in the clear.

    ``short[i]``: it was, and is so short that it says nothing of the others (``harness.wire.specials``).
    """
    if any(short):
        return is_sealed([clear[place] for place in _telling(short)])
    return bool(clear) and clear.count(False) >= SEALED_SHARE * len(clear)


def early_count(clear: Sequence[bool], short: Sequence[bool] = ()) -> int:
    """How many frames at the beginning of a stream came before its sealed part; the rest is the steady part.

    The border lies where the fewest frames are on the wrong side of it, so that a single frame that the sender's tap
    missed does not move it. A stream without a sealed part has no early part: all of it is steady.
    """
    if any(short):
        places = _telling(short)
        before = early_count([clear[place] for place in places])
        return places[before - 1] + 1 if before else 0
    if not is_sealed(clear):
        return 0
    sealed_after = clear.count(False)
    needed = SEALED_SHARE * len(clear)
    best, fewest = 0, clear.count(True)
    wrong = fewest
    for index, frame_is_clear in enumerate(clear):
        wrong += -1 if frame_is_clear else 1
        sealed_after -= 0 if frame_is_clear else 1
        if sealed_after < needed:
            break
        if wrong < fewest:
            best, fewest = index + 1, wrong
    return best


def _telling(short: Sequence[bool]) -> list[int]:
    return [place for place, is_short in enumerate(short) if not is_short]
