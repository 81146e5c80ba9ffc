"""Who sees and tries what on the town hall's pages: nobody is left out who is there, and nobody is asked who is not."""

from dataclasses import replace

import pytest

from crypto_checks import words
from harness.targets.protocol import Appointment
from harness.targets.townhall_crossings import trespasses
from harness.targets.townhall_pages import PAGES, sights

BOOKED = Appointment("a1", "winterbach", "Erika", "erika@example.org", "http://127.0.0.1/t/token")
INVITED = replace(BOOKED, guest_link="http://127.0.0.1/t/gast-token")


def test_every_page_and_state_is_seen_where_everybody_is_there() -> None:
    seen = [(sight.page, sight.state) for sight in sights("http://127.0.0.1", INVITED, operated=True)]
    assert seen == [(entry.page, entry.state) for entry in PAGES]


@pytest.mark.parametrize(("appointment", "operated", "absent"), [(BOOKED, True, "guest"), (INVITED, False, "operator")])
def test_who_is_not_there_sees_nothing(appointment: Appointment, operated: bool, absent: str) -> None:
    seen = {sight.who for sight in sights("http://127.0.0.1", appointment, operated=operated)}
    assert seen == {"anyone", "clerk", "citizen", "guest", "operator"} - {absent}


def test_clerk_sees_the_lobby_after_somebody_has_begun_to_wait() -> None:
    states = [(entry.who, entry.state) for entry in PAGES]
    lobby = states.index(("clerk", "somebody waits"))
    waiting = states.index(("citizen", "waiting"))
    assert waiting < lobby
    assert "citizen" not in [who for who, _ in states[waiting + 1 : lobby]], "who waits would be led away"


def test_every_page_has_its_name_in_german() -> None:
    assert [entry.page for entry in PAGES if words.page_de(entry.page) == entry.page] == []


@pytest.mark.parametrize("operated", [True, False])
def test_operators_page_is_tried_where_there_is_an_operator(operated: bool) -> None:
    other = Appointment("b1", "kernen", "Karl", "karl@example.org", "http://127.0.0.1/t/other")
    tried = [one for one in trespasses(BOOKED, other, operated=operated) if one.rightful == "operator"]
    actors = [one.actor for one in tried]
    assert actors == (["clerk of winterbach", "citizen of winterbach", "nobody"] if operated else [])
