"""How much a parser's answer holds, so that it can be held against the size of its input."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

FIXED = 4096  # bytes that any answer may weigh, whatever the size of its input


def weight(answer: object) -> int:
    """Bytes of an answer: of texts and bytes their length, of each reference to a part 8; what is held twice, twice."""
    total, left = 0, [answer]
    while left:
        value = left.pop()
        if isinstance(value, bytes | str | memoryview):
            total += len(value)
            continue
        parts: list[object] = []
        if isinstance(value, Mapping):
            parts = [*value.keys(), *value.values()]
        elif isinstance(value, list | tuple | set | frozenset):
            parts = list(value)
        elif is_dataclass(value):
            parts = [getattr(value, field.name) for field in fields(value)]
        elif not isinstance(value, int | float | None):
            raise TypeError(f"an answer holds a {type(value).__name__}, of which the weight is unknown")
        total += 8 * len(parts)
        left += parts
    return total


def allowed(grows: int, size: int) -> int:
    """What the answer to an input of ``size`` bytes may weigh."""
    return FIXED + grows * size
