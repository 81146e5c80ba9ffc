"""Plays the long call: starts the town hall and two browsers, brings two people together, and samples every minute."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Error

from harness.browsers import Browsers
from harness.events import EventBus
from harness.media.canary import PARTIES, Canaries
from harness.model.errors import BenchError, TargetError
from harness.run import WORK_PREFIX, clean_up_after_killed_runs, own_workdir
from harness.targets.townhall import TownhallDeployment, TownhallTarget
from load.endurance.churn import Churn
from load.endurance.flatness import LEAST_MINUTES
from load.endurance.people import Person, person
from load.endurance.sampler import Sampler
from load.endurance.samples import FILE, Sample, append

TENANT = "winterbach"
QUIET = 500.0  # milliseconds in which what was closed is let go, before a sample
MIN_FRAMES = 3  # pictures that each page must have shown between two samples: less is no call


@dataclass(slots=True)
class Played:
    """What a long call left: its samples, what was done in it, and why it ended early, if it did."""

    samples: list[Sample] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=dict)
    died: str = ""


def play(out: Path, minutes: int, *, accelerated: bool, seconds: float, tell: Callable[[str], None]) -> Played:
    """A call of so many minutes, one sample each. ``accelerated`` has the next minute begin when all of one is done.

    ``seconds`` is how long an accelerated call may take; it ends then with fewer minutes, but enough to be judged.
    The samples are in ``out`` as soon as they are taken. Raises ``BenchError`` when the call does not come about; one
    that breaks off is told in ``Played.died``.
    """
    played = Played()
    (out / FILE).unlink(missing_ok=True)
    with _stage(tell) as (deployment, people, churn):
        sampler = Sampler(people, deployment.observables.processes)
        began = time.monotonic()
        played.done = churn.done

        def take(minute: int) -> None:
            people[0].page.wait_for_timeout(QUIET)
            played.samples.append(sampler.sample(minute, round(time.monotonic() - began, 1)))
            append(out / FILE, played.samples[-1])
            _alive(played.samples)

        try:
            churn.opens_form()
            take(0)
            for number in range(1, minutes + 1):
                churn.minute(number)
                while not accelerated and (left := began + number * 60 - QUIET / 1000 - time.monotonic()) > 0:
                    people[number % 2].page.wait_for_timeout(min(left, 5.0) * 1000)
                take(number)
                tell(_progress(played.samples[-1], minutes))
                if accelerated and time.monotonic() - began > seconds and LEAST_MINUTES <= number < minutes:
                    tell(f"{seconds:.0f} s are over: the accelerated call ends in its minute {number}")
                    break
        except (BenchError, Error) as error:
            played.died = str(error).splitlines()[0]
        except KeyboardInterrupt:
            played.died = "it was stopped by hand"
    return played


@contextmanager
def _stage(tell: Callable[[str], None]) -> Iterator[tuple[TownhallDeployment, list[Person], Churn]]:
    clean_up_after_killed_runs()
    work = Path(tempfile.mkdtemp(prefix=WORK_PREFIX))
    own_workdir(work)
    events = EventBus([lambda event: tell(event.text)])
    try:
        with Browsers() as browsers:
            canaries = Canaries(work / "canaries", shrink=2)
            deployment = TownhallTarget().start(work / "target", events)
            try:
                tell("starting the browsers of clerk and citizen")
                people = {party: person(browsers.start(party, canaries), party) for party in PARTIES}
                yield deployment, list(people.values()), _connect(deployment, people, canaries.token, tell)
            finally:
                deployment.stop()
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _connect(
    deployment: TownhallDeployment, people: dict[str, Person], token: str, tell: Callable[[str], None]
) -> Churn:
    journey, clerk, citizen = deployment.journey, people["clerk"], people["citizen"]
    tell("booking, invitation, both join")
    journey.clerk_logs_in(clerk.page, TENANT)
    booked = journey.clerk_books(clerk.page, TENANT, "Erika Musterfrau", "erika.ausdauer@example.org", "kita")
    appointment = journey.invitation(booked)
    journey.clerk_opens(clerk.page, appointment)
    journey.checks_devices(clerk.page)
    journey.joins(clerk.page)
    journey.citizen_opens(citizen.page, appointment.link)
    journey.checks_devices(citizen.page)
    journey.joins(citizen.page)
    journey.clerk_admits(clerk.page)
    for one in people.values():
        journey.waits_for(one.page, "connected")
    return Churn(deployment, appointment, clerk, citizen, token)


def _alive(samples: list[Sample]) -> None:
    now, before = samples[-1].values, samples[-2].values if len(samples) > 1 else {}
    for name, frames in now.items():
        kind, _, party = name.partition("/")
        shown = frames - before.get(name, 0)
        if shown < 0:  # a resumed call plays a new stream, whose pictures are counted from nothing
            shown = frames
        if kind == "frames" and shown < MIN_FRAMES:
            raise TargetError(f"The {party} sees no picture any more: the call is dead in minute {samples[-1].minute}.")


def _progress(sample: Sample, minutes: int) -> str:
    values = sample.values
    heaps = ", ".join(f"{party} {values.get(f'heap/{party}', 0) / 2**20:.2f} MiB" for party in PARTIES)
    hall = values.get("server/townhall", 0) / 2**20
    return f"minute {sample.minute:.0f} of {minutes} ({sample.seconds:.0f} s): heaps {heaps}; town hall {hall:.1f} MiB"
