"""The seeded flaws of what is written, shown and shared beside the picture, and of who takes part."""

from townhall.flaws.flaw import Flaw

FLAWS: tuple[Flaw, ...] = ()
