"""Form, chat, captions, files and the paper between real browsers, over a running town hall with all its servers."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from harness.engines import launch
from harness.events import EventBus
from harness.targets.protocol import Appointment
from harness.targets.townhall import TownhallTarget
from harness.targets.townhall_extras import TownhallExtras
from harness.targets.townhall_journey import TownhallJourney
from harness.wait import wait_until
from tests.townhall.databases import Databases, chosen_kind
from tests.townhall.papers_pdf import Paper

pytestmark = pytest.mark.live

GREY = b"YUV4MPEG2 W160 H90 F10:1 Ip A1:1 C420jpeg\n" + b"".join(
    b"FRAME\n" + bytes([shade]) * 14_400 + bytes([128]) * 7_200 for shade in range(40, 240, 10)
)  # a camera that sees nothing much: this is not about the picture
ROOT = Path(__file__).resolve().parents[2]
CANARY = "Zoë İpek Łukasz mag Apfelkuchen"


class Desk(NamedTuple):
    """A call with both sides connected."""

    clerk: Page
    citizen: Page
    newcomer: Callable[[], Page]  # brings a third person in, with a browser of their own
    frames: list[str]  # everything that went over the citizen's and the clerk's WebSockets


def _watched(context: BrowserContext, frames: list[str]) -> Page:
    page = context.new_page()
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: frames.append(str(frame))))
    return page


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, make_databases: Callable[[str], Databases]) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("town")
    database = make_databases(chosen_kind()).fresh(folder)
    camera = folder / "grey.y4m"
    camera.write_bytes(GREY)
    deployment = TownhallTarget({"database_url": database}).start(folder, EventBus())
    try:
        with sync_playwright() as playwright:
            browser = launch(playwright, "chromium", ROOT / ".pruefstand", headed=False, camera=camera, microphone=None)
            wide = browser.new_context(viewport={"width": 1400, "height": 900})
            phone = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
            for context in (wide, phone):
                context.grant_permissions(["camera", "microphone"])
            frames: list[str] = []
            clerk, citizen = _watched(wide, frames), _watched(phone, frames)
            booked = _connect(deployment.journey, clerk, citizen)

            def newcomer() -> Page:
                context = browser.new_context(permissions=["camera", "microphone"])
                guest, extras = _watched(context, frames), TownhallExtras(deployment.journey)
                link = extras.invites(clerk, booked.tenant, booked.id, "Ayşe Yılmaz", "ayse@example.org")
                extras.guest_comes(guest, link)
                extras.admits_guest(clerk)
                return guest

            yield Desk(clerk, citizen, newcomer, frames)
            browser.close()
    finally:
        deployment.stop()


def _connect(journey: TownhallJourney, clerk: Page, citizen: Page) -> Appointment:
    journey.clerk_logs_in(clerk, "winterbach")
    booked = journey.clerk_books(clerk, "winterbach", "Erika Musterfrau", "erika@example.org", "kita")
    link = journey.invitation(booked).link
    journey.clerk_opens(clerk, booked)
    assert journey.checks_devices(clerk) == "checked", journey.message(clerk)
    journey.joins(clerk)
    journey.citizen_opens(citizen, link)
    assert journey.checks_devices(citizen) == "checked", journey.message(citizen)
    journey.joins(citizen)
    journey.clerk_admits(clerk)
    for page in (clerk, citizen):
        journey.waits_for(page, "connected")
    return booked


def test_both_fill_in_the_form_and_each_sees_the_others_letters(desk: Desk) -> None:
    clerk, citizen = desk.clerk, desk.citizen
    expect(citizen.locator("#formular")).to_be_hidden()
    clerk.click("#formular-oeffnen")
    expect(citizen.locator("#formular")).to_be_visible()
    expect(citizen.locator("#papiere-meldung")).to_have_text(
        "Das Formular ist geöffnet. Sie können es jetzt gemeinsam ausfüllen."
    )
    citizen.locator("[name=child-first-name]").press_sequentially(CANARY)
    expect(clerk.locator("[name=child-first-name]")).to_have_value(CANARY)
    expect(clerk.locator("#feld-child-first-name-wer")).to_have_text("Erika Musterfrau schreibt hier")
    clerk.locator("[name=street]").press_sequentially("Marktplatz 2")
    clerk.select_option("[name=care]", "full")
    clerk.fill("[name=child-birth-date]", "2023-05-04")
    clerk.check("[name=measles]")
    expect(citizen.locator("[name=street]")).to_have_value("Marktplatz 2")
    expect(citizen.locator("[name=care]")).to_have_value("full")
    expect(citizen.locator("[name=child-birth-date]")).to_have_value("2023-05-04")
    expect(citizen.locator("[name=measles]")).to_be_checked()


def test_both_type_into_one_field_at_once_and_no_letter_is_lost(desk: Desk) -> None:
    for letters in zip("Brombeere", "Stachelig", strict=True):
        for page, letter in zip((desk.clerk, desk.citizen), letters, strict=True):
            page.locator("[name=notes]").press_sequentially(letter)
    same = wait_until(
        lambda: len({page.input_value("[name=notes]") for page in (desk.clerk, desk.citizen)}) == 1,
        "The same notes on both sides",
        5,
    )
    assert same
    assert sorted(desk.clerk.input_value("[name=notes]")) == sorted("BrombeereStachelig")


def test_the_citizens_network_fails_and_what_was_written_meanwhile_comes_after_it(desk: Desk) -> None:
    desk.citizen.context.set_offline(True)
    desk.citizen.fill("[name=town]", "Winterbach")
    desk.clerk.fill("[name=postcode]", "73650")
    desk.clerk.fill("#chat-text", "Sind Sie noch da?")
    desk.clerk.press("#chat-text", "Enter")
    desk.citizen.context.set_offline(False)
    expect(desk.clerk.locator("[name=town]")).to_have_value("Winterbach", timeout=20_000)
    expect(desk.citizen.locator("[name=postcode]")).to_have_value("73650")
    expect(desk.citizen.locator("#chat-log li").last).to_have_text("Sabine Haug: Sind Sie noch da?")


def test_chat_goes_both_ways_and_is_text_not_markup(desk: Desk) -> None:
    desk.citizen.fill("#chat-text", "<img src=x onerror=alert(1)> " + CANARY)
    desk.citizen.press("#chat-text", "Enter")
    expect(desk.clerk.locator("#chat-log li").last).to_have_text(
        f"Erika Musterfrau: <img src=x onerror=alert(1)> {CANARY}"
    )
    assert desk.clerk.locator("#chat-log img").count() == 0
    assert desk.citizen.input_value("#chat-text") == ""


def test_captions_appear_while_they_are_typed(desk: Desk) -> None:
    desk.clerk.locator("#untertitel-text").press_sequentially("Bitte unterschr")
    running = desk.citizen.locator("#untertitel p[aria-live=off]")
    expect(running).to_have_text("Sabine Haug: Bitte unterschr")
    desk.clerk.locator("#untertitel-text").press_sequentially("eiben Sie hier.\n")
    expect(desk.citizen.locator("#untertitel p[data-done]")).to_have_text("Sabine Haug: Bitte unterschreiben Sie hier.")
    expect(running).to_have_count(0)


def test_a_file_of_two_megabytes_arrives_as_it_was(desk: Desk, tmp_path: Path) -> None:
    content = bytes(range(256)) * 8192
    desk.citizen.set_input_files("#datei", {"name": "geburt.pdf", "mimeType": "application/pdf", "buffer": content})
    expect(desk.clerk.locator("#dateien li")).to_contain_text("Erika Musterfrau: geburt.pdf (2 MB)")
    with desk.clerk.expect_download() as download:
        desk.clerk.click("#dateien [data-fetch]")
    assert download.value.suggested_filename == "geburt.pdf"
    saved = tmp_path / "saved"
    download.value.save_as(saved)
    assert saved.read_bytes() == content


def test_the_paper_holds_what_both_wrote_and_the_town_halls_address(desk: Desk, tmp_path: Path) -> None:
    with desk.citizen.expect_download() as download:
        desk.citizen.click("#pdf-herunterladen")
    assert download.value.suggested_filename == "Kindergartenanmeldung.pdf"
    paper = tmp_path / "paper.pdf"
    download.value.save_as(paper)
    text = Paper(paper.read_bytes()).text
    address = ("Gemeinde Winterbach", "Rathaus Winterbach", "73650 Winterbach")
    for words in (*address, CANARY, "Ganztag", "04.05.2023", "Ort, Datum", "Seite 1 von 2"):
        assert words in text
    expect(desk.citizen.locator("#formular-hinweise")).to_contain_text("Das Papier ist fertig.")
    expect(desk.citizen.locator("#formular-hinweise a").first).to_be_visible()


def test_the_paper_to_print_opens_in_a_window_of_its_own(desk: Desk) -> None:
    with desk.clerk.expect_popup() as popup:
        desk.clerk.click("#pdf-drucken")
    expect(desk.clerk.locator("#papiere-meldung")).to_have_text("Das Papier ist fertig: Kindergartenanmeldung.pdf")
    popup.value.close()


def test_an_interpreter_who_comes_late_sees_the_form_and_writes_in_it(desk: Desk) -> None:
    guest = desk.newcomer()
    expect(guest.locator("[name=child-first-name]")).to_have_value(CANARY, timeout=15_000)
    expect(guest.locator("#chat-log li")).to_have_count(0)
    guest.locator("[name=languages]").press_sequentially("Türkisch und Deutsch")
    for page in (desk.clerk, desk.citizen):
        expect(page.locator("[name=languages]")).to_have_value("Türkisch und Deutsch")
        expect(page.locator("#feld-languages-wer")).to_have_text("Ayşe Yılmaz schreibt hier")
    desk.citizen.fill("#chat-text", "Guten Tag!")
    desk.citizen.press("#chat-text", "Enter")
    for page in (desk.clerk, guest):
        expect(page.locator("#chat-log li").last).to_have_text("Erika Musterfrau: Guten Tag!")


def test_nothing_of_it_was_readable_on_the_way(desk: Desk) -> None:
    sent = "\n".join(desk.frames)
    assert '"type":"data"' in sent
    for words in ("Apfelkuchen", "Marktplatz", "geburt.pdf", "unterschreiben", "Sind Sie noch da", "Deutsch"):
        assert words not in sent
