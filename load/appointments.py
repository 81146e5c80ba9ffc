"""Many appointments at once: light bots hold all but one, and two real browsers hold that one.

``python -m load.appointments --count 20`` starts the reference town hall, lets everybody join, waits until all calls
stand at the same time, and says how long people waited for each other.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from harness.browsers import STATE
from harness.engines import CHROMIUM_ARGUMENTS
from harness.events import EventBus
from harness.model.errors import BenchError, TargetError
from harness.provision.needs import find
from harness.targets.townhall import TownhallDeployment, TownhallTarget
from harness.targets.townhall_journey import TownhallJourney
from load.bots.light_bot import LightBot
from load.bots.municipality import PROBE, user_of, write_municipality
from load.bots.town import Desk, citizen_bot, invited
from load.bots.web import HttpxWeb

TENANTS = ("bothausen", "botstadt")
JOIN_SECONDS = 60.0  # everybody joins within this time, or the run has failed (our own limit)
HOLD_SECONDS = 5.0  # for so long all calls stand together
PACKETS = 10  # of the other side that a bot must have received in that time


@dataclass(frozen=True, slots=True)
class Held:
    """How a run went: appointments held, seconds each pair of bots waited for media, seconds for the browsers."""

    appointments: int
    bot_waits: tuple[float, ...]
    browser_wait: float
    packets: tuple[int, ...]

    def sentence(self) -> str:
        """The run in one sentence."""
        waits = self.bot_waits or (0.0,)
        return (
            f"{self.appointments} appointments stood at the same time over {len(TENANTS)} town halls; bots had each "
            f"other's packets after {statistics.median(waits):.2f} s (median; at most {max(waits):.2f} s), and the two "
            f"browsers their picture after {self.browser_wait:.2f} s."
        )


class _Loop:
    """An event loop in a thread of its own, for the bots: the browsers' calls block this one."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name="bots", daemon=True)
        self._thread.start()

    def start(self, bot: LightBot) -> Future[None]:
        """Let a bot take part."""
        return asyncio.run_coroutine_threadsafe(bot.run(), self.loop)

    def close(self) -> None:
        """End the thread."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()


def hold(count: int, workdir: Path, events: EventBus) -> Held:
    """Hold ``count`` appointments at once, spread over both municipalities; raises ``BenchError`` if one fails."""
    tenants = workdir / "tenants"
    for tenant in TENANTS:
        write_municipality(tenants, count // 2, tenant)
    deployment = TownhallTarget({"tenants_dir": str(tenants)}).start(workdir / "target", events)
    try:
        with _browsers() as pages:
            return _hold(count, deployment, pages, events)
    finally:
        deployment.stop()


def _hold(count: int, deployment: TownhallDeployment, pages: tuple[Page, Page], events: EventBus) -> Held:
    mails = deployment.observables.mails
    assert mails is not None
    bots: list[tuple[LightBot, LightBot]] = []
    for number in range(1, count):
        tenant = TENANTS[number % 2]
        desk = Desk(HttpxWeb(deployment.base_url), tenant, user_of((number - 1) // 2), deployment.password)
        booked = desk.books(f"Bot {number}", f"bot{number}@example.org")
        bots.append((desk.bot(booked), citizen_bot(invited(mails, booked))))
        desk.close()
        events.tell("call", f"appointment {number} is booked", number, count)
    loop = _Loop()
    running: list[Future[None]] = []
    try:
        began = time.monotonic()
        waits = []
        for clerk, citizen in bots:
            running += [loop.start(clerk), loop.start(citizen)]
        browser_wait = _browsers_join(deployment, pages, mails)
        for pair in bots:
            for bot in pair:
                left = max(1.0, began + JOIN_SECONDS - time.monotonic())
                asyncio.run_coroutine_threadsafe(bot.wait_until_connected(left), loop.loop).result()
            waits.append(max(bot.waited for bot in pair))
        events.tell("call", f"all {count} calls stand", count, count)
        before = [bot.received for pair in bots for bot in pair]
        _pictures_move(pages, HOLD_SECONDS)
        packets = [bot.received - had for bot, had in zip((b for pair in bots for b in pair), before, strict=True)]
        if packets and min(packets) < PACKETS:
            raise TargetError(f"One bot received only {min(packets)} packets in {HOLD_SECONDS:.0f} s: a call has died.")
        for pair in bots:
            for bot in pair:
                asyncio.run_coroutine_threadsafe(bot.leave(), loop.loop).result(10)
        for future in running:
            future.result(10)
    finally:
        loop.close()
    return Held(count, tuple(waits), browser_wait, tuple(packets))


@contextmanager
def _browsers() -> Iterator[tuple[Page, Page]]:
    """Two pages, of a clerk and of a citizen, in one Chromium with its own fake devices."""
    with sync_playwright() as playwright:
        arguments = [*CHROMIUM_ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        browser = playwright.chromium.launch(executable_path=find("chromium", STATE), args=arguments)
        pages = [browser.new_context(locale="de-DE", permissions=["camera", "microphone"]).new_page() for _ in "12"]
        yield pages[0], pages[1]
        browser.close()


def _browsers_join(deployment: TownhallDeployment, pages: tuple[Page, Page], mails: Path) -> float:
    """Book and join as people do; return the seconds from the citizen's last click to the picture."""
    clerk, citizen = pages
    journey = TownhallJourney(deployment.base_url, {TENANTS[0]: PROBE}, deployment.password, mails, None)
    journey.clerk_logs_in(clerk, TENANTS[0])
    appointment = journey.invitation(
        journey.clerk_books(clerk, TENANTS[0], "Erika Musterfrau", "erika@example.org", "kita")
    )
    journey.clerk_opens(clerk, appointment)
    journey.checks_devices(clerk)
    journey.joins(clerk)
    journey.citizen_opens(citizen, appointment.link)
    journey.checks_devices(citizen)
    journey.joins(citizen)
    began = time.monotonic()
    journey.clerk_admits(clerk)
    for page in pages:
        journey.waits_for(page, "connected", seconds=JOIN_SECONDS)
    return time.monotonic() - began


def _pictures_move(pages: tuple[Page, Page], seconds: float) -> None:
    """Keep the calls standing for so long; raises ``TargetError`` if a browser's picture does not move meanwhile."""
    seen = "document.querySelector('#remote').getVideoPlaybackQuality().totalVideoFrames"
    before = [page.evaluate(seen) for page in pages]
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for page in pages:
            page.wait_for_timeout(200)
    for page, had, who in zip(pages, before, ("clerk", "citizen"), strict=True):
        if page.evaluate(seen) <= had:
            raise TargetError(f"The picture that the {who} sees stood still while all calls were running.")


def main() -> int:
    """The command line; exit code 0, or 1 with one sentence."""
    parser = argparse.ArgumentParser(
        prog="python -m load.appointments", description="Hold many appointments at once: light bots and two browsers."
    )
    parser.add_argument("--count", type=int, default=20, help="appointments at the same time (default: 20)")
    options = parser.parse_args()
    if options.count < 1:
        parser.error("--count must be at least 1")
    events = EventBus()
    events.listeners.append(lambda event: print(event.text, flush=True))
    with tempfile.TemporaryDirectory(prefix="load-") as folder:
        try:
            held = hold(options.count, Path(folder), events)
        except BenchError as error:
            print(error, file=sys.stderr)
            return 1
    print(held.sentence())
    return 0


if __name__ == "__main__":
    sys.exit(main())
