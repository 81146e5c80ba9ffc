"""Who is asking: clerks by password and session cookie, citizens by invitation cookie, forms by CSRF token."""

import hmac
import secrets
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import HTTPConnection
from starlette.responses import Response

from townhall.store import Store

SESSION_COOKIE = "amt"
SESSION_SECONDS = 10 * 3600
_CITIZEN_SECONDS = 3 * 3600


@dataclass(frozen=True)
class ClerkSession:
    """A browser at the office: ``sid`` is random; ``tenant`` and ``user`` are empty until someone has logged in."""

    sid: str
    tenant: str = ""
    user: str = ""


class Gate:
    """Signs and checks cookies and form tokens with the service's secret key."""

    def __init__(self, secret_key: str, store: Store, secure_cookies: bool) -> None:
        self._key = secret_key.encode()
        self._sessions = URLSafeTimedSerializer(secret_key, salt="clerk-session")
        self._citizens = URLSafeTimedSerializer(secret_key, salt="citizen-appointment")
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
        """Return the browser's session, None if it has none or one that is forged or older than ten hours."""
        try:
            value = self._sessions.loads(request.cookies.get(SESSION_COOKIE, ""), max_age=SESSION_SECONDS)
        except BadSignature:
            return None
        return ClerkSession(**value)

    def start_session(self, response: Response, tenant: str = "", user: str = "") -> ClerkSession:
        """Give the browser a fresh session (a new ``sid`` at each login, against session fixation)."""
        session = ClerkSession(secrets.token_urlsafe(16), tenant, user)
        self._set_cookie(response, SESSION_COOKIE, self._sessions.dumps(vars(session)), "/", SESSION_SECONDS)
        return session

    def end_session(self, response: Response) -> None:
        """Take the session from the browser."""
        response.delete_cookie(SESSION_COOKIE)

    def csrf_token(self, session: ClerkSession) -> str:
        """Return the token that every form of this session carries."""
        return hmac.digest(self._key, b"csrf:" + session.sid.encode(), "sha256").hex()

    def csrf_is_right(self, session: ClerkSession | None, token: str) -> bool:
        """Say whether a form was made for this session."""
        return session is not None and hmac.compare_digest(self.csrf_token(session).encode(), token.encode())

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
