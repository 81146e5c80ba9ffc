"""What people do in a call, with real servers: a third person, off and on again, a shared screen, two devices."""

from collections.abc import Iterator

import pytest

from tests.live.call_of_three import Town, connected, moves, same_code, town, until

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town(tmp_path_factory.mktemp("hall") / "town") as running:
        yield running


@pytest.fixture(autouse=True)
def _alone(hall: Town) -> Iterator[None]:
    yield
    hall.close_people()


def test_third_person_joins_and_leaves_with_new_keys_and_a_new_code(hall: Town) -> None:
    clerk, citizen, appointment = hall.called()
    first = same_code(clerk, citizen)
    assert moves(citizen)
    guest = hall.guest_joins(clerk, appointment)
    connected(guest)
    second = same_code(clerk, citizen, guest)
    assert second != first
    for page in (clerk, citizen, guest):
        assert [page.locator("#participants li").count(), page.locator("#others video").count()] == [3, 1]
        assert moves(page), page.inner_text("#message")
        assert moves(page, "#others video"), page.inner_text("#message")
    assert "Ayşe Yılmaz (Dritte Person)" in citizen.inner_text("#participants")
    guest.click("#auflegen")
    third = same_code(clerk, citizen)
    assert third not in (first, second)
    for page in (clerk, citizen):
        assert page.locator("#participants li").count() == 2
        assert moves(page), page.inner_text("#message")


def test_camera_and_microphone_that_are_off_are_let_go_and_come_back_protected(hall: Town) -> None:
    clerk, citizen, _ = hall.called()
    tracks = "document.querySelector('#self').srcObject.getTracks().map((track) => track.kind).sort().join()"
    protected = (
        "connections.flatMap((pc) => pc.getSenders()).filter(({track}) => track).every(({transform}) => transform)"
    )
    for button, left in (("#kamera", "audio"), ("#mikrofon", "")):
        citizen.click(button)
        citizen.wait_for_selector(f"{button}[aria-pressed=true]")
        assert citizen.evaluate(tracks) == left
    assert not moves(clerk)
    for button in ("#kamera", "#mikrofon"):
        citizen.click(button)
        citizen.wait_for_selector(f"{button}[aria-pressed=false]")
    assert citizen.evaluate(tracks) == "audio,video"
    assert citizen.evaluate(protected)
    assert moves(clerk)


def test_shared_screen_is_seen_and_goes_away(hall: Town) -> None:
    clerk, citizen, _ = hall.called()
    clerk.click("#bildschirm")
    citizen.wait_for_selector("#screen-place:not([hidden])")
    until(citizen, "document.querySelector('#screen').videoWidth > 0")
    assert moves(citizen)
    clerk.click("#bildschirm")
    citizen.wait_for_selector("#screen-place", state="hidden")


def test_second_device_takes_the_call_over(hall: Town) -> None:
    clerk, phone, appointment = hall.called()
    desktop = hall.person()
    desktop.goto(appointment.link)
    hall.joins(desktop)
    desktop.click("#uebernehmen")
    connected(desktop)
    assert "anderen Gerät" in phone.inner_text("#message")
    assert phone.get_attribute("main", "data-call-state") == "ended"
    assert moves(clerk)
    same_code(clerk, desktop)


def test_clerk_who_comes_later_sees_who_knocked(hall: Town) -> None:
    clerk, appointment = hall.booked()
    citizen = hall.person()
    citizen.goto(appointment.link)
    hall.joins(citizen)
    citizen.wait_for_selector("main[data-call-state=waiting]")
    assert "Warteraum" in citizen.inner_text("#message")
    hall.deployment.journey.clerk_opens(clerk, appointment)
    hall.joins(clerk)
    clerk.click("#lobby li:has-text('Erika Musterfrau') [data-admit]")
    connected(clerk, citizen)


def test_level_of_the_microphone_moves(hall: Town) -> None:
    _, appointment = hall.booked()
    citizen = hall.person()
    citizen.goto(appointment.link)
    hall.deployment.journey.checks_devices(citizen)
    until(citizen, "document.querySelector('#pegel').value > 0.02")  # Chromium's microphone beeps
