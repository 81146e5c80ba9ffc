"""What a seeded flaw is."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Flaw:
    """One small, named defect: where it sits, what it does (de, en), and the ids of the checks it must fail."""

    name: str
    side: Literal["client", "server", "operator"]
    de: str
    en: str
    expects: tuple[str, ...]
