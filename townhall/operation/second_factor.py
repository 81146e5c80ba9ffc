"""The second factor of clerks: TOTP codes (RFC 6238: SHA-1, 6 digits, 30 s) and recovery codes."""

import base64
import hmac
import secrets
from collections.abc import Callable

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from townhall.errors import TownhallError
from townhall.operation.limits import GrowingDelay
from townhall.store import Store, hash_token

STEP_SECONDS = 30
_RECOVERY_CODES = 8
_RECOVERY_BYTES = 10  # 80 bits each: no slow hash is needed


class FactorUnreadable(TownhallError):
    """A secret was encrypted under another ``secret_key`` than the service has now."""


class SecondFactors:
    """Sets up and checks second factors; ``now`` gives seconds since 1970, in real time like the clerks' phones."""

    def __init__(self, store: Store, secret_key: str, now: Callable[[], float], free_failures: int) -> None:
        self._store = store
        self._now = now
        # By account, whatever the address: who gets here has the password, and six digits are soon tried.
        self._delay = GrowingDelay(free_failures)
        # A key of its own purpose: neither cookies nor this can be used to attack the other.
        key = HKDF(SHA256(), 32, salt=None, info=b"townhall second factor").derive(secret_key.encode())
        self._box = Fernet(base64.urlsafe_b64encode(key))

    def is_set_up(self, tenant: str, user: str) -> bool:
        """Say whether this clerk's logins ask for a code."""
        factor = self._store.second_factor(tenant, user)
        return factor is not None and factor.confirmed

    def begin(self, tenant: str, user: str) -> str:
        """Return the secret that the clerk is setting up, Base32: the same until it is confirmed."""
        factor = self._store.second_factor(tenant, user)
        if factor is not None and not factor.confirmed:
            try:
                return self._open(factor.secret)
            except FactorUnreadable:
                pass  # begun under another key and never used: a new one takes its place
        secret = pyotp.random_base32()
        self._store.begin_factor(tenant, user, self._box.encrypt(secret.encode()).decode())
        return secret

    def confirm(self, tenant: str, user: str, code: str) -> list[str] | None:
        """Turn the second factor on if the code is right; return the recovery codes, which are not told again."""
        factor = self._store.second_factor(tenant, user)
        if factor is None or factor.confirmed or not self._use(factor.secret, tenant, user, code):
            return None
        codes = [_readable(secrets.token_bytes(_RECOVERY_BYTES)) for _ in range(_RECOVERY_CODES)]
        self._store.confirm_factor(tenant, user, [_hash_recovery(one) for one in codes])
        return codes

    def wait(self, tenant: str, user: str) -> float:
        """Return for how many seconds no code of this clerk is looked at, because too many were wrong."""
        return self._delay.wait(f"{tenant} {user}", self._now())

    def check(self, tenant: str, user: str, code: str) -> bool:
        """Use up a code of the clerk's device or a recovery code; False if it is wrong or used.

        Raises FactorUnreadable if the device's code cannot be checked; recovery codes still can.
        """
        key = f"{tenant} {user}"
        self._delay.failed(key, self._now())  # counted first: many requests at once are many tries, too
        right = self._store.use_recovery_code(tenant, user, _hash_recovery(code))
        if not right:
            factor = self._store.second_factor(tenant, user)
            right = factor is not None and factor.confirmed and self._use(factor.secret, tenant, user, code)
        if right:
            self._delay.succeeded(key)
        return right

    def _use(self, encrypted: str, tenant: str, user: str, code: str) -> bool:
        totp, digits, present = pyotp.TOTP(self._open(encrypted)), "".join(code.split()), int(self._now())
        # One step early or late, for clocks that differ (RFC 6238, section 5.2).
        for step in range(present // STEP_SECONDS - 1, present // STEP_SECONDS + 2):
            if hmac.compare_digest(totp.at(step * STEP_SECONDS).encode(), digits.encode()):
                return self._store.use_step(tenant, user, step)
        return False

    def _open(self, encrypted: str) -> str:
        try:
            return self._box.decrypt(encrypted.encode()).decode()
        except InvalidToken as error:
            raise FactorUnreadable(
                "A clerk's second factor was set up under another secret_key: set that key again, or take the second "
                "factor off with `python -m townhall second-factor-off TENANT USER`."
            ) from error


def address(secret: str, issuer: str, user: str) -> str:
    """Return the ``otpauth:`` address that authenticator apps read."""
    return pyotp.TOTP(secret).provisioning_uri(name=user, issuer_name=issuer)


def picture(text: str, title: str) -> str:
    """Return a QR code as an SVG element to stand in a page."""
    return segno.make(text, error="m").svg_inline(scale=5, title=title, dark="#000", light="#fff", omitsize=False)


def _readable(code: bytes) -> str:
    """Return a recovery code in groups of four letters and digits, as people copy it."""
    text = base64.b32encode(code).decode().lower()
    return "-".join(text[i : i + 4] for i in range(0, len(text), 4))


def _hash_recovery(code: str) -> str:
    """Hash a recovery code the way it was typed or the way it was told."""
    return hash_token("recovery:" + "".join(code.replace("-", "").split()).lower())
