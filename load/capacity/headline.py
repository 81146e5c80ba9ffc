"""The sentence that a capacity run ends with: the number, its interval, its bottleneck, and in how many town halls."""

from load.capacity.bottleneck import Kind
from load.capacity.result import CapacityResult
from load.capacity.words import NOTHING, Said, calls, number

GAVE_OUT: dict[Kind, Said] = {
    "server-cpu": Said(de="dann gibt der Prozessor des Servers nach", en="then the server's processor gives out"),
    "bandwidth": Said(de="dann gibt seine Netzanbindung nach", en="then its network gives out"),
    "signalling": Said(de="dann gibt seine Vermittlung nach", en="then its signalling gives out"),
    "unclear": Said(
        de="was dann nachgibt, ließ sich nicht feststellen", en="what gives out then could not be determined"
    ),
    "generator": Said(
        de="mehr war nicht zu prüfen, weil der Lastgenerator am Ende war",
        en="more could not be tested because the load generator was at its end",
    ),
    "unmeasured": Said(
        de="mehr war nicht zu beurteilen, weil eine Messung fehlte",
        en="more could not be judged because a measurement was missing",
    ),
    "none": Said(de="mehr sollte nicht versucht werden", en="more was not to be tried"),
}


def headline(result: CapacityResult) -> Said:
    """The number, its interval, its bottleneck, and in how many municipalities that is."""
    capacity, gave = result.capacity, GAVE_OUT[result.bottleneck.kind]
    if capacity.calls == 0 and not capacity.at_least:
        return Said(
            de="Dieser Server hält nicht ein Gespräch innerhalb der Ziele.",
            en="This server does not hold a single call within the objectives.",
        )
    if capacity.at_least and capacity.calls == 0:
        return Said(
            de=f"Über diesen Server lässt sich nichts sagen: {gave.de}.",
            en=f"Nothing can be said of this server: {gave.en}.",
        )
    if capacity.at_least:
        return Said(
            de=f"Dieser Server hält mindestens {calls(capacity.calls, 'de')} zugleich; {gave.de}.",
            en=f"This server holds at least {calls(capacity.calls, 'en')} at once; {gave.en}.",
        ) + _enough(result)
    low, high = capacity.low, capacity.high or capacity.calls
    return Said(
        de=f"Dieser Server hält {calls(capacity.calls, 'de')} zugleich (mit 95\u00a0% Sicherheit"
        f" {number(low, 'de')} bis {number(high, 'de')}); {gave.de}.",
        en=f"This server holds {calls(capacity.calls, 'en')} at once (with 95\u00a0% confidence"
        f" {number(low, 'en')} to {number(high, 'en')}); {gave.en}.",
    ) + _enough(result)


def _enough(result: CapacityResult) -> Said:
    count, name = result.carried.municipalities, result.carried.municipality
    if result.capacity.low == 0:
        return NOTHING
    careful = result.capacity.low < result.capacity.calls
    german = (
        ("vorsichtig gerechnet " if careful else "")
        + "für "
        + (f"eine Gemeinde wie {name}" if count == 1 else f"{number(count, 'de')} Gemeinden wie {name}")
    )
    english = f"{number(count, 'en')} {'municipality' if count == 1 else 'municipalities'} like {name}" + (
        ", carefully reckoned" if careful else ""
    )
    return Said(
        de=f"Das reicht {german}." if count else f"Das reicht nicht für eine Gemeinde wie {name}.",
        en=f"That is enough for {english}." if count else f"That is not enough for one municipality like {name}.",
    )
