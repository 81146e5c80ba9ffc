"""What every page of the office checks first: the municipality, the clerk, the form's token."""

from fastapi import Request, Response
from starlette.exceptions import HTTPException

from townhall.auth import ClerkSession
from townhall.hall import Hall
from townhall.store import Appointment
from townhall.tenants import Clerk, Tenant

CSRF_REFUSED = "csrf"


class Desk:
    """Checks of one town hall; a check that fails raises HTTPException, which becomes a page or a redirect."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    def tenant(self, tenant_id: str) -> Tenant:
        """Return the municipality in the address; 404 if there is none."""
        if tenant_id not in self._hall.tenants:
            raise HTTPException(404)
        return self._hall.tenants[tenant_id]

    def clerk(self, request: Request, tenant: Tenant) -> Clerk:
        """Return the clerk; to the login if nobody is logged in, 403 for a clerk of another municipality."""
        session = self._hall.gate.session(request)
        if session is None or not session.user:
            raise HTTPException(303, headers={"location": f"/{tenant.id}/amt/anmelden"})
        clerk = tenant.clerk(session.user)
        if self._hall.has_flaw("cross-tenant"):
            clerk = self._hall.tenants[session.tenant].clerk(session.user)
        elif session.tenant != tenant.id:
            raise HTTPException(403)
        if clerk is None:
            raise HTTPException(403)
        return clerk

    def appointment(self, tenant: Tenant, appointment_id: str) -> Appointment:
        """Return an appointment of this municipality; 404 for another's, as for one that does not exist."""
        appointment = self._hall.store.appointment(appointment_id)
        if appointment is None or appointment.tenant != tenant.id:
            raise HTTPException(404)
        return appointment

    def check_csrf(self, request: Request, token: str) -> None:
        """Refuse (403) a form that was not made for this browser's session."""
        if not self._hall.gate.csrf_is_right(self._hall.gate.session(request), token):
            raise HTTPException(403, CSRF_REFUSED)

    def form(
        self, request: Request, template: str, tenant: Tenant | None, *, status: int = 200, **words: object
    ) -> Response:
        """Return a page whose forms carry the session's token; a browser without a session gets one."""
        gate = self._hall.gate
        carrier = Response()
        session: ClerkSession = gate.session(request) or gate.start_session(carrier)
        page = self._hall.views.page(
            request, template, status=status, tenant=tenant, words={"csrf": gate.csrf_token(session), **words}
        )
        for cookie in carrier.headers.getlist("set-cookie"):
            page.headers.append("set-cookie", cookie)
        return page
