"""The direct path for two, with real servers: past the media server, and over to it when it has to be."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.live.call_of_three import Town, connected, moves, same_code, town, until

pytestmark = pytest.mark.live

# Which addresses the page's standing connections end at: [own, other] of each.
ENDS = """async () => {
  const all = [];
  for (const pc of connections.filter(({ connectionState }) => connectionState === 'connected')) {
    const stats = await pc.getStats();
    for (const one of stats.values()) {
      if (one.type !== 'transport' || !one.selectedCandidatePairId) continue;
      const pair = stats.get(one.selectedCandidatePairId);
      const both = [pair.localCandidateId, pair.remoteCandidateId].map((id) => stats.get(id));
      all.push(both.map(({ address, port }) => `${address}:${port}`));
    }
  }
  return all;
}"""
STANDING = "connections.filter(({connectionState}) => connectionState === 'connected').length"
# Every end that media can flow through has its transform; camera and microphone both ways are four.
PROTECTED = """() => {
  const ends = connections.flatMap((pc) => pc.getTransceivers()).flatMap(({ currentDirection, sender, receiver }) => [
    ...(currentDirection.includes('send') ? [sender] : []),
    ...(currentDirection.includes('recv') ? [receiver] : []),
  ]);
  return ends.length === 4 && ends.every(({ transform }) => transform);
}"""
DEAF = """
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (text) {
  if (!text.includes('"type":"direct"')) send.call(this, text);
};
"""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town(tmp_path_factory.mktemp("hall") / "town", TOWNHALL_DIRECT_PATH='["winterbach/kita"]') as running:
        yield running


@pytest.fixture(autouse=True)
def _alone(hall: Town) -> Iterator[None]:
    yield
    hall.close_people()


def recorded(hall: Town, appointment: str) -> list[Path]:
    folder = hall.deployment.observables.recordings
    assert folder is not None
    return sorted(folder.glob(f"{appointment}*"))


def ends(page: Page) -> list[tuple[str, str]]:
    return [(own, other) for own, other in page.evaluate(ENDS)]


def they_see_each_other(*pages: Page) -> None:
    for page in pages:
        assert moves(page), page.inner_text("#message")


def test_two_are_connected_directly_and_three_by_the_media_server(hall: Town) -> None:
    clerk, citizen, appointment = hall.called()
    they_see_each_other(clerk, citizen)
    first = same_code(clerk, citizen)
    [(own, other)] = ends(clerk)
    assert ends(citizen) == [(other, own)]
    assert recorded(hall, appointment.id) == []
    for page in (clerk, citizen):
        assert page.evaluate("connections.length") == 1
        assert page.evaluate(PROTECTED)
        assert page.get_attribute("#lock", "data-locked") == "true"
    guest = hall.guest_joins(clerk, appointment)
    connected(guest)
    second = same_code(clerk, citizen, guest)
    assert second != first
    for page in (clerk, citizen, guest):
        assert moves(page), page.inner_text("#message")
        assert moves(page, "#others video"), page.inner_text("#message")
    for page in (clerk, citizen):
        until(page, "connections[0].connectionState === 'closed'")
        until(page, f"{STANDING} === 3")
        assert own not in [each for pair in ends(page) for each in pair]
    assert {file.name.rsplit("-", 3)[-4].rsplit("-", 1)[-1] for file in recorded(hall, appointment.id)} == {
        "clerk", "citizen", "guest",
    }  # fmt: skip
    guest.click("#auflegen")
    assert same_code(clerk, citizen) not in (first, second)
    they_see_each_other(clerk, citizen)
    assert clerk.evaluate(STANDING) == 2  # once by the media server, always


def test_camera_that_was_off_comes_back_on_the_direct_path(hall: Town) -> None:
    clerk, citizen, _ = hall.called()
    citizen.click("#kamera")
    citizen.wait_for_selector("#kamera[aria-pressed=true]")
    citizen.click("#kamera")
    citizen.wait_for_selector("#kamera[aria-pressed=false]")
    assert citizen.evaluate(PROTECTED)
    they_see_each_other(clerk, citizen)
    assert citizen.evaluate("connections.length") == 1


def test_lost_signalling_leaves_the_direct_path_as_it_is(hall: Town) -> None:
    clerk, citizen, appointment = hall.called()
    they_see_each_other(clerk, citizen)
    pid = "document.querySelector('#participants li').dataset.pid"
    before = citizen.evaluate(pid)
    citizen.context.set_offline(True)
    citizen.wait_for_selector("main[data-call-state=reconnecting]")
    citizen.context.set_offline(False)
    connected(citizen, clerk)
    they_see_each_other(clerk, citizen)
    assert citizen.evaluate(pid) == before
    assert recorded(hall, appointment.id) == []


def test_path_that_breaks_is_left_for_the_media_server(hall: Town) -> None:
    clerk, citizen, appointment = hall.called()
    they_see_each_other(clerk, citizen)
    citizen.evaluate("connections[0].close()")
    for page in (clerk, citizen):
        until(page, f"{STANDING} === 2")
    they_see_each_other(clerk, citizen)
    assert recorded(hall, appointment.id)


def test_where_no_direct_path_can_be_made_the_media_server_serves(hall: Town) -> None:
    clerk, appointment = hall.booked()
    hall.deployment.journey.clerk_opens(clerk, appointment)
    hall.joins(clerk)
    citizen = hall.person()
    citizen.add_init_script(DEAF)
    citizen.goto(appointment.link)
    hall.joins(citizen)
    clerk.click("[data-admit]")
    connected(clerk, citizen)
    they_see_each_other(clerk, citizen)
    for page in (clerk, citizen):
        assert page.evaluate(STANDING) == 2
    assert recorded(hall, appointment.id)
