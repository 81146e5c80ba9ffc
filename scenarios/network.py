"""The steps of the stories about the ways between browsers and servers."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import zip_longest

from harness.bench import Bench
from harness.model.errors import TargetError
from harness.model.observations import CallCertificates, Media, TapStatus
from harness.person import Person
from harness.targets.protocol import Appointment
from harness.vantage.codecs import codec_tried, codecs_offered
from harness.vantage.paths import path_seen
from harness.vantage.receivers import fingerprints
from harness.vantage.relays import credentials_seen, relay_tried, relays_of
from harness.vantage.sfu import streams_of
from harness.vantage.tapped import IceServer
from harness.vantage.tls import scan
from harness.wait import wait_until
from scenarios import steps

DAY, HOUR = 86_400.0, 3_600.0
CODEC_MS = 2000.0
_STATS = "typeof pruefstandBench === 'object' ? pruefstandBench.stats() : ''"
People = dict[str, Person]
Codecs = dict[str, tuple[Media, str]]  # by party


@contextmanager
def two_people(bench: Bench) -> Iterator[People]:
    """A clerk who has logged in and a citizen, whose browsers keep from call to call what pages leave in them."""
    with closing(steps.clerk_at_the_desk(bench, "winterbach")) as clerk, closing(bench.visitor("citizen")) as citizen:
        yield {"clerk": clerk, "citizen": citizen}


def they_meet(bench: Bench, people: People) -> Appointment:
    """Booking, mail, and both in the call: it stands."""
    journey = bench.deployment.journey
    clerk, citizen = people["clerk"], people["citizen"]
    appointment = steps.mail_arrives(bench, steps.citizen_telephones(bench, clerk, "winterbach"))
    journey.clerk_opens(clerk.page, appointment)
    steps.expect(journey.checks_devices(clerk.page), "checked", "the clerk's device check")
    journey.joins(clerk.page)
    steps.expect(journey.citizen_opens(citizen.page, appointment.link), "ready", "the citizen's page")
    steps.expect(journey.checks_devices(citizen.page), "checked", "the device check")
    journey.joins(citizen.page)
    journey.clerk_admits(clerk.page)
    for person in people.values():
        journey.waits_for(person.page, "connected")
    return appointment


def they_part(bench: Bench, people: People) -> None:
    """Both hang up who have not been hung up."""
    journey = bench.deployment.journey
    for person in people.values():
        if journey.state(person.page) not in ("ended", "failed"):
            journey.hangs_up(person.page)


def call_in_a_row(bench: Bench, people: People, turn: int) -> None:
    """One more call in the same browsers; its certificates are noted, and what the relay was to know them by."""
    before = {party: len(person.tapped.descriptions) for party, person in people.items()}
    known = {party: len(person.tapped.ice_servers) for party, person in people.items()}
    they_meet(bench, people)
    for party, person in people.items():
        person.flush()
        own = [sdp for side, _, sdp in person.tapped.descriptions[before[party] :] if side == "local"]
        bench.store.add(CallCertificates(party=party, turn=turn, fingerprints=tuple(sorted(fingerprints(own)))))
        relays = relays_of(person.tapped.ice_servers[known[party] :])
        for credential in credentials_seen(relays, party, turn, time.time()):
            bench.store.add(credential)
        if turn == 1:
            for relay in relays:
                bench.store.add(relay_tried(relay, party, "fresh"))
                bench.store.add(relay_tried(relay, party, "forged"))
    they_part(bench, people)


def old_credentials_are_tried(bench: Bench) -> list[str]:
    """What the town hall gave out more than a day ago: its clock is turned back, the relay's is not.

    Returns the ways by which the relay took them.
    """
    age = DAY + HOUR
    journey = bench.deployment.journey
    journey.turns_clock(-age)
    try:
        with closing(steps.clerk_at_the_desk(bench, "winterbach")) as clerk:
            journey.clerk_opens(clerk.page, steps.citizen_telephones(bench, clerk, "winterbach"))
            steps.expect(journey.checks_devices(clerk.page), "checked", "the clerk's device check")
            journey.joins(clerk.page)

            def given() -> list[IceServer]:
                clerk.flush()
                return relays_of(clerk.tapped.ice_servers)

            tries = [relay_tried(relay, "clerk", "old", age) for relay in wait_until(given, "A relay being given", 10)]
            for tried in tries:
                bench.store.add(tried)
            they_part(bench, {"clerk": clerk})
    finally:
        journey.turns_clock(0)
    return [tried.transport for tried in tries if tried.allocated]


def tls_is_looked_at(bench: Bench) -> None:
    """Every entrance of the deployment that speaks TLS."""
    endpoints = bench.deployment.observables.tls
    if not endpoints:
        bench.store.add(TapStatus(vantage="tls", state="absent", reason="this target names no entrance with TLS"))
    for endpoint in endpoints:
        for offered in scan(endpoint):
            bench.store.add(offered)


def call_without_udp(bench: Bench) -> list[str]:
    """Both are on lines that let no UDP pass; returns who did not get into the call."""
    journey = bench.deployment.journey
    with (
        closing(steps.clerk_at_the_desk(bench, "winterbach", udp=False)) as clerk,
        closing(bench.visitor("citizen", udp=False)) as citizen,
    ):
        people = {"clerk": clerk, "citizen": citizen}
        with suppress(TargetError):
            they_meet(bench, people)
        seen = {party: path_seen(person.page, party) for party, person in people.items()}
        for path in seen.values():
            bench.store.add(
                path.model_copy(update={"connected": journey.state(people[path.party].page) == "connected"})
            )
        they_part(bench, people)
    return [party for party, path in seen.items() if not path.pairs]


def codecs_are_tried(bench: Bench) -> None:
    """Calls in which a browser has one codec of a kind alone: first those that calls are meant to have, then the rest.

    Who is refused cannot let anybody in: a codec for pictures, without which pages may refuse, is the citizen's alone.
    """
    with closing(bench.visitor("citizen")) as citizen:
        bench.deployment.journey.citizen_opens(citizen.page, bench.deployment.base_url)
        offered = codecs_offered(citizen.page, "citizen")
    for seen in offered:
        bench.store.add(seen)
    usual = bench.target.declaration.codecs
    rest = {seen.media: [codec for codec in seen.codecs if codec != usual.get(seen.media)] for seen in offered}
    _codecs_in_a_call(bench, {"citizen": ("video", usual["video"]), "clerk": ("audio", usual["audio"])})
    for codec in rest["video"]:
        _codecs_in_a_call(bench, {"citizen": ("video", codec)})
    for pair in zip_longest(*[iter(rest["audio"])] * 2):
        tried: Codecs = {
            party: ("audio", codec) for party, codec in zip(("citizen", "clerk"), pair, strict=True) if codec
        }
        _codecs_in_a_call(bench, tried)


def _codecs_in_a_call(bench: Bench, codecs: Codecs) -> None:
    bench.events.tell("call", f"a call with {' and '.join(codec for _, codec in codecs.values())} alone")
    journey = bench.deployment.journey
    only = {party: f"{media}/{codec}" for party, (media, codec) in codecs.items()}
    with (
        closing(steps.clerk_at_the_desk(bench, "winterbach", codec=only.get("clerk", ""))) as clerk,
        closing(bench.visitor("citizen", codec=only.get("citizen", ""))) as citizen,
    ):
        people = {"clerk": clerk, "citizen": citizen}
        appointment = steps.mail_arrives(bench, steps.citizen_telephones(bench, clerk, "winterbach"))
        for person in people.values():
            _joins_as_far_as_it_goes(bench, person, appointment)
        with suppress(TargetError):
            if journey.state(citizen.page) != "failed":
                journey.clerk_admits(clerk.page)
                for person in people.values():
                    journey.waits_for(person.page, "connected", "failed", "ended", seconds=12)
                clerk.page.wait_for_timeout(CODEC_MS)  # in which frames go out, sealed or not
        told = {}
        for party in codecs:
            people[party].flush()
            told[party] = (journey.state(people[party].page), people[party].page.evaluate(_STATS))
        they_part(bench, people)
        bench.deployment.settle(appointment)
        streams = list(streams_of(bench.deployment, appointment.id))
        for party, (media, codec) in codecs.items():
            state, stats = told[party]
            bench.store.add(codec_tried(people[party].tapped, party, media, codec, state, streams, stats))


def _joins_as_far_as_it_goes(bench: Bench, person: Person, appointment: Appointment) -> None:
    """Up to where the page refuses; one that does not refuse is in the call or at its door."""
    journey = bench.deployment.journey
    with suppress(TargetError):
        if person.party == "clerk":
            journey.clerk_opens(person.page, appointment)
        else:
            journey.citizen_opens(person.page, appointment.link)
        if journey.state(person.page) != "failed" and journey.checks_devices(person.page) == "checked":
            journey.joins(person.page)
            journey.waits_for(person.page, "waiting", "connecting", "connected", "failed", "ended", seconds=8)
