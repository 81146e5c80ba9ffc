"""Pages and the citizen's whole way, for people who see little, hear little, or use no mouse."""

import pytest
from playwright.sync_api import Page

from harness.bench import Bench
from harness.model.errors import TargetError
from harness.model.observations import KeyboardJourney
from harness.vantage.axe import examine
from harness.vantage.keyboard import Keyboard
from scenarios import privacy, steps
from scenarios.privacy import Towns

LOOKED_AT = ("picture", "chat", "hang up")  # steps of the journey after which the call's pages have other parts to show
SIZES = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
# Each language and each size on every page, without the two pairs that would only repeat what these two show.
LANGUAGES = {"en": ("phone",), "de": ("desktop",)}


@pytest.mark.needed_for("A01", alone=True)
@pytest.mark.story(
    de="Jede Seite wird auf Barrieren geprüft, deutsch und englisch, groß und klein",
    en="Every page is examined for barriers, German and English, large and small",
)
def test_pages_without_barriers(bench: Bench, towns: Towns) -> None:
    found = []
    appointment = towns.with_guest("winterbach")
    with privacy.beholders(bench, towns, "winterbach") as people:
        for person in people.values():
            person.page.emulate_media(reduced_motion="reduce")  # a colour on its way has no contrast of its own
        for sight in bench.deployment.journey.sights(appointment):
            page = people[sight.who].page
            for lang, sizes in LANGUAGES.items():  # the clerk's browser is left in German
                sight.show(page, lang)
                found += _barriers(bench, page, sight.page, sight.state, lang, sizes)
    assert not found, f"{len(found)} barriers: {'; '.join(found)}"


@pytest.mark.needed_for("A01", alone=True)
@pytest.mark.story(
    de="Auch ein Link zur falschen Zeit sagt jedem, was zu tun ist",
    en="A link at the wrong time, too, tells everybody what to do",
)
def test_notices_without_barriers(bench: Bench, towns: Towns) -> None:
    found = []
    journey = bench.deployment.journey
    appointment = steps.mail_arrives(bench, steps.citizen_telephones(bench, towns.clerk("kernen"), "kernen"))
    with privacy.visitors(bench, "citizen") as people:
        page = people["citizen"].page
        try:
            for hours, state in ((-3, "too-early"), (3, "over"), (0, "cancelled")):
                journey.turns_clock(hours * privacy.HOUR)
                if state == "cancelled":
                    journey.clerk_cancels(towns.clerk("kernen").page, appointment)
                for lang, sizes in LANGUAGES.items():
                    steps.expect(
                        journey.citizen_opens(page, f"{appointment.link}?lang={lang}"), state, "the link's page"
                    )
                    found += _barriers(bench, page, "invitation", state, lang, sizes)
        finally:
            journey.turns_clock(0)
    assert not found, f"{len(found)} barriers: {'; '.join(found)}"


@pytest.mark.needed_for("A01", alone=True)
@pytest.mark.story(
    de="Vom Link bis zur Rückmeldung nur mit der Tastatur", en="From the link to the feedback by keyboard alone"
)
def test_citizens_way_by_keyboard(bench: Bench, towns: Towns) -> None:
    journey = bench.deployment.journey
    clerk, appointment = towns.clerk("kernen"), towns.appointment("kernen")
    steps_gone: list[str] = []
    found: list[str] = []
    stopped_at = ""
    with privacy.visitors(bench, "citizen") as people:
        citizen = people["citizen"]
        journey.clerk_opens(clerk.page, appointment)
        steps.expect(journey.checks_devices(clerk.page), "checked", "the clerk's device check")
        journey.joins(clerk.page)
        try:
            for step in journey.by_keyboard(Keyboard(citizen.page), citizen.page, clerk.page, appointment.link):
                steps_gone.append(step)
                if step in LOOKED_AT:
                    for person in (citizen, clerk):
                        found += _barriers(bench, person.page, f"{person.party}'s call", f"after {step}", "de")
        except TargetError as error:
            stopped_at = str(error)
    bench.store.add(KeyboardJourney(party="citizen", steps=tuple(steps_gone), stopped_at=stopped_at))
    assert not stopped_at, stopped_at
    assert not found, f"{len(found)} barriers: {'; '.join(found)}"


def _barriers(
    bench: Bench, page: Page, label: str, state: str, lang: str, sizes: tuple[str, ...] = tuple(SIZES)
) -> list[str]:
    """What axe finds on a page as it is, in these sizes; it is noted, and told in words."""
    found = []
    for size in sizes:
        pixels = SIZES[size]
        page.set_viewport_size({"width": pixels["width"], "height": pixels["height"]})
        seen = examine(page, label, ", ".join(filter(None, (state, lang, size))))
        bench.store.add(seen)
        found += [f"{seen.page} ({seen.state}): {each.rule} at {each.target}" for each in seen.violations]
    return found
