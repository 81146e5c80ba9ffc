"""What the bench tells while it works. Consumers (progress, logs) plug in; the engine knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Event:
    """``step`` is a short stable name: ``target``, ``scenario``, ``call``, ``search``, ``judge`` or ``report``."""

    step: str
    text: str
    done: int = 0
    total: int = 0


@dataclass(slots=True)
class EventBus:
    """Hands each event to every listener, in the order in which they were added."""

    listeners: list[Callable[[Event], None]] = field(default_factory=list)

    def tell(self, step: str, text: str, done: int = 0, total: int = 0) -> None:
        """Announces a step in one short sentence."""
        event = Event(step, text, done, total)
        for listener in self.listeners:
            listener(event)
