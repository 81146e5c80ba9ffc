"""Moments that are only known afterwards, from the pictures that were shown."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from harness.model.observations import Moment, Observation, PicturesShown

AFTER = 5000.0  # ms after a change of keys in which what it cost is looked for


def moments_of(seen: Iterable[Observation], moments: Iterable[Moment]) -> list[Moment]:
    """Each person's first picture of the other, and the first after each change of keys."""
    times: dict[tuple[str, str], list[float]] = {}
    for each in seen:
        if isinstance(each, PicturesShown) and each.media == "video" and each.at_ms:
            times.setdefault((each.call, each.party), []).extend(each.at_ms)  # a page may show it in a new place
    found = [_moment(*whose, "first-picture", min(shown)) for whose, shown in times.items()]
    for change in list(moments):
        whose = change.call, change.party
        if change.what == "key-change" and whose in times:
            at = picture_after(times[whose], change.at_ms)
            found += [_moment(*whose, "picture-after-key-change", at)] if at is not None else []
    return found


def picture_after(shown_ms: Sequence[float], change_ms: float) -> float | None:
    """When the picture came back after a change of keys.

    Which picture was the first under the new keys is not to be seen at the glass. It is taken for the one that ends the
    longest standstill in the time after the change (the most that it can have cost), or, where the picture never stood
    still, for the next one. None where no picture came any more.
    """
    near = [change_ms, *sorted(at for at in shown_ms if change_ms < at <= change_ms + AFTER)]
    gaps = [(late - early, late) for early, late in pairwise(near)]
    if not gaps:
        return None
    usual = sum(gap for gap, _ in gaps) / len(gaps)
    longest, end = max(gaps)
    stands_still = longest >= max(3 * usual, usual + 150.0)  # a freeze, as webrtc-stats counts one
    return end if stands_still else gaps[0][1]


def _moment(call: str, party: str, what: str, at_ms: float) -> Moment:
    return Moment.model_validate({"call": call, "party": party, "what": what, "at_ms": at_ms})
