"""What the town hall keeps, in SQLite or PostgreSQL through SQLAlchemy 2: a module for each area's tables.

A module with tables has to be imported here, or its tables are not made. Areas with few queries need no class of their
own: ``with store.session() as session`` is one transaction.
"""

from townhall.store.appointments import Appointment, AppointmentQueries, hash_token
from townhall.store.audit import AuditEntry, AuditQueries
from townhall.store.base import Base, Utc, open_engine
from townhall.store.clerks import ClerkAccount, ClerkQueries
from townhall.store.factors import FactorQueries, RecoveryCode, SecondFactor
from townhall.store.guests import Guest
from townhall.store.mails import Mail, MailQueries
from townhall.store.opening import OpeningHours, OpeningQueries
from townhall.store.pilot import PilotAnswer, PilotAnswered, PilotDay, PilotVisit
from townhall.store.sessions import LiveSession, SessionQueries

__all__ = [
    "Appointment",
    "AuditEntry",
    "Base",
    "ClerkAccount",
    "Guest",
    "LiveSession",
    "Mail",
    "OpeningHours",
    "PilotAnswer",
    "PilotAnswered",
    "PilotDay",
    "PilotVisit",
    "RecoveryCode",
    "SecondFactor",
    "Store",
    "Utc",
    "hash_token",
    "open_engine",
]


class Store(AppointmentQueries, MailQueries, OpeningQueries, ClerkQueries, SessionQueries, FactorQueries, AuditQueries):
    """The database of the town hall; every method is one transaction and safe to call from any thread."""
