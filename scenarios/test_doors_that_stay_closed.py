"""Links and services that must not lead into a call, and the sentences that say why."""

import pytest

from harness.bench import Bench
from scenarios import steps


@pytest.mark.story(de="Ein Ausweis braucht den Weg ins Rathaus", en="An identity card needs a visit in person")
def test_presence_only_service_is_refused(bench: Bench) -> None:
    clerk = steps.clerk_at_the_desk(bench, "winterbach")
    try:
        reason = bench.deployment.journey.clerk_is_refused(
            clerk.page, "winterbach", steps.CITIZEN, "erika@example.org", "ausweis"
        )
    finally:
        clerk.close()
    assert "persönlich" in reason, f"the page gives no reason that people understand: {reason}"


@pytest.mark.story(de="Die Kamera wird nicht erlaubt", en="The camera is not allowed")
def test_camera_denied(bench: Bench) -> None:
    clerk = steps.clerk_at_the_desk(bench, "winterbach")
    citizen = bench.visitor("citizen", devices=False)
    journey = bench.deployment.journey
    try:
        appointment = steps.mail_arrives(bench, steps.citizen_telephones(bench, clerk, "winterbach"))
        assert journey.citizen_opens(citizen.page, appointment.link) == "ready"
        assert journey.checks_devices(citizen.page) == "denied"
        assert "Kamera" in journey.message(citizen.page)
        assert not journey.can_join(citizen.page), "the page lets a person join without a camera that it needs"
    finally:
        clerk.close()
        citizen.close()


@pytest.mark.story(de="Der Link wird zu früh und zu spät geöffnet", en="The link is opened too early and too late")
def test_link_outside_its_time(bench: Bench) -> None:
    clerk = steps.clerk_at_the_desk(bench, "kernen")
    citizen = bench.visitor("citizen")
    journey = bench.deployment.journey
    try:
        appointment = steps.mail_arrives(bench, steps.citizen_telephones(bench, clerk, "kernen"))
        journey.turns_clock(-3 * 3600)
        assert journey.citizen_opens(citizen.page, appointment.link) == "too-early"
        early = journey.message(citizen.page)
        journey.turns_clock(3 * 3600)
        assert journey.citizen_opens(citizen.page, appointment.link) == "over"
        late = journey.message(citizen.page)
    finally:
        journey.turns_clock(0)
        clerk.close()
        citizen.close()
    assert early
    assert late
    assert early != late


@pytest.mark.story(de="Der Link wird zweimal benutzt", en="The link is used twice")
def test_link_used_twice(bench: Bench) -> None:
    clerk = steps.clerk_at_the_desk(bench, "winterbach")
    first, second = bench.visitor("citizen"), bench.visitor("citizen")
    journey = bench.deployment.journey
    try:
        appointment = steps.mail_arrives(bench, steps.citizen_telephones(bench, clerk, "winterbach"))
        for citizen in (first, second):
            assert journey.citizen_opens(citizen.page, appointment.link) == "ready"
            assert journey.checks_devices(citizen.page) == "checked"
            journey.joins(citizen.page)
            journey.waits_for(citizen.page, "waiting" if citizen is first else "failed")
        assert journey.state(first.page) == "waiting", "the second device pushed the first one out"
        assert journey.message(second.page) != journey.message(first.page)
    finally:
        for person in (clerk, first, second):
            person.close()


@pytest.mark.story(de="Eine falsche Einladung", en="A wrong invitation")
def test_wrong_invitation(bench: Bench) -> None:
    citizen = bench.visitor("citizen")
    journey = bench.deployment.journey
    try:
        assert journey.citizen_opens(citizen.page, f"{bench.deployment.base_url}/t/{'x' * 43}") == "unknown"
        assert journey.message(citizen.page)
    finally:
        citizen.close()
