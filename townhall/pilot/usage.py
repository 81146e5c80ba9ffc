"""Counting what the service was used for: each call while it runs, and each appointment once, when it is over."""

import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError

from townhall.logs import complain
from townhall.store import Appointment, Store
from townhall.store.pilot import PilotAnswered, PilotDay, PilotVisit
from townhall.tenants import Tenant
from townhall.window import closing

_COUNTING = threading.Lock()  # the report and the retention job may want to count at the same moment


@dataclass
class _Talk:
    """One running call, in memory: who is there, who sends, and since when both are there (monotonic seconds)."""

    present: set[str] = field(default_factory=set)
    came: set[str] = field(default_factory=set)
    sending: set[str] = field(default_factory=set)
    since: float | None = None
    seconds: float = 0.0
    lost: int = 0
    connected: bool = False


class Usage:
    """Listens to the hub; writes a call down when its last person has left."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._talks: dict[str, _Talk] = {}
        self._writer = ThreadPoolExecutor(1, "pilot")  # in the order of the events, off the event loop

    def heard(self, event: str, appointment_id: str, role: str) -> None:
        """Take an event of the hub: joined, left, lost, resumed, publishing or ended."""
        talk = self._talks.setdefault(appointment_id, _Talk())
        match event:
            case "joined" | "resumed":
                talk.present.add(role)
                talk.came.add(role)
            case "left" | "lost" | "ended":
                talk.present.discard(role)
                talk.lost += event == "lost"
            case "publishing":
                talk.sending.add(role)
                talk.connected = talk.connected or {"clerk", "citizen"} <= talk.sending
        self._measure(talk)
        if not talk.present and event != "lost":
            del self._talks[appointment_id]
            if talk.came:
                self._write(appointment_id, talk)

    def close(self) -> None:
        """Write down what is on its way."""
        self._writer.shutdown()

    def _measure(self, talk: _Talk) -> None:
        both = {"clerk", "citizen"} <= talk.present
        now = time.monotonic()
        if both and talk.since is None:
            talk.since = now
        elif not both and talk.since is not None:
            talk.seconds += now - talk.since
            talk.since = None

    def _write(self, appointment_id: str, talk: _Talk) -> None:
        def write() -> None:
            try:
                add_visit(self._store, appointment_id, talk.came, talk.connected, talk.seconds, talk.lost)
            except SQLAlchemyError as error:
                complain("usage not counted", error, appointment=appointment_id)

        self._writer.submit(write)


def add_visit(store: Store, appointment_id: str, came: set[str], connected: bool, seconds: float, lost: int) -> None:
    """Add one call to what is known of its appointment, which may have had a call before."""
    with store.session() as session:
        visit = session.get(PilotVisit, appointment_id)
        if visit is None:
            visit = PilotVisit(appointment=appointment_id, counted=False, seconds=0.0, lost=0)
            visit.citizen_came = visit.clerk_came = visit.connected = False
            session.add(visit)
        visit.citizen_came = visit.citizen_came or "citizen" in came
        visit.clerk_came = visit.clerk_came or "clerk" in came
        visit.connected = visit.connected or connected
        visit.seconds += seconds
        visit.lost += lost


def count_ended(store: Store, tenants: Mapping[str, Tenant], now: datetime) -> int:
    """Fold every video appointment that is over into its day's counts, each once; return how many that were."""
    with _COUNTING, store.session() as session:
        query = select(Appointment, PilotVisit).outerjoin(PilotVisit, PilotVisit.appointment == Appointment.id)
        counted = 0
        for appointment, found in session.execute(query.where(Appointment.start <= now)):
            visit = found or PilotVisit(appointment=appointment.id, seconds=0.0, lost=0, connected=False)
            tenant = tenants.get(appointment.tenant)
            if tenant is None or appointment.kind != "video" or visit.counted or now < closing(appointment):
                continue
            visit.counted = True
            session.add(visit)
            key = (appointment.tenant, appointment.start.astimezone(tenant.zone).date())
            day = session.get(PilotDay, key) or PilotDay(tenant=key[0], day=key[1])
            session.add(day)
            _count(day, appointment.cancelled, visit)
            session.flush()
            counted += 1
    return counted


def _count(day: PilotDay, cancelled: bool, visit: PilotVisit) -> None:
    came = bool(visit.citizen_came)
    day.cancelled = (day.cancelled or 0) + (cancelled and not came)
    day.held = (day.held or 0) + came
    day.no_show = (day.no_show or 0) + (not came and not cancelled)
    day.connected = (day.connected or 0) + bool(visit.connected)
    day.seconds = (day.seconds or 0.0) + visit.seconds
    day.lost = (day.lost or 0) + visit.lost


def forget_answered(store: Store, now: datetime) -> None:
    """Forget which invitations have been answered, once their links have ended."""
    with store.session() as session:
        session.execute(delete(PilotAnswered).where(PilotAnswered.until <= now))
