"""What pages show so that people can trust them: safety code and lock, and how the code came about."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from harness.model.observations.base import Observation


class SafetyCodeSeen(Observation):
    """The shape of the safety code on a party's page: how many symbols, out of how many. The code is not kept."""

    kind: Literal["safety-code"] = "safety-code"
    length: int
    alphabet: int


class RevealSeen(Observation):
    """A party's page revealed its keys in one round of the key agreement, as its signalling connection saw it.

    ``committed`` counts the commitments of others that had arrived before, of ``others`` who took part in the round;
    ``bound``: the page had sent its own before. A reveal that follows all commitments gives nobody a choice any more.
    """

    kind: Literal["reveal"] = "reveal"
    round: str
    others: int
    committed: int
    bound: bool


class LockChange(BaseModel):
    """From ``at`` (seconds since the epoch) on the lock was ``shown``, or not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: float
    shown: bool


class LockSeen(Observation):
    """When a party's page showed that the call is encrypted, from its opening on; ``until``: when it was closed."""

    kind: Literal["lock"] = "lock"
    changes: tuple[LockChange, ...]
    until: float
