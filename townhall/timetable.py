"""A municipality's present timetable: the hours that are in force, and the times that are taken."""

from datetime import datetime

from townhall.opening import Opening
from townhall.slots import Busy
from townhall.store import Store
from townhall.tenants import Tenant


def opening_of(store: Store, tenant: Tenant) -> Opening:
    """Return the hours a clerk has set, else those of the municipality's file."""
    document = store.opening(tenant.id)
    return tenant.opening if document is None else Opening.model_validate_json(document)


def set_opening(store: Store, tenant: Tenant, opening: Opening) -> None:
    """Put these hours into force."""
    store.set_opening(tenant.id, opening.model_dump_json())


def busy(store: Store, tenant: Tenant, ending_after: datetime) -> dict[str, Busy]:
    """Return what is booked, by the appointments' ids; cancelled appointments take no time."""
    return {
        one.id: Busy(one.clerk, one.start, one.end)
        for one in store.appointments(tenant.id, ending_after)
        if not one.cancelled
    }
