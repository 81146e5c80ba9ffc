"""Which calls a quality run plays, in which order, and which of them are still to be played."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harness.model.observations import CallFact, Record
from harness.model.sentence import Sentence

AGAIN = "-again"


@dataclass(frozen=True, slots=True)
class Trial:
    """One call: on a network profile, as its ``repetition`` (from 1), with something ``planted`` in it by name."""

    profile: str
    repetition: int
    encrypted: bool = True
    planted: str = ""

    @property
    def label(self) -> str:
        """The name of its call in the evidence."""
        parts = (self.profile, self.planted, "" if self.encrypted else "plain", str(self.repetition))
        return "-".join(part for part in parts if part)

    @property
    def title(self) -> Sentence:
        """What reports call it."""
        with_what = f" + {self.planted}" if self.planted else ""
        plain_de, plain_en = ("", "") if self.encrypted else (", unverschlüsselt", ", not encrypted")
        return Sentence(
            de=f"Gespräch über {self.profile}{with_what}{plain_de} ({self.repetition}.)",
            en=f"A call over {self.profile}{with_what}{plain_en} (no. {self.repetition})",
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a quality run.

    ``planted`` are defects of known size, each a call of its own on the first profile. ``compare`` plays the first
    profile also without end-to-end encryption, right before or after its encrypted twin. With ``scores`` picture, sound
    and a shared page are compared with what they were, behind the measured time. ``target`` is the town hall, or the
    profile of one that somebody else runs.
    """

    profiles: tuple[str, ...]
    repeat: int = 1
    seconds: float = 30.0
    seed: int = 1
    compare: bool = True
    scores: bool = True
    planted: tuple[str, ...] = ()
    target: str = "townhall"


def trials(wanted: Wanted) -> list[Trial]:
    """Every call in the order in which they are played: the same for the same seed.

    Each repetition plays everything once, in an order of its own: what changes slowly on the machine then meets all
    profiles alike. Which of two twins goes first changes with every repetition, so that neither is always the warm one.
    """
    dice = random.Random(wanted.seed)
    plain_first = dice.random() < 0.5
    order: list[Trial] = []
    for repetition in range(1, wanted.repeat + 1):
        groups = [[Trial(profile, repetition)] for profile in wanted.profiles]
        groups += [[Trial(wanted.profiles[0], repetition, planted=name)] for name in wanted.planted]
        if wanted.compare:
            groups[0].insert(0 if plain_first else 1, Trial(wanted.profiles[0], repetition, encrypted=False))
            plain_first = not plain_first
        dice.shuffle(groups)
        order += [trial for group in groups for trial in group]
    return order


def left_of(order: Sequence[Trial], records: Iterable[Record]) -> list[Trial]:
    """The trials whose call was not written down to its end: ``CallFact`` is the last record of a call."""
    ended = {record.seen.call.partition(AGAIN)[0] for record in records if isinstance(record.seen, CallFact)}
    return [trial for trial in order if trial.label not in ended]


def label_for(trial: Trial, records: Iterable[Record]) -> str:
    """The label of a new attempt: what a killed attempt left under a label must not be taken for this one's."""
    used = {record.seen.call for record in records}
    attempts = sum(1 for label in used if label == trial.label or label.startswith(trial.label + AGAIN))
    return f"{trial.label}{AGAIN}{attempts}" if attempts else trial.label
