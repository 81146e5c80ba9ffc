"""All that judges may look at: the records of a run and the bytes that belong to them."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar, cast

from harness.model.observations import Blob, CallFact, Observation, Record

T = TypeVar("T", bound=Observation)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """An observation together with the id under which a verdict cites it."""

    id: str
    seen: T


@dataclass(frozen=True, slots=True)
class Evidence:
    """The records of one run, in the order they were written, and their blobs by path."""

    records: Sequence[Record]
    blobs: Mapping[str, bytes] = field(default_factory=dict)
    _read: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, what: Hashable, read: Callable[[], R]) -> R:
        """What ``read`` gives, which depends on this evidence and ``what`` alone: read once, however many judges ask.

        It is handed to all of them, so it must be nothing that can be changed.
        """
        if what not in self._read:
            self._read[what] = read()
        return cast(R, self._read[what])

    def of(self, kind: type[T], *, call: str | None = None, party: str | None = None) -> Iterator[Found[T]]:
        """Every observation of a kind, optionally of one call or party."""
        for found in self.once(("of", kind), lambda: self._of(kind)):
            if call in (None, found.seen.call) and party in (None, found.seen.party):
                yield found

    def _of(self, kind: type[T]) -> tuple[Found[T], ...]:
        return tuple(Found(record.id, record.seen) for record in self.records if isinstance(record.seen, kind))

    def calls(self, *, regular: bool) -> list[Found[CallFact]]:
        """The calls that the bench left alone (``regular``) or the ones that it put a fault into."""
        unfocused = (found for found in self.of(CallFact) if not found.seen.focus)
        return [found for found in unfocused if (found.seen.fault == "") is regular]

    def focused(
        self, focus: Literal["extras", "quality", "direct", "attacked", "downgraded", "agreements"]
    ) -> list[Found[CallFact]]:
        """The calls that were held for certain checks only."""
        return [found for found in self.of(CallFact) if found.seen.focus == focus]

    def bytes_of(self, blob: Blob) -> bytes | None:
        """The bytes of a blob, or ``None`` where the evidence has lost them (which never makes a check pass)."""
        return self.blobs.get(blob.path)
