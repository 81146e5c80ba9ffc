"""The citizen's way through the town hall by keyboard alone, from the mail's link to the feedback."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Error, Page

from harness.model.errors import TargetError
from harness.targets.pages import Keys
from harness.targets.protocol import Journey

_SECONDS = 15
_NAME, _LINE = "Erika Musterfrau", "Guten Tag, ich bin per Tastatur da."
_FIELD = "#formular input:not([type=hidden]):not([type=checkbox]):not([type=radio]), #formular textarea"


def by_keyboard(journey: Journey, keys: Keys, citizen: Page, clerk: Page, link: str) -> Iterator[str]:
    """See ``Journey.by_keyboard``. The clerk waits in the call already. Papers and feedback are used where there are
    any."""
    if journey.citizen_opens(citizen, link) != "ready":
        raise TargetError("The link does not lead to the call page.")
    yield "link"
    _waits(citizen, "() => document.querySelector('#geraete-pruefen:enabled')", "button for the device check")
    _presses(keys, "#geraete-pruefen", "the device check", "Enter")
    if journey.waits_for(citizen, "checked", "denied", "failed") != "checked":
        raise TargetError(f"The device check says: {journey.message(citizen)}")
    yield "device check"
    _presses(keys, "#beitreten", "joining", "Space")
    journey.clerk_admits(clerk)
    journey.waits_for(citizen, "connected")
    yield "join"
    _waits(
        citizen, "() => [...document.querySelectorAll('video')].some((v) => v.id !== 'self' && v.videoWidth)", "picture"
    )
    yield "picture"
    yield from _papers(keys, citizen, clerk)
    _presses(keys, "#auflegen", "hanging up", "Enter")
    journey.waits_for(citizen, "ended")
    yield "hang up"
    if citizen.locator("#rueckmeldung").count():
        yield from _feedback(keys, citizen)


def _papers(keys: Keys, citizen: Page, clerk: Page) -> Iterator[str]:
    if clerk.locator("#formular-oeffnen").count():
        clerk.click("#formular-oeffnen")
        _waits(citizen, f"() => [...document.querySelectorAll({_FIELD!r})].some((e) => e.offsetParent)", "form")
        keys.reach(_FIELD, "the form's first field")
        keys.write(_NAME)
        _waits(
            clerk, f"(name) => [...document.querySelectorAll({_FIELD!r})].some((e) => e.value === name)", "form", _NAME
        )
        yield "form"
    if citizen.locator("#chat-text").count():
        keys.reach("#chat-text", "the chat")
        keys.write(_LINE)
        _presses(keys, "#chat-senden", "sending the chat's line", "Enter")
        _waits(clerk, "(line) => document.querySelector('#chat-log').innerText.includes(line)", "chat", _LINE)
        yield "chat"


def _feedback(keys: Keys, citizen: Page) -> Iterator[str]:
    _presses(keys, "#rueckmeldung", "the link to the feedback", "Enter")
    _waits(
        citizen, "() => location.pathname.endsWith('/rueckmeldung') && document.readyState === 'complete'", "feedback"
    )
    questions = citizen.locator("main form input[type=radio]").evaluate_all(
        "all => [...new Set(all.map((e) => e.name))]"
    )
    for name in questions:
        keys.reach(f"main form input[name={name}]", "a question of the feedback")
        keys.press("Space")
    keys.reach("main form button[type=submit], main form button:not([type])", "sending the feedback")
    before = urlsplit(citizen.url).path
    with citizen.expect_navigation():
        keys.press("Enter")
    if citizen.locator(".problem").count():
        raise TargetError(f"The feedback at {before.rsplit('/', 1)[-1]} was not taken.")
    yield "feedback"


def _presses(keys: Keys, selector: str, what: str, key: str) -> None:
    keys.reach(selector, what)
    keys.press(key)


def _waits(page: Page, condition: str, what: str, value: str | None = None) -> None:
    try:
        page.wait_for_function(condition, arg=value, timeout=_SECONDS * 1000)
    except Error as error:
        raise TargetError(f"The {what} did not come within {_SECONDS} s.") from error
