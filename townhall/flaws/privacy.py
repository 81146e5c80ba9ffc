"""The seeded flaws of personal data."""

from townhall.flaws.flaw import Flaw

FLAWS: tuple[Flaw, ...] = ()
