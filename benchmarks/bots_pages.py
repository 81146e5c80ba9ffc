"""Real Chromium pages in calls beside those of the bots: two at a time, on one core, for as long as it carries them.

They do more than a bot: they draw, encode, seal, open and decode. That is what bots save, and what the probe call is
for.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

from harness.browsers import STATE
from harness.engines import CHROMIUM_ARGUMENTS
from harness.model.errors import ProvisionError
from harness.provision.needs import find
from harness.targets.townhall import TownhallDeployment
from harness.targets.townhall_journey import TownhallJourney

SMOOTH = 19.0  # pictures a second that every page must see: 95 % of the 20 that Chromium's own false camera gives
JOIN = 60.0  # seconds
_SEEN = "document.querySelector('#remote').getVideoPlaybackQuality().totalVideoFrames"


@dataclass(frozen=True, slots=True)
class Pages:
    """So many calls of two pages: the browsers' and the media server's part of a core, and the fewest pictures a second
    that a page saw."""

    calls: int
    browsers: float
    server: float
    pictures: float

    @property
    def carried(self) -> bool:
        """Whether every page saw a smooth picture."""
        return self.pictures >= SMOOTH


@contextmanager
def _chromium() -> Iterator[Browser]:
    """A Chromium all of whose processes share one core: they inherit that from whoever starts them."""
    program = find("chromium", STATE)
    if program is None:
        raise ProvisionError("The browser chromium is not on this machine: start './pruefstand' to install it.")
    all_cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(all_cores)})
    try:
        with sync_playwright() as playwright:
            arguments = [*CHROMIUM_ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
            browser = playwright.chromium.launch(executable_path=program, args=arguments)
            os.sched_setaffinity(0, all_cores)
            yield browser
            browser.close()
    finally:
        os.sched_setaffinity(0, all_cores)


def hold_pages(deployment: TownhallDeployment, clerks: list[tuple[str, str]], seconds: float) -> list[Pages]:
    """Let one pair of pages after the other join, and measure after each, until the core does not carry them.

    ``clerks``: tenant and user for each call at most. Raises ``TargetError`` where a page does not get into its call.
    """
    held: list[Pages] = []
    with _chromium() as browser:
        pages: list[Page] = []
        for number, (tenant, user) in enumerate(clerks, 1):
            pages += _join(browser, deployment, tenant, user, number)
            held.append(_measure(deployment, pages, seconds))
            print(
                f"  chromium: {len(pages)} pages, {100 * held[-1].browsers:.0f} % of a core, "
                f"{held[-1].pictures:.1f} pictures a second",
                flush=True,
            )
            if not held[-1].carried:
                break
    return held


def _join(browser: Browser, deployment: TownhallDeployment, tenant: str, user: str, number: int) -> tuple[Page, Page]:
    mails = deployment.observables.mails
    assert mails is not None
    clerk, citizen = (
        browser.new_context(locale="de-DE", permissions=["camera", "microphone"]).new_page() for _ in "12"
    )
    journey = TownhallJourney(deployment.base_url, {tenant: user}, deployment.password, mails, None)
    journey.clerk_logs_in(clerk, tenant)
    booked = journey.clerk_books(clerk, tenant, f"Seite {number}", f"seite{number}@example.org", "kita")
    appointment = journey.invitation(booked)
    journey.clerk_opens(clerk, appointment)
    journey.checks_devices(clerk)
    journey.joins(clerk)
    journey.citizen_opens(citizen, appointment.link)
    journey.checks_devices(citizen)
    journey.joins(citizen)
    journey.clerk_admits(clerk)
    for page in (clerk, citizen):
        journey.waits_for(page, "connected", seconds=JOIN)
    return clerk, citizen


def _measure(deployment: TownhallDeployment, pages: list[Page], seconds: float) -> Pages:
    server = psutil.Process(next(each.pid for each in deployment.observables.processes if each.name == "janus"))
    browsers = [each for each in psutil.Process().children(recursive=True) if "chrom" in each.name()]
    pages[0].wait_for_timeout(3000)  # bandwidth estimation has begun low, and the pages have just been drawn
    frames = [page.evaluate(_SEEN) for page in pages]
    began, cpu, had = time.monotonic(), _used(browsers), _used([server])
    pages[0].wait_for_timeout(1000 * seconds)
    wall = time.monotonic() - began
    cpu, had = _used(browsers) - cpu, _used([server]) - had
    seen = [page.evaluate(_SEEN) - before for page, before in zip(pages, frames, strict=True)]
    return Pages(len(pages) // 2, cpu / wall, had / wall, min(seen) / wall)


def _used(processes: list[psutil.Process]) -> float:
    """Seconds of processor time."""
    return sum(sum(each.cpu_times()[:2]) for each in processes if each.is_running())
