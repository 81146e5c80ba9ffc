"""Appointments for bots: a municipality made for them, with a clerk for each call, booked by the town hall's pages."""

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from harness.events import EventBus
from harness.model.errors import TargetError
from harness.targets.media_servers import LOOPBACK
from harness.targets.townhall import TownhallDeployment, TownhallTarget
from harness.targets.townhall_journey import TownhallJourney
from load.bots.light_bot import LightBot
from load.bots.municipality import write_municipality
from load.bots.town import Desk, citizen_bot, invited
from load.bots.web import HttpxWeb
from load.measure.halls import Hall

_AT_ONCE = 4  # bookings: the town hall hashes a password for each


@dataclass(frozen=True, slots=True)
class Pair:
    """The two people of one appointment, on their way into the call."""

    clerk: LightBot
    citizen: LightBot


@contextmanager
def town_hall(
    workdir: Path, calls: int, events: EventBus, *, flaw: str = "", address: str = LOOPBACK
) -> Iterator[TownhallDeployment]:
    """The embedded town hall with the bots' municipality, whose media server is at ``address``.

    Raises ``TargetError`` when it does not start.
    """
    tenants = write_municipality(workdir / "tenants", calls)
    target = TownhallTarget({"tenants_dir": str(tenants)}, recorder=False, address=address)
    deployment = target.start(workdir / "target", events, flaw=flaw)
    try:
        yield deployment
    finally:
        deployment.stop()


def probe_journey(hall: Hall) -> TownhallJourney:
    """How the probe's people use the town hall: with a clerk who is kept for them."""
    return TownhallJourney(hall.url, {hall.tenant: hall.user(0)}, hall.password, hall.mails, None)


@dataclass(slots=True)
class Book:
    """The appointments of a town hall; those that are asked for are booked when they are, and kept."""

    hall: Hall
    events: EventBus
    pairs: list[Pair]
    mark: str = field(default_factory=lambda: secrets.token_hex(4))  # no earlier run's mail is taken for this one's

    def missing(self, calls: int) -> int:
        """How many of so many appointments are not booked yet."""
        return max(0, calls - len(self.pairs))

    def first(self, calls: int) -> list[Pair]:
        """The first so many appointments. Raises ``TargetError`` where the town hall takes no booking."""
        missing = range(len(self.pairs), calls)
        if missing:
            self.events.tell("call", f"booking appointments {len(self.pairs) + 1} to {calls}", len(self.pairs), calls)
            with ThreadPoolExecutor(_AT_ONCE) as pool:
                self.pairs += pool.map(self._book, missing)
        return self.pairs[:calls]

    def _book(self, number: int) -> Pair:
        hall = self.hall
        try:
            desk = Desk(HttpxWeb(hall.url), hall.tenant, hall.user(number + 1), hall.password)
            try:
                booked = desk.books(f"Bot {number + 1}", f"bot{number + 1}-{self.mark}@example.org", hall.service)
                return Pair(desk.bot(booked), citizen_bot(invited(hall.mails, booked)))
            finally:
                desk.close()
        except TargetError as error:
            if hall.ours:
                raise
            raise TargetError(
                f"{error} Each call needs a clerk of its own ({hall.user(1)}, {hall.user(2)}, …) whose running slot is "
                "free: name fewer calls with --most, or wait for the next slot."
            ) from error
