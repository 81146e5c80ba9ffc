"""Appointments for bots: a municipality made for them, with a clerk for each call, booked by the town hall's pages."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from harness.events import EventBus
from harness.targets.townhall import TownhallDeployment, TownhallTarget
from harness.targets.townhall_journey import TownhallJourney
from load.bots.light_bot import LightBot
from load.bots.town import Desk, citizen_bot, invited
from load.bots.web import HttpxWeb

TENANT = "lasthausen"
PROBE = "amt0000"  # the clerk of the probe call
_AT_ONCE = 4  # bookings: the town hall hashes a password for each

_MUNICIPALITY = """\
id = "{id}"
name = {{ de = "Gemeinde Lasthausen", en = "Municipality of Lasthausen" }}
hall = {{ de = "Rathaus Lasthausen", en = "Lasthausen town hall" }}
address = ["Lastweg 1", "00000 Lasthausen"]
phone = "0221 4710 900"
mail = "termine@lasthausen.example"
timezone = "Europe/Berlin"
slot_minutes = 60
{clerks}
[[services]]
id = "kita"
name = {{ de = "Kindergartenanmeldung", en = "Kindergarten registration" }}
minutes = 60
video = true

[hours]
monday = [{{ opens = 08:00:00, closes = 12:00:00 }}]
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """The two people of one appointment, on their way into the call."""

    clerk: LightBot
    citizen: LightBot


def write_municipality(folder: Path, calls: int) -> Path:
    """The bots' municipality with so many clerks, and one for the probe; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    people = "".join(
        f'\n[[clerks]]\nuser = "{user}"\ndisplay_name = "Amt {user[3:]}"\n'
        for user in (PROBE, *(user_of(number) for number in range(calls)))
    )
    (folder / f"{TENANT}.toml").write_text(_MUNICIPALITY.format(id=TENANT, clerks=people), "utf-8")
    return folder


def user_of(number: int) -> str:
    """The clerk of a call."""
    return f"amt{number + 1:04}"


@contextmanager
def town_hall(workdir: Path, calls: int, events: EventBus, *, flaw: str = "") -> Iterator[TownhallDeployment]:
    """The embedded town hall with the bots' municipality. Raises ``TargetError`` when it does not start."""
    tenants = write_municipality(workdir / "tenants", calls)
    deployment = TownhallTarget({"tenants_dir": str(tenants)}, recorder=False).start(
        workdir / "target", events, flaw=flaw
    )
    try:
        yield deployment
    finally:
        deployment.stop()


def probe_journey(deployment: TownhallDeployment) -> TownhallJourney:
    """How the probe's people use the town hall: with a clerk who is kept for them."""
    mails = deployment.observables.mails
    assert mails is not None, "the embedded town hall keeps its mails"
    return TownhallJourney(deployment.base_url, {TENANT: PROBE}, deployment.password, mails, None)


@dataclass(slots=True)
class Book:
    """The appointments of a town hall; those that are asked for are booked when they are, and kept."""

    deployment: TownhallDeployment
    events: EventBus
    pairs: list[Pair]

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
        mails = self.deployment.observables.mails
        assert mails is not None, "the embedded town hall keeps its mails"
        desk = Desk(HttpxWeb(self.deployment.base_url), TENANT, user_of(number), self.deployment.password)
        try:
            booked = desk.books(f"Bot {number + 1}", f"bot{number + 1}@example.org")
            return Pair(desk.bot(booked), citizen_bot(invited(mails, booked)))
        finally:
            desk.close()
