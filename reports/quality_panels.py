"""Which figures share a panel of a call's drawing, and which of their lines are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.model.quality import CallQuality, Line, Point
from harness.model.sentence import Sentence

STYLES = ("one", "two", "three", "four")


@dataclass(frozen=True, slots=True)
class Shown:
    """Which figures share a panel, whose band is shaded, and from where to where its scale goes at least."""

    name: str
    figures: tuple[str, ...]
    band: str
    low: float
    high: float


PANELS = (
    Shown("delay", ("Q01", "Q02"), "glass-delay", 0, 450),
    Shown("rate", ("Q09",), "frame-rate", 0, 33),
    Shown("loss", ("Q05",), "loss", 0, 0.045),
    Shown("e-model", ("Q13",), "e-model", 0, 100),
    Shown("video", ("Q15",), "vmaf", 0, 100),
    Shown("speech", ("Q14",), "speech", 1, 5),
)


def shown_lines(panel: Shown, call: CallQuality) -> list[Line]:
    """The lines of a panel; more than four, and all of losses, are drawn as the worst of each figure and direction.

    What was compared behind the call's end (scores) has no place on its axis: tables and sentences tell it.
    """
    mine = [line for line in call.lines if line.figure in panel.figures and _within(line, call.seconds)]
    if panel.name != "loss" and len(mine) <= len(STYLES):
        return mine
    groups: dict[str, list[Line]] = {}
    for line in mine:
        direction = "sent" if "/remote-inbound-rtp/" in line.key else "received"
        groups.setdefault(direction if panel.name == "loss" else line.figure, []).append(line)
    return [_worst_of(name, group) for name, group in groups.items()]


def _within(line: Line, seconds: float) -> bool:
    return any(point.begin < seconds for point in line.points)


_WORST = {
    "sent": Sentence(de="gesendet, jeweils der schlechteste Strom", en="sent, the worst stream at each moment"),
    "received": Sentence(
        de="empfangen, jeweils der schlechteste Strom", en="received, the worst stream at each moment"
    ),
    "Q01": Sentence(de="Bild, jeweils das späteste", en="picture, the latest at each moment"),
    "Q02": Sentence(de="Ton, jeweils der späteste", en="sound, the latest at each moment"),
}
_LESS = ("Q01", "Q02", "Q05")


def _worst_of(name: str, lines: Sequence[Line]) -> Line:
    """One line of the worst values; streams are told of at about the same times, so seconds bring them together."""
    pick = max if lines[0].figure in _LESS else min
    seconds: dict[int, list[Point]] = {}
    for line in lines:
        for point in line.points:
            if point.value is not None:
                seconds.setdefault(int(point.begin), []).append(point)
    points = tuple(
        pick(seconds[second], key=lambda point: point.value if point.value is not None else 0.0)
        for second in sorted(seconds)
    )
    of = _WORST.get(name, Sentence(de="jeweils der schlechteste Strom", en="the worst stream at each moment"))
    return lines[0].model_copy(update={"points": points, "of": of})
