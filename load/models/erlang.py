"""The loss and waiting formulae of telephone traffic, in recursions that do not overflow.

Sources: A. K. Erlang, Solution of some Problems in the Theory of Probabilities of Significance in Automatic Telephone
Exchanges (1917; formulae B and C); T. Engset, Die Wahrscheinlichkeitsrechnung zur Bestimmung der Wählerzahl (1918);
ITU-T E.501 (offered traffic from carried traffic) and E.520 (the number of circuits for a loss). The recursions are
those of ITU-D, Teletraffic Engineering Handbook, chapters 4, 5 and 9.

``load`` is the offered traffic in erlangs: calls that begin in an hour times the hours that one lasts. ``servers`` are
the calls that can be held at once; of a blocking system what comes beyond them is lost, of a waiting one it waits.
"""

from math import exp, isfinite

from load.errors import LoadError

MOST_SERVERS = 10_000_000
_STEPS = 200  # of a bisection: more than the bits of a float's fraction and exponent need


def erlang_b(servers: int, load: float) -> float:
    """The share of calls that find all servers taken and are lost (Poisson arrivals, any distribution of lengths)."""
    _check(servers, load)
    if load == 0:
        return 1.0 if servers == 0 else 0.0
    blocking = 1.0
    for server in range(1, servers + 1):
        blocking = load * blocking / (server + load * blocking)
    return blocking


def erlang_c(servers: int, load: float) -> float:
    """The share of calls that have to wait (Poisson arrivals, exponential lengths); 1 when they can never be served."""
    _check(servers, load)
    if load >= servers:
        return 1.0
    blocking = erlang_b(servers, load)
    return servers * blocking / (servers - load * (1 - blocking))


def waits_longer(servers: int, load: float, than: float, length: float) -> float:
    """The share of calls that wait longer ``than`` (in the unit of ``length``, the mean length of a call)."""
    _check(servers, load)
    if than < 0 or length <= 0:
        raise LoadError("A wait cannot be negative and a call must have a length: give a wait >= 0 and a length > 0.")
    return 1.0 if load >= servers else erlang_c(servers, load) * exp(-(servers - load) * than / length)


def engset(servers: int, sources: int, load: float) -> float:
    """The share of calls lost when only ``sources`` people can call, each offering ``load`` erlangs while it is free.

    An arriving call sees the system as the other sources have left it: this is call congestion, which is the time
    congestion of one source less. Never above Erlang's formula B of the same offered load.
    """
    _check(servers, load)
    if sources < 1:
        raise LoadError("Nobody can call: give at least one source.")
    if servers >= sources or load == 0:
        return 0.0
    blocking = 1.0
    for server in range(1, servers + 1):
        offered = (sources - server) * load * blocking
        blocking = offered / (server + offered)
    return blocking


def servers_for_blocking(load: float, target: float) -> int:
    """The fewest servers of which at most the share ``target`` of calls is lost (formula B, as E.520 uses it)."""
    _check(0, load)
    _check_target(target)
    if load == 0:
        return 0
    blocking, servers = 1.0, 0
    while blocking > target:
        servers += 1
        blocking = load * blocking / (servers + load * blocking)
        if servers >= MOST_SERVERS:
            raise LoadError(f"{load:g} erlangs need more than {MOST_SERVERS:,} servers: give a smaller load.")
    return servers


def servers_for_waiting(load: float, target: float, than: float = 0.0, length: float = 1.0) -> int:
    """The fewest servers at which at most the share ``target`` waits longer ``than`` (formula C)."""
    _check(0, load)
    _check_target(target)
    servers = int(load) + 1
    while waits_longer(servers, load, than, length) > target:
        servers += 1
    return servers


def servers_for_few(sources: int, load: float, target: float) -> int:
    """The fewest servers at which ``sources`` people, busy for ``load`` erlangs together, lose at most ``target``.

    By Engset's formula; what one of them offers while free follows from the share of time that they are busy.
    """
    _check(sources, load)
    _check_target(target)
    if load >= sources:
        return sources
    free = load / (sources - load)
    return next(servers for servers in range(sources + 1) if engset(servers, sources, free) <= target)


def load_carried(servers: int, target: float) -> float:
    """The largest offered load in erlangs of which ``servers`` lose at most the share ``target`` (formula B)."""
    _check(servers, 0.0)
    _check_target(target)
    if servers == 0:
        return 0.0
    low, high = 0.0, 1.0
    while erlang_b(servers, high) <= target:
        low, high = high, 2 * high
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if erlang_b(servers, middle) <= target else (low, middle)
    return low


def _check(servers: int, load: float) -> None:
    if servers < 0 or load < 0 or not isfinite(load):
        raise LoadError(f"{servers} servers and {load} erlangs are no system: give finite numbers, none negative.")


def _check_target(target: float) -> None:
    if not 0 < target < 1:
        raise LoadError(f"A share of {target} lost or waiting calls is no target: give one between 0 and 1.")
