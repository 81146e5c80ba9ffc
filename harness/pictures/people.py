"""Who is photographed: a citizen with a phone, a clerk at a desk, both in front of a drawn camera."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, ViewportSize

from harness.browsers import Browsers
from harness.events import EventBus
from harness.media.canary import Canaries
from harness.media.shared import SHARED_TITLE

_PHONE = ViewportSize(width=390, height=844)
_DESK = ViewportSize(width=1280, height=800)
# What the clerk shows: a tab has to move for it to be sent, so the line under the heading does.
_SHARED = """<!doctype html><html lang="de"><title>{title}</title>
<style>
  body {{ margin: 0; padding: 28px 44px; background: #fff; color: #1b2430; font: 24px/1.5 sans-serif; }}
  h1 {{ font: 600 36px/1.2 serif; margin: 0 0 12px; }}
  hr {{ border: 0; height: 6px; background: #14406b; animation: grow 2s linear infinite alternate; }}
  @keyframes grow {{ from {{ width: 20%; }} to {{ width: 100%; }} }}
</style>
<h1>Kindergartenanmeldung</h1><hr>
<p>Was wir brauchen:</p>
<ul><li>Anmeldung mit Unterschrift</li><li>Kopie der Geburtsurkunde</li><li>Nachweis über den Masernschutz</li></ul>
</html>"""


@dataclass(frozen=True, slots=True)
class People:
    """The two, each on a page of an own browser."""

    citizen: Page
    clerk: Page

    @contextmanager
    def shared_tab(self) -> Iterator[None]:
        """The tab that the clerk's browser shares, for as long as it is needed."""
        tab = self.clerk.context.new_page()
        tab.set_viewport_size({"width": 800, "height": 450})
        tab.set_content(_SHARED.format(title=SHARED_TITLE))
        self.clerk.bring_to_front()
        yield
        tab.close()


@contextmanager
def people(workdir: Path, events: EventBus, *, headed: bool = False) -> Iterator[People]:
    """Starts both browsers. Raises ``ProvisionError``."""
    canaries = Canaries(workdir / "canaries")
    with Browsers(headed=headed) as browsers:
        pages = []
        for party, screen in (("citizen", _PHONE), ("clerk", _DESK)):
            events.tell("target", f"starting the browser of the {party}")
            pages.append(_context(browsers, canaries, party, screen).new_page())
        yield People(*pages)


def _context(browsers: Browsers, canaries: Canaries, party: str, screen: ViewportSize) -> BrowserContext:
    phone = screen == _PHONE
    context = browsers.start(party, canaries).new_context(
        locale="de-DE", timezone_id="Europe/Berlin", viewport=screen, permissions=["camera", "microphone"],
        device_scale_factor=2 if phone else 1, is_mobile=phone, has_touch=phone, accept_downloads=True,
    )  # fmt: skip
    context.set_default_timeout(15_000)
    return context
