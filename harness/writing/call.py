"""The writer of calls: goes from vantage point to vantage point and writes what each has."""

import time
from dataclasses import dataclass
from itertools import chain
from urllib.parse import parse_qsl, urlsplit

from harness.call import Call
from harness.events import EventBus
from harness.media.canary import Canaries
from harness.model.errors import TargetError
from harness.model.observations import CallFact, LinkSeen, TapStatus
from harness.opening import Opener
from harness.searching import (
    mail_haystacks,
    memory_haystacks,
    person_haystacks,
    recorder_haystacks,
    server_haystacks,
)
from harness.store import RunStore
from harness.texts import texts_wanted
from harness.vantage.search import search, search_for
from harness.vantage.sfu import ServerStream, streams_of
from harness.writing.beside import write_noted, write_uploads
from harness.writing.coming import write_outsiders
from harness.writing.glass import write_glass
from harness.writing.media import write_direct, write_streams
from harness.writing.pages import write_keys, write_pages, write_transport
from harness.writing.personal import search_personal, search_room, secrets_of
from harness.writing.privacy import write_call_page
from harness.writing.trust import write_trust
from harness.writing.wire import write_wire


@dataclass(slots=True)
class CallWriter:
    """Writes calls into a run. Keys are used here and forgotten: only their hashes are written."""

    store: RunStore
    canaries: Canaries
    events: EventBus
    tap_worked: bool = False

    def memory(self, call: Call) -> None:
        """Searches the memory of the servers while the call runs."""
        for haystack in memory_haystacks(call.deployment.observables):
            self.events.tell("search", f"memory of {haystack.source}")
            self.store.add(search(haystack, call.keys(), call=call.label))
        if not call.focus:
            search_room(self.store, call)
        if call.texts:
            for haystack in memory_haystacks(call.deployment.observables):
                self.store.add(search_for(haystack, texts_wanted(call.texts), subject="texts", call=call.label))

    def write(self, call: Call) -> None:
        """Writes down everything that a call left behind at every vantage point."""
        self.events.tell("call", f"writing down call {call.label}")
        call.flush()
        call.flush()  # on a busy machine the first takes its time, and the pages tell on meanwhile
        self.store.secrets.update(call.keys(), secrets_of(call))
        closed_at = time.time()
        for person in call.people.values():
            person.page.close()
        self.store.add(
            CallFact(
                call=call.label,
                tenant=call.appointment.tenant,
                fault=call.fault,
                focus=call.focus,
                fault_at=call.fault_at,
                parties=tuple(call.people),
                connected=call.connected,
                began_at=call.began_at,
                ended_at=time.time(),
                clicks=call.clicks,
            )
        )
        write_noted(self.store, call)
        if call.focus in ("quality", "agreements"):
            return  # what was seen is noted; of the first there are no taps
        if call.focus == "extras":
            write_uploads(self.store, call)
        unsettled = self._settle(call)
        streams = list(streams_of(call.deployment, call.appointment.id))
        self._tap(call, streams, unsettled)
        opener = Opener([key for person in call.people.values() for key in person.tapped.keys.values()])
        served = write_streams(self.store, self.canaries, call, streams, opener)
        write_direct(self.store, call, opener)
        write_pages(self.store, call)
        write_keys(self.store, call, served)
        write_trust(self.store, call, closed_at)
        write_outsiders(self.store, call, streams)
        write_transport(self.store, call)
        write_wire(self.store, call, streams)
        write_glass(self.store, call)
        if not call.fault and call.focus not in ("attacked", "downgraded"):
            self._search(call)
        if call.texts:
            self._search_texts(call)

    def _settle(self, call: Call) -> str:
        """Waits for the recordings; why they are not whole, where browsers have ended: nobody said goodbye then, and a
        server waits for them longer than the bench does. What it has written by now is kept."""
        try:
            call.deployment.settle(call.appointment)
        except TargetError as error:
            if all(person.browser.is_connected() for person in call.people.values()):
                raise
            return str(error)
        return ""

    def _tap(self, call: Call, streams: list[ServerStream], unsettled: str) -> None:
        """The state of the SFU tap. In a fault call nothing may have arrived, and that is the good news: then the tap
        is as good as it was in the regular calls of this run, which the same recorder served."""
        self.tap_worked = self.tap_worked or bool(streams)
        tap = TapStatus(call=call.label, vantage="sfu", state="ok")
        if call.deployment.observables.recordings is None:
            tap = TapStatus(call=call.label, vantage="sfu", state="absent", reason="this target offers no recording")
        elif not streams and not (call.disturbed and self.tap_worked):
            tap = TapStatus(call=call.label, vantage="sfu", state="silent", reason="no stream was recorded")
        elif unsettled:
            tap = TapStatus(call=call.label, vantage="sfu", state="failed", reason=unsettled)
        self.store.add(tap)

    def _search(self, call: Call) -> None:
        keys = call.keys()
        observables = call.deployment.observables
        for party, person in call.people.items():
            for haystack in person_haystacks(person, call.appointment):
                self.store.add(search(haystack, keys, call=call.label, party=party))
        if observables.mails:
            for haystack in mail_haystacks(observables.mails, call.appointment.citizen_mail):
                self.store.add(search(haystack, keys, call=call.label))
        for haystack in server_haystacks(observables):
            self.store.add(search(haystack, keys, call=call.label))
        for haystack in recorder_haystacks(observables):
            self.store.add(search(haystack, keys, call=call.label))
        if not call.focus:
            search_personal(self.store, call)
            write_call_page(self.store, call)
        if call.appointment.link:
            self.store.add(link_seen(call.label, call.appointment.link))

    def _search_texts(self, call: Call) -> None:
        """What people wrote and shared, wherever a server could have it; its memory was searched during the call."""
        wanted = texts_wanted(call.texts)
        observables = call.deployment.observables
        for party, person in call.people.items():
            for haystack in person_haystacks(person, call.appointment):
                self.store.add(search_for(haystack, wanted, subject="texts", call=call.label, party=party))
        for haystack in chain(
            mail_haystacks(observables.mails, call.appointment.citizen_mail) if observables.mails else (),
            server_haystacks(observables),
            recorder_haystacks(observables),
        ):
            self.store.add(search_for(haystack, wanted, subject="texts", call=call.label))


def link_seen(call: str, link: str) -> LinkSeen:
    """The shape of an invitation link: the names of what it carries, never the values."""
    parts = urlsplit(link)
    return LinkSeen(
        call=call,
        path_shape="/".join("…" if len(part) > 12 else part for part in parts.path.split("/")),
        query=tuple(name for name, _ in parse_qsl(parts.query, keep_blank_values=True)),
        fragment=tuple(name for name, _ in parse_qsl(parts.fragment, keep_blank_values=True)),
    )
