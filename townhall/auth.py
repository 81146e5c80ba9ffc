"""Who is asking: clerks by password and session cookie, citizens by invitation cookie, forms by CSRF token."""

import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import HTTPConnection
from starlette.responses import Response

from townhall.store import Store

SESSION_COOKIE = "amt"
SESSION_SECONDS = 10 * 3600
_CITIZEN_SECONDS = 3 * 3600
_CODE_COOKIE = "amt-code"
_CODE_SECONDS = 300


@dataclass(frozen=True)
class ClerkSession:
    """A browser at the office: ``sid`` is random; ``tenant`` and ``user`` are empty until someone has logged in.

    ``enrolling`` is the user name of a clerk who may do nothing yet but set up a second factor; ``user`` is empty then.
    """

    sid: str
    tenant: str = ""
    user: str = ""
    enrolling: str = ""


class Gate:
    """Signs and checks cookies and form tokens with the service's secret key."""

    def __init__(self, secret_key: str, store: Store, secure_cookies: bool) -> None:
        self._key = secret_key.encode()
        self._sessions = URLSafeTimedSerializer(secret_key, salt="clerk-session")
        self._citizens = URLSafeTimedSerializer(secret_key, salt="citizen-appointment")
        self._halfway = URLSafeTimedSerializer(secret_key, salt="clerk-awaits-code")
        self._store = store
        self._secure = secure_cookies
        self._hasher = PasswordHasher()
        # Checked when the user name is unknown, so that the answer takes as long as for a wrong password.
        self._nobody = self._hasher.hash(secrets.token_urlsafe(16))

    def hash_password(self, password: str) -> str:
        """Return the Argon2id hash of a password."""
        return self._hasher.hash(password)

    def password_is_right(self, tenant: str, user: str, password: str) -> bool:
        """Say whether this clerk of this municipality has this password."""
        known = self._store.password_hash(tenant, user)
        try:
            self._hasher.verify(known or self._nobody, password)
        except (VerifyMismatchError, InvalidHashError):
            return False
        return known is not None

    def session(self, request: HTTPConnection) -> ClerkSession | None:
        """Return the browser's session; None without one, or with one that is forged, too old or logged out."""
        try:
            value = self._sessions.loads(request.cookies.get(SESSION_COOKIE, ""), max_age=SESSION_SECONDS)
        except BadSignature:
            return None
        # The cookie only carries the id. Who has logged in with it stands in the database, where logging out ends it.
        sid, known = str(value["sid"]), value.get("known")
        if known is False:
            return ClerkSession(sid)
        row = self._store.live_session(sid, datetime.now(UTC))
        if row is None:
            return None
        return ClerkSession(sid, row.tenant, **{"enrolling" if row.enrolling else "user": row.user})

    def start_session(
        self, response: Response, tenant: str = "", user: str = "", *, enrolling: bool = False
    ) -> ClerkSession:
        """Give the browser a fresh session (a new ``sid`` at each login, against session fixation).

        Times are real, not the town hall's clock: they end together with the cookie, which the browser keeps.
        """
        sid = secrets.token_urlsafe(16)
        if user:
            until = datetime.now(UTC) + timedelta(seconds=SESSION_SECONDS)
            self._store.keep_session(sid, tenant, user, until, enrolling)
        cookie = self._sessions.dumps({"sid": sid, "known": bool(user)})
        self._set_cookie(response, SESSION_COOKIE, cookie, "/", SESSION_SECONDS)
        return ClerkSession(sid, tenant, "" if enrolling else user, user if enrolling else "")

    def end_session(self, response: Response, session: ClerkSession | None = None) -> None:
        """End the session at the server and take its cookie from the browser."""
        if session is not None:
            self._store.end_session(session.sid)
        response.delete_cookie(SESSION_COOKIE)

    def await_code(self, response: Response, tenant: str, user: str) -> None:
        """Remember for some minutes that the password was right; it opens nothing but the page that asks the code."""
        path = f"/{tenant}/amt/anmelden"
        self._set_cookie(response, _CODE_COOKIE, self._halfway.dumps([tenant, user]), path, _CODE_SECONDS)

    def awaiting_code(self, request: HTTPConnection, tenant: str) -> str:
        """Return the clerk whose password was right a moment ago; empty if there is none."""
        try:
            place, user = self._halfway.loads(request.cookies.get(_CODE_COOKIE, ""), max_age=_CODE_SECONDS)
        except BadSignature:
            return ""
        return str(user) if place == tenant else ""

    def code_given(self, response: Response, tenant: str) -> None:
        """Forget that a code is awaited."""
        response.delete_cookie(_CODE_COOKIE, path=f"/{tenant}/amt/anmelden")

    def csrf_token(self, session: ClerkSession) -> str:
        """Return the token that every form of this session carries."""
        return hmac.digest(self._key, b"csrf:" + session.sid.encode(), "sha256").hex()

    def csrf_is_right(self, session: ClerkSession | None, token: str) -> bool:
        """Say whether a form was made for this session."""
        return session is not None and hmac.compare_digest(self.csrf_token(session).encode(), token.encode())

    def link_token(self, appointment_id: str, link_version: int) -> str:
        """Return the token of an appointment's link, 256 bits: the same each time, so no second mail outdates a first.

        Who has the database cannot make it, for want of the secret key; there only its hash is kept.
        """
        made = hmac.digest(self._key, f"link:{appointment_id}:{link_version}".encode(), "sha256")
        return urlsafe_b64encode(made).rstrip(b"=").decode()

    def admit_citizen(self, response: Response, appointment_id: str) -> None:
        """Let the browser that opened an invitation join this appointment's call."""
        path = f"/api/call/{appointment_id}/"
        self._set_cookie(response, "termin", self._citizens.dumps(appointment_id), path, _CITIZEN_SECONDS)

    def is_citizen_of(self, request: HTTPConnection, appointment_id: str) -> bool:
        """Say whether the browser has opened this appointment's invitation."""
        try:
            admitted = self._citizens.loads(request.cookies.get("termin", ""), max_age=_CITIZEN_SECONDS)
        except BadSignature:
            return False
        return bool(admitted == appointment_id)

    def _set_cookie(self, response: Response, name: str, value: str, path: str, seconds: int) -> None:
        response.set_cookie(name, value, max_age=seconds, path=path, secure=self._secure, httponly=True, samesite="lax")
