"""How long pictures took from the moment they were drawn to the moment they were shown."""

from collections.abc import Iterator

from quality_checks.pictures import Pictures

LONGEST = 10_000.0  # ms; what is older is no delay but another picture (our own threshold)


def glass_delays(stream: Pictures, begin: float, end: float) -> Iterator[tuple[float, float]]:
    """For each number first shown from ``begin`` to ``end``: when it was drawn, and its delay in ms."""
    before: int | None = None
    for picture in stream.within(begin, end):
        number = picture.number
        if number is None or number == before:
            continue
        before = number
        at = stream.first_drawn.get(number)
        if at is not None and 0 <= picture.at - at <= LONGEST:
            yield at, picture.at - at
