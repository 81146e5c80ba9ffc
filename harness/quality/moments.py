"""Moments that are only known afterwards, from the pictures that were shown."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median_low

from harness.model.observations import Moment, Observation, PicturesShown

AFTER = 5000.0  # ms after a change of keys in which what it cost is looked for


def moments_of(seen: Iterable[Observation], moments: Sequence[Moment]) -> list[Moment]:
    """Each person's first picture of the other, and the first after each change of keys."""
    times: dict[tuple[str, str], list[float]] = {}
    for each in seen:
        if isinstance(each, PicturesShown) and each.media == "video" and each.at_ms:
            times.setdefault((each.call, each.party), []).extend(each.at_ms)  # a page may show it in a new place
    found = [_moment(*whose, "first-picture", min(shown)) for whose, shown in times.items()]
    ends = {(each.call, each.party): each.at_ms for each in moments if each.what == "call-ended"}
    for change in moments:
        whose = change.call, change.party
        if change.what == "key-change" and whose in times:
            at = picture_after(times[whose], change.at_ms, ends.get(whose))
            found += [_moment(*whose, "picture-after-key-change", at)] if at is not None else []
    return found


def picture_after(shown_ms: Sequence[float], change_ms: float, end_ms: float | None = None) -> float | None:
    """When the picture came back after a change of keys, in a call that was over at ``end_ms``.

    Which picture was the first under the new keys is not to be seen at the glass. It is taken for the one that ends the
    longest standstill in the time after the change (the most that it can have cost), or, where the picture never stood
    still, for the next one. None where no picture came any more, or none after a standstill until the end.
    """
    times = sorted(at for at in shown_ms if at >= change_ms - AFTER)
    later = [at for at in times if at > change_ms]
    beyond = [at for at in later if at > change_ms + AFTER][:1]  # ends what stood still when the time was over
    near = [change_ms, *(at for at in later if at <= change_ms + AFTER), *beyond]
    gaps = [(late - early, late) for early, late in pairwise(near)]
    if not gaps:
        return None
    # Of a picture that stands still for most of the time there are few gaps: those before the change count as well.
    usual = median_low([late - early for early, late in pairwise(times)] or [0.0])
    still = max(3 * usual, usual + 150.0)  # a freeze, as webrtc-stats counts one
    if not beyond and end_ms is not None and min(end_ms, change_ms + AFTER) - near[-1] >= still:
        return None
    longest, end = max(gaps)
    return end if longest >= still else gaps[0][1]


def _moment(call: str, party: str, what: str, at_ms: float) -> Moment:
    return Moment.model_validate({"call": call, "party": party, "what": what, "at_ms": at_ms})
