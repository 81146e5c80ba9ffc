"""How often somebody may do something: kept in memory, since a restart may forget it. Time is passed in, in seconds."""

import threading
from ipaddress import IPv6Address, ip_address

_MOST_KEYS = 10_000
_LONGEST_SECONDS = 900.0
_FORGIVEN_SECONDS = 3600.0


class Bucket:
    """A token bucket for each key: ``capacity`` at once, refilled evenly over ``seconds``; capacity 0 is no limit."""

    def __init__(self, capacity: int, seconds: float) -> None:
        self._capacity = capacity
        self._rate = capacity / seconds
        self._states: dict[str, tuple[float, float]] = {}  # key -> (tokens, when)
        self._lock = threading.Lock()

    def wait(self, key: str, now: float) -> float:
        """Return how long the key has to wait for its next token; 0.0 if there is one."""
        with self._lock:
            tokens = self._tokens(key, now)
        return 0.0 if self._capacity == 0 or tokens >= 1 else (1 - tokens) / self._rate

    def take(self, key: str, now: float) -> float:
        """Take a token and return 0.0; if there is none, take nothing and return how long to wait."""
        if self._capacity == 0:
            return 0.0
        with self._lock:
            tokens = self._tokens(key, now)
            if tokens < 1:
                return (1 - tokens) / self._rate
            self._states.pop(key, None)
            _make_room(self._states)
            self._states[key] = (tokens - 1, now)
        return 0.0

    def _tokens(self, key: str, now: float) -> float:
        tokens, when = self._states.get(key, (float(self._capacity), now))
        return min(float(self._capacity), tokens + (now - when) * self._rate)


class GrowingDelay:
    """After ``free`` failures of a key each further one doubles the wait, up to a quarter of an hour; 0 never waits."""

    def __init__(self, free: int) -> None:
        self._free = free
        self._states: dict[str, tuple[int, float]] = {}  # key -> (failures, when the last one was)
        self._lock = threading.Lock()

    def wait(self, key: str, now: float) -> float:
        """Return how long the key has to wait before it may try again; 0.0 if it may now."""
        with self._lock:
            failures, last = self._states.get(key, (0, now))
        if self._free == 0 or failures < self._free:
            return 0.0
        # The exponent is bounded before the power is: an attacker's thousandth failure must not cost us a big number.
        return max(0.0, last + min(2.0 ** min(failures - self._free, 20), _LONGEST_SECONDS) - now)

    def failed(self, key: str, now: float) -> None:
        """Count a failure; failures more than an hour apart do not add up."""
        with self._lock:
            failures, last = self._states.pop(key, (0, now))
            _make_room(self._states)
            self._states[key] = (1 if now - last > _FORGIVEN_SECONDS else failures + 1, now)

    def succeeded(self, key: str) -> None:
        """Forget the key's failures."""
        with self._lock:
            self._states.pop(key, None)


def _make_room(states: dict[str, tuple[float, float]] | dict[str, tuple[int, float]]) -> None:
    """Let the key go that was written to longest ago, so that nobody can fill the memory with addresses."""
    if len(states) >= _MOST_KEYS:
        del states[next(iter(states))]


def address_key(host: str) -> str:
    """Return what counts as one address: an IPv4 address, or the /64 network that one IPv6 subscriber has."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return f"{IPv6Address(int(address) >> 64 << 64)}/64"
    return host
