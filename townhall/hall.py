"""The parts of one running town hall, made once and handed to the pages."""

from dataclasses import dataclass

from townhall.auth import Gate
from townhall.clock import Clock
from townhall.flaws import Flaw
from townhall.hub import Hub
from townhall.mail import Mailer
from townhall.settings import Settings
from townhall.store import Store
from townhall.tenants import Tenant
from townhall.views import Views


@dataclass(frozen=True)
class Hall:
    """Everything a request may need."""

    settings: Settings
    base_url: str
    flaw: Flaw | None
    clock: Clock
    tenants: dict[str, Tenant]
    store: Store
    gate: Gate
    mailer: Mailer
    hub: Hub
    views: Views

    def has_flaw(self, name: str) -> bool:
        """Say whether the service was started with this flaw."""
        return self.flaw is not None and self.flaw.name == name
