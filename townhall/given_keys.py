"""The server's side of the flaws by which keys come from the server. Without them nothing is said of keys."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from secrets import token_bytes

from townhall.janus import Message

KEY_BYTES = 32


def given_keys(flaw: str) -> Callable[[str, int], Message]:
    """Return what is said, with the flaw of this name, beside the roster of an appointment (id, number)."""
    if flaw == "server-made-key":
        return _MadeKeys().said
    if flaw == "weak-key":
        return lambda appointment_id, roster: {"room": room_name(roster)}
    return lambda appointment_id, roster: {}


def room_name(roster: int) -> str:
    """Return the name of the room for one list of who is present: the same in every appointment, 32 letters."""
    return f"videotermin-{roster:0{KEY_BYTES - 12}}"


class _MadeKeys:
    """One key for each list of who is present, made here and kept here."""

    def __init__(self) -> None:
        self._keys: dict[tuple[str, int], bytes] = {}

    def said(self, appointment_id: str, roster: int) -> Message:
        key = self._keys.setdefault((appointment_id, roster), token_bytes(KEY_BYTES))
        return {"key": urlsafe_b64encode(key).decode().rstrip("=")}
