"""How long those who stay in a call must go on, so that it can be said what somebody who left can still open."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.person import Person

PROMPT, LATE = 5.0, 10.0  # seconds after leaving: new keys must be in use, and have come late (our own thresholds)
PATIENCE = 75.0  # seconds in which new keys must have come at all
FRAMES = 30  # of each medium of each party, sent after the deadline
SPARE = 20.0  # seconds for them: a medium that is switched off sends none


@dataclass(frozen=True, slots=True)
class Staying:
    """Those who stay, and when the other left (seconds since the epoch)."""

    people: Sequence[Person]
    left: float

    def enough(self, now: float) -> bool:
        """Whether new keys have come to everybody, or will not come, and enough was sent after the deadline.

        Where new keys came late, frames are wanted from after the later deadline as well.
        """
        rekeyed = [self._rekeyed(person) for person in self.people]
        if any(at is None for at in rekeyed) and now < self.left + PATIENCE:
            return False
        prompt = all(at is not None and at < self.left + PROMPT for at in rekeyed)
        deadline = self.left + (PROMPT if prompt else LATE)
        if now > max(deadline, *(at or self.left for at in rekeyed)) + SPARE:
            return True
        return all(
            self._sent(person, medium, deadline) >= FRAMES for person in self.people for medium in self._media(person)
        )

    def _rekeyed(self, person: Person) -> float | None:
        """When the person's worker got the first key that it did not have when the other left."""
        times = [key.at for key in person.tapped.keys.values() if key.scope == "worker" and key.at > self.left]
        return min(times, default=None)

    def _media(self, person: Person) -> set[str]:
        return {
            medium for _, stage, medium in person.tapped.frames if stage == "after" and medium in ("audio", "video")
        }

    def _sent(self, person: Person, medium: str, deadline: float) -> int:
        return sum(
            frame.at > deadline
            for (_, stage, sent), frames in person.tapped.frames.items()
            if (stage, sent) == ("after", medium)
            for frame in frames
        )
