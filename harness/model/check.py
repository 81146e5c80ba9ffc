"""A check: one property of a deployment, and the pure function that judges it from evidence."""

from collections.abc import Callable
from dataclasses import dataclass

from harness.model.evidence import Evidence
from harness.model.sentence import Sentence
from harness.model.verdict import Finding


@dataclass(frozen=True, slots=True)
class Check:
    """``id`` and ``name`` are stable; ``passing`` is one sentence: what passing means.

    ``vantage`` names the vantage points the judge needs, ``norms`` the documents a report cites (never quotes), and
    ``judge`` must not do I/O, read a clock or use randomness. ``stands`` says that its ``fail`` rests on what was found
    alone, so that it stands whatever else could not be seen; others compare what was seen at two places.
    """

    id: str
    name: str
    passing: Sentence
    vantage: tuple[str, ...]
    norms: tuple[str, ...]
    judge: Callable[[Evidence], Finding]
    stands: bool = False
