"""Searches a call's servers for what is personal or secret: names where none are needed, secrets in the database."""

from collections.abc import Iterator, Mapping
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import Error

from harness.call import Call
from harness.model.observations import TapStatus
from harness.person import Person
from harness.searching import person_haystacks, server_haystacks
from harness.store import RunStore
from harness.targets.protocol import Appointment
from harness.vantage.memory import memory_of
from harness.vantage.search import Forms, Haystack, Item, keys_wanted, search_for
from harness.vantage.tapped import key_id
from harness.wire.encodings import text_needles

SHORTEST_NAME = 6  # letters; a shorter last name is found by chance in words and numbers
SHORTEST_SECRET = 16  # characters; a shorter cookie is a choice ("de"), not a secret
METRICS_SECONDS = 5.0


def names_wanted(appointment: Appointment) -> dict[str, Forms]:
    """The citizen's name, last name (also as a slug has it) and address, by id."""
    last = appointment.citizen_name.split()[-1] if appointment.citizen_name.split() else ""
    names = [appointment.citizen_name, appointment.citizen_mail]
    names += [last, last.lower()] if len(last) >= SHORTEST_NAME else []
    return {key_id(name.encode()): text_needles(name) for name in names if name}


def secrets_of(call: Call) -> list[bytes]:
    """What opens something: the invitation, the people's cookies, and the deployment's own passwords and keys.

    What cookies a browser had that has ended, nobody knows any more.
    """
    parts = urlsplit(call.appointment.link)
    secrets = {parts.path.rsplit("/", 1)[-1], parts.query, parts.fragment, *call.deployment.observables.secrets}
    for person in call.people.values():
        secrets |= _cookies(person) or set()
    return [secret.encode() for secret in sorted(secrets) if len(secret) >= SHORTEST_SECRET]


def _cookies(person: Person) -> set[str] | None:
    try:
        return {cookie.get("value", "") for cookie in person.context.cookies()}
    except Error:
        return None


def secrets_wanted(call: Call) -> dict[str, Forms]:
    """As ``secrets_of``, in every form that a search looks for."""
    return dict(keys_wanted(secrets_of(call)))


def search_room(store: RunStore, call: Call) -> None:
    """The media server's rooms while the call runs: everything that it remembers, and the names of its recordings."""
    observables = call.deployment.observables
    for process in observables.processes:
        if process.name == observables.sfu:
            names = observables.recordings.glob("*") if observables.recordings else ()
            files = [Item("name of a recording", file.name.encode()) for file in names]
            memory = memory_of(process.pid, process.name)
            room = Haystack("room", process.name, process.control, _both(files, memory))
            store.add(search_for(room, names_wanted(call.appointment), subject="names", call=call.label))


def search_personal(store: RunStore, call: Call) -> None:
    """Names in logs, metrics and web addresses, and secrets in the database, once the call is over.

    Where not all secrets are known, their search is left out: it would say of some that they are nowhere.
    """
    names, secrets = names_wanted(call.appointment), secrets_wanted(call)
    known = all(_cookies(person) is not None for person in call.people.values())
    for party, person in call.people.items():
        for haystack in person_haystacks(person, call.appointment):
            if haystack.place == "url":
                store.add(search_for(haystack, names, subject="names", call=call.label, party=party))
    for haystack in server_haystacks(call.deployment.observables):
        if haystack.place == "log":
            store.add(search_for(haystack, names, subject="names", call=call.label))
        elif haystack.place == "database" and known:
            store.add(search_for(haystack, secrets, subject="secrets", call=call.label))
    _search_metrics(store, call, names)


def _search_metrics(store: RunStore, call: Call, names: Mapping[str, Forms]) -> None:
    url = call.deployment.observables.metrics
    if not url:
        return
    try:
        with urlopen(url, timeout=METRICS_SECONDS) as answer:
            told: bytes = answer.read()
    except (URLError, OSError) as error:
        store.add(TapStatus(vantage="metrics", state="failed", reason=f"the metrics cannot be read ({error})"))
        return
    control = call.deployment.observables.controls.get("metrics", "# HELP")
    store.add(
        search_for(
            Haystack("metrics", "metrics", control, [Item("metrics", told)]), names, subject="names", call=call.label
        )
    )


def _both(files: list[Item], memory: Iterator[Item]) -> Iterator[Item]:
    yield from files
    yield from memory
