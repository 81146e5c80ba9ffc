"""Names and seeds of the swarm's requests and calls. No gevent here: importing Locust changes a whole process."""

import re

# What tells one appointment, token or ticket from another, and would give each a line of its own in the tables.
_IDS = ((re.compile(r"/t/[^/?]+"), "/t/[link]"), (re.compile(r"/termine/(?!neu(?:[/?]|$))[^/?]+"), "/termine/[id]"))


def named(path: str) -> str:
    """The name of a page in Locust's tables: no id, no query."""
    for pattern, name in _IDS:
        path = pattern.sub(name, path)
    return path.split("?")[0]


def seed_of(seed: int, desk: int, visit: int) -> int:
    """The seed of a call's plan: the same run gives everybody the same calls, and no two calls the same."""
    return (seed * 1_000_003 + desk) * 1_000_003 + visit
