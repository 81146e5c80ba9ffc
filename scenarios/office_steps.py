"""The steps of stories about what is around the calls: booking, opening hours, municipalities, the pilot."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from harness.bench import Bench
from harness.model.errors import TargetError
from harness.person import Person
from harness.targets.letters import Letter
from harness.targets.office import Office, Slot

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def office(bench: Bench) -> Office:
    """The target's office; the plugin leaves out the stories that ask for it where there is none."""
    if bench.deployment.office is None:
        raise TargetError("This target offers nothing around its calls.")
    return bench.deployment.office


def address(bench: Bench, name: str) -> str:
    """A mail address that nobody else of the run has."""
    return f"{name}+{bench.next_number()}@example.org"


def in_days(days: int) -> date:
    """So many days from today (local date of this machine: a day more or less matters to no story)."""
    return (datetime.now().astimezone() + timedelta(days=days)).date()


@contextmanager
def at(bench: Bench, moment: datetime) -> Iterator[None]:
    """The deployment's clock stands at an aware moment and goes on from there; afterwards it is right again."""
    bench.deployment.journey.turns_clock(moment.timestamp() - time.time())
    try:
        yield
    finally:
        bench.deployment.journey.turns_clock(0)


def caller_gets_a_slot(bench: Bench, clerk: Person, name: str, mail: str) -> tuple[str, Slot, Slot]:
    """A caller of Winterbach takes the first free slot three days ahead, by video; returns id, slot, and the next."""
    slot, another, *_ = office(bench).free_slots(clerk.page, "winterbach", "kita", first=in_days(3))
    return office(bench).books(clerk.page, "winterbach", name, mail, "kita", slot), slot, another


def letter_without_link(bench: Bench, mail: str, number: int, slot: Slot) -> Letter:
    """The mail with this number (from 0): its calendar entry has the slot's time, and no link is in any part of it."""
    letter = office(bench).next_letter(mail, number)
    assert letter.entry is not None, f"the mail {letter.subject!r} has no calendar entry"
    assert letter.entry.start == slot.start, f"the calendar says {letter.entry.start}, booked was {slot.start}"
    assert f"{slot.text[:5]} Uhr" in letter.text, f"the mail {letter.subject!r} does not say {slot.text[:5]} Uhr"
    assert not letter.links, f"the mail {letter.subject!r} holds the link before it is time"
    return letter


def letter_with_link(bench: Bench, mail: str, number: int) -> str:
    """The invitation is the mail with this number; returns its link."""
    letter = office(bench).next_letter(mail, number)
    assert len(letter.links) == 1, f"the mail {letter.subject!r} holds {len(letter.links)} links"
    return letter.links[0]
