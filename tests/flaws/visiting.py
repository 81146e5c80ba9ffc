"""What a clean run saw of somebody who was in a call for a time."""

from collections.abc import Iterator

from harness.model.observations import AnyObservation, Media, MemberChange, OutsiderOpened
from tests.flaws.beside import EXTRAS

PACE = 22  # so much slower are the few frames of that call, so that it lasts half a minute
JOINED, LEFT = 12.6, 19.2  # seconds into the call with everything
REKEYED = (13.0, 19.9)  # seconds into it, when those who stayed first sent under a new key
_MEDIA: tuple[Media, ...] = ("audio", "video")


def coming(began: float) -> Iterator[AnyObservation]:
    """What the guest's keys opened in a call that began then, before, while and after the guest was there."""
    yield MemberChange(call=EXTRAS, party="guest", change="joined", at=began + JOINED)
    yield MemberChange(call=EXTRAS, party="guest", change="left", at=began + LEFT)
    for party in ("citizen", "clerk"):
        for media in _MEDIA:
            seen = OutsiderOpened(
                call=EXTRAS, party=party, outsider="guest", media=media, period="before", frames=30, opened=0
            )
            yield seen
            yield seen.model_copy(update={"period": "present", "frames": 50, "opened": 45})
            yield seen.model_copy(update={"period": "leaving", "frames": 100, "opened": 20, "last": 0.4})
            yield seen.model_copy(update={"period": "late", "frames": 60, "opened": 0})
