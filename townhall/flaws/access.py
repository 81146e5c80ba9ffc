"""The seeded barriers, and the defects of a known size in picture and sound."""

from townhall.flaws.flaw import Flaw

FLAWS: tuple[Flaw, ...] = ()
