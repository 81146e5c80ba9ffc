"""Writes down what pages do with personal data: headers, storage, hosts, devices; and what a target declares."""

from collections.abc import Iterable

from harness.call import Call
from harness.model.observations import Declared, DeviceAsked, PageWatched
from harness.store import RunStore
from harness.targets.protocol import Declaration
from harness.vantage.headers import headers_seen
from harness.vantage.hosts import hosts_contacted
from harness.vantage.storage import storage_seen
from harness.vantage.tapped import Asked
from harness.visit import Visit
from harness.wire.frame_profiles import PROFILES

CALL_PAGE = "call"


def write_declared(store: RunStore, declaration: Declaration) -> None:
    """What the target says of itself, once a run."""
    profile = PROFILES[declaration.frame_profile]
    clear = profile.clear
    store.add(
        Declared(
            hosts=tuple(declaration.hosts),
            storage=tuple(declaration.storage),
            retention_days=declaration.retention_days,
            frame_profile=declaration.frame_profile,
            clear_bytes=(clear.key_frame, clear.delta_frame, clear.audio),
            clear_frames=tuple(dict.fromkeys((*profile.clear_frames, *declaration.clear_frames))),
        )
    )


def write_visit(store: RunStore, visit: Visit, *, consent: bool = False) -> None:
    """What was seen on a visit until now; ``consent`` says whether the person had agreed to anything on it."""
    party, label = visit.person.party, visit.label
    watching = visit.watching()
    if not consent and (headers := headers_seen(label, visit.answers, party=party)):
        store.add(headers)
    if storage := storage_seen(visit.person.page, label, consent=consent, party=party):
        store.add(storage)
        store.add(PageWatched(party=party, page=label, watcher="storage"))
    _write_watched(store, label, visit.urls, visit.devices, watching, party=party)


def write_call_page(store: RunStore, call: Call) -> None:
    """The hosts and devices of a call that was held, STUN and TURN included."""
    for party, person in call.people.items():
        urls = [*person.http.urls, *person.websockets.urls, *person.tapped.ice]
        watching = bool(person.tapped.descriptions or person.tapped.devices)  # the script in the page has told of some
        _write_watched(store, CALL_PAGE, urls, person.tapped.devices, watching, call=call.label, party=party)


def _write_watched(
    store: RunStore,
    page: str,
    urls: Iterable[str],
    devices: Iterable[Asked],
    watching: bool,
    *,
    call: str = "",
    party: str = "",
) -> None:
    hosts = hosts_contacted(page, urls, call=call, party=party)
    for host in hosts:
        store.add(host)
    if hosts:  # a page that came over no request was not seen loading
        store.add(PageWatched(call=call, party=party, page=page, watcher="hosts"))
    for asked in devices:
        store.add(DeviceAsked(call=call, party=party, page=page, devices=asked.devices, consented=asked.consented))
    if watching:
        store.add(PageWatched(call=call, party=party, page=page, watcher="devices"))
