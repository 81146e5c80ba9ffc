"""The steps that stories are told in."""

from contextlib import suppress

from harness.bench import Bench
from harness.call import Call, Fault, Focus
from harness.model.errors import TargetError
from harness.person import Person
from harness.targets.protocol import Appointment

CITIZEN = "Erika Musterfrau"
# Seconds for which the connection lasts that came back. A page that hangs up takes what it noted of its last frames
# (150 ms) with it: on a connection of less than a second that is more than the judges put up with.
AGAIN = 2.5


def clerk_at_the_desk(bench: Bench, tenant: str, *, udp: bool = True, codec: str = "") -> Person:
    """A clerk who has logged in, with a browser as ``bench.visitor`` has them."""
    clerk = bench.visitor("clerk", udp=udp, codec=codec)
    bench.deployment.journey.clerk_logs_in(clerk.page, tenant)
    return clerk


def citizen_telephones(
    bench: Bench, clerk: Person, tenant: str, service: str = "kita", start: str = "now"
) -> Appointment:
    """The clerk books for the caller, whose mail address is new each time."""
    address = f"erika.musterfrau+{bench.next_number()}@example.org"
    return bench.deployment.journey.clerk_books(clerk.page, tenant, CITIZEN, address, service, start=start)


def mail_arrives(bench: Bench, appointment: Appointment) -> Appointment:
    """The invitation reaches the citizen; the appointment then knows its link."""
    return bench.deployment.journey.invitation(appointment)


def call_between(bench: Bench, tenant: str, *, service: str = "kita", fault: Fault = "", focus: Focus = "") -> Call:
    """Telephone, booking, mail: everything up to the moment at which the citizen holds the link."""
    bench.events.tell("call", f"booking an appointment at {tenant}")
    clerk = clerk_at_the_desk(bench, tenant)
    appointment = mail_arrives(bench, citizen_telephones(bench, clerk, tenant, service))
    return bench.call(appointment, clerk, bench.visitor("citizen"), fault=fault, focus=focus)


def both_join(bench: Bench, call: Call) -> None:
    """The citizen's three clicks, and the clerk's way into the same call."""
    bench.events.tell("call", f"both join call {call.label}")
    journey = bench.deployment.journey
    journey.clerk_opens(call.clerk.page, call.appointment)
    journey.checks_devices(call.clerk.page)
    journey.joins(call.clerk.page)
    expect(journey.citizen_opens(call.citizen.page, call.appointment.link), "ready", "the citizen's page")
    expect(journey.checks_devices(call.citizen.page), "checked", "the device check")
    journey.joins(call.citizen.page)
    journey.clerk_admits(call.clerk.page)


def both_are_connected(bench: Bench, call: Call) -> None:
    """Both pages say that the call stands."""
    for person in (call.citizen, call.clerk):
        bench.deployment.journey.waits_for(person.page, "connected")
    call.flush()
    call.clicks = 1 + call.citizen.tapped.clicks  # the link in the mail, then the clicks on the page


def both_see_and_hear_each_other(bench: Bench, call: Call) -> None:
    """Each recognises the other's canary picture and voice."""
    bench.events.tell("call", f"watching and listening to call {call.label}")
    call.see_and_hear()
    call.note_stats()


def both_read_the_same_code(bench: Bench, call: Call) -> None:
    """The safety code on both screens; how long it is, is noted."""
    codes = {party: bench.deployment.journey.safety_code(person.page) for party, person in call.people.items()}
    call.note_codes(codes)
    if len(set(codes.values())) != 1 or not all(codes.values()):
        raise TargetError("The two people do not read the same safety code.")


def the_connection_is_lost_and_comes_back(bench: Bench, call: Call) -> None:
    """The citizen's network fails for a moment; the call goes on by itself."""
    bench.events.tell("call", f"call {call.label} loses its connection and comes back")
    journey = bench.deployment.journey
    journey.remembers_states(call.citizen.page)
    call.lose_connection("citizen")
    journey.waits_until_passed(call.citizen.page, "reconnecting")
    both_are_connected_again(bench, call)
    call.watch(AGAIN)


def both_are_connected_again(bench: Bench, call: Call) -> None:
    """Connected, and the picture moves again."""
    for person in (call.citizen, call.clerk):
        bench.deployment.journey.waits_for(person.page, "connected")
    call.see_again()


def memory_is_searched(bench: Bench, call: Call) -> None:
    """Every server's memory, while the keys are in use."""
    bench.events.tell("search", "searching the memory of every server")
    call.search_memory()


def both_hang_up(bench: Bench, call: Call) -> None:
    """The end of the call."""
    for person in (call.citizen, call.clerk):
        if bench.deployment.journey.state(person.page) in ("connected", "reconnecting", "connecting", "waiting"):
            bench.deployment.journey.hangs_up(person.page)


def both_join_as_far_as_it_goes(bench: Bench, call: Call) -> None:
    """Both try to join; a page that refuses on the way is left where it stopped."""
    bench.events.tell("call", f"both try to join call {call.label}")
    journey = bench.deployment.journey
    journey.clerk_opens(call.clerk.page, call.appointment)
    if journey.checks_devices(call.clerk.page) == "checked":
        journey.joins(call.clerk.page)
    journey.citizen_opens(call.citizen.page, call.appointment.link)
    if journey.checks_devices(call.citizen.page) == "checked":
        journey.joins(call.citizen.page)
        with suppress(TargetError):
            if journey.waits_for(call.citizen.page, "waiting", "failed", "ended", seconds=5) == "waiting":
                journey.clerk_admits(call.clerk.page)


def the_page_connects(bench: Bench, person: Person, seconds: float) -> None:
    """A page may connect, or refuse to: both are right, and what it sends is looked at all the same."""
    with suppress(TargetError):
        bench.deployment.journey.waits_for(person.page, "connected", "failed", "ended", seconds=seconds)


def the_page_notices(bench: Bench, person: Person, seconds: float) -> None:
    """A page that fails closed says so; one that goes on as if nothing had happened is watched all the same."""
    with suppress(TargetError):
        bench.deployment.journey.waits_for(person.page, "failed", "ended", seconds=seconds)


def expect(seen: str, wanted: str, what: str) -> None:
    """Raises ``TargetError`` where something is not as it must be."""
    if seen != wanted:
        raise TargetError(f"It was expected that {what} is {wanted!r}, and it is {seen!r}.")
