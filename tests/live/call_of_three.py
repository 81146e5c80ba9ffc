"""A town hall with real servers and a browser with three people, for the live tests of the call itself."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from harness.browsers import STATE
from harness.engines import CHROMIUM_ARGUMENTS
from harness.events import EventBus
from harness.provision.needs import find
from harness.targets.protocol import Appointment
from harness.targets.registry import find_target
from harness.targets.townhall import TownhallDeployment, TownhallTarget
from harness.wait import wait_until

MOVES = """async (selector) => {
  const video = document.querySelector(selector);
  if (!video || !video.srcObject) return false;
  const frames = () => video.getVideoPlaybackQuality().totalVideoFrames;
  const before = frames();
  const until = performance.now() + 8000;
  while (performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (frames() > before + 3) return true;
  }
  return false;
}"""

# What the page's connections use, for the tests alone.
CONNECTIONS = """
window.connections = [];
window.RTCPeerConnection = new Proxy(RTCPeerConnection, {
  construct(target, args, newTarget) {
    for (const server of args[0].iceServers) {
      server.urls = server.urls.filter((url) => new RegExp(window.onlyTurn ?? '').test(url));
    }
    const pc = Reflect.construct(target, args, newTarget);
    window.connections.push(pc);
    return pc;
  },
});
window.pairs = async () => {
  const all = [];
  for (const pc of window.connections.filter(({ connectionState }) => connectionState === 'connected')) {
    const stats = await pc.getStats();
    for (const one of stats.values()) {
      if (one.type !== 'transport' || !one.selectedCandidatePairId) continue;
      const pair = stats.get(one.selectedCandidatePairId);
      const local = stats.get(pair.localCandidateId);
      all.push([local.candidateType, local.relayProtocol || '']);
    }
  }
  return all;
};
"""


@dataclass
class Town:
    """The deployment and the people at their screens."""

    deployment: TownhallDeployment
    browser: Browser
    only_turn: str = ""  # which of the TURN servers' addresses browsers are left with
    number: int = 0
    contexts: list[BrowserContext] = field(default_factory=list)

    def person(self) -> Page:
        context = self.browser.new_context(permissions=["camera", "microphone"], locale="de-DE")
        context.set_default_timeout(15_000)
        context.add_init_script(f"window.onlyTurn = {json.dumps(self.only_turn)};{CONNECTIONS}")
        self.contexts.append(context)
        return context.new_page()

    def booked(self) -> tuple[Page, Appointment]:
        """A clerk at an appointment whose invitation has arrived."""
        journey, clerk = self.deployment.journey, self.person()
        journey.clerk_logs_in(clerk, "winterbach")
        self.number += 1
        mail = f"erika.live{self.number}@example.org"
        appointment = journey.clerk_books(clerk, "winterbach", "Erika Musterfrau", mail, "kita")
        return clerk, journey.invitation(appointment)

    def joins(self, page: Page) -> None:
        assert self.deployment.journey.checks_devices(page) == "checked"
        self.deployment.journey.joins(page)

    def called(self) -> tuple[Page, Page, Appointment]:
        """Clerk and citizen, connected."""
        clerk, appointment = self.booked()
        self.deployment.journey.clerk_opens(clerk, appointment)
        self.joins(clerk)
        citizen = self.person()
        citizen.goto(appointment.link)
        self.joins(citizen)
        clerk.click("[data-admit]")
        connected(clerk, citizen)
        return clerk, citizen, appointment

    def guest_joins(self, clerk: Page, appointment: Appointment) -> Page:
        """The clerk invites a third person from the running call, who opens the link, and lets them in."""
        self.number += 1
        address = f"dolmetschen{self.number}@example.org"
        clerk.click("details.guest summary")
        clerk.fill("#gast-name", "Ayşe Yılmaz")
        clerk.fill("#gast-email", address)
        clerk.click("#gast-absenden")
        invited = Appointment(appointment.id, appointment.tenant, "Ayşe Yılmaz", address)
        guest = self.person()
        guest.goto(self.deployment.journey.invitation(invited).link)
        self.joins(guest)
        clerk.click("#lobby li:has-text('Ayşe Yılmaz') [data-admit]")
        return guest

    def close_people(self) -> None:
        while self.contexts:
            self.contexts.pop().close()


def connected(*pages: Page) -> None:
    for page in pages:
        page.wait_for_selector("main[data-call-state=connected]")


def moves(page: Page, selector: str = "#remote") -> bool:
    return bool(page.evaluate(MOVES, selector))


def until(page: Page, expression: str) -> None:
    """Waits until an expression is true on a page, whose content security policy forbids Playwright's own way."""
    wait_until(lambda: page.evaluate(expression) or None, expression, 15)


def same_code(*pages: Page) -> str:
    """Waits until all pages show the same safety code, and returns it."""

    def codes() -> str | None:
        seen = {page.inner_text("#safety-code") for page in pages}
        return seen.pop() if len(seen) == 1 and "" not in seen else None

    return wait_until(codes, "The same safety code on all pages", 15)


@contextmanager
def town(folder: Path, *arguments: str, **environment: str) -> Iterator[Town]:
    """A running town hall; ``environment`` are its settings, ``arguments`` the browser's."""
    target = find_target("townhall")
    assert isinstance(target, TownhallTarget)
    os.environ.update(environment)
    try:
        deployment = target.start(folder, EventBus())
    finally:
        for name in environment:
            del os.environ[name]
    try:
        with sync_playwright() as playwright:
            devices = ["--use-fake-ui-for-media-stream", "--auto-accept-this-tab-capture", *arguments]
            root = ["--no-sandbox"] if os.geteuid() == 0 else []
            browser = playwright.chromium.launch(
                executable_path=find("chromium", STATE), args=[*CHROMIUM_ARGUMENTS, *devices, *root]
            )
            people = Town(deployment, browser)
            try:
                yield people
            finally:
                people.close_people()
                browser.close()
    finally:
        deployment.stop()
