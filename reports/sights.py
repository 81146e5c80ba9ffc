"""What there is to see and hear of each call on the page on quality, within what one page may weigh."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from harness.model.evidence import Evidence
from harness.model.quality import QualityResult
from reports.sight_looks import Half, LookShown, look_shown
from reports.sight_sounds import ListenShown, listen_shown
from reports.text import Words

BUDGET = 11_000_000  # characters of all that is embedded here: a page stays below 15 MB


@dataclass(frozen=True, slots=True)
class Sight:
    """Of one call; None where nothing was seen or heard."""

    look: LookShown | None
    listen: ListenShown | None


def sights(result: QualityResult, evidence: Evidence, t: Words) -> dict[str, Sequence[Sight]]:
    """By the anchor of a network, its calls in their order. What is beyond the budget is left out, and said to be."""
    found: dict[str, Sequence[Sight]] = {}
    left = BUDGET
    for number, network in enumerate(result.networks, 1):
        mine = []
        for call in (each for each in result.calls if each.network == network.network):
            sight = Sight(look_shown(call, evidence, t), listen_shown(call, evidence, t))
            size = _size(sight)
            if size > left:
                sight = _without(sight, t)
            else:
                left -= size
            mine.append(sight)
        found[f"network-{number}"] = tuple(mine)
    return found


def _size(sight: Sight) -> int:
    halves = sum(len(half.uri) for half in sight.look.halves) if sight.look else 0
    return halves + (len(sight.listen.said_uri) + len(sight.listen.heard_uri) if sight.listen else 0)


def _without(sight: Sight, t: Words) -> Sight:
    why = t("sight.large")

    def bare(half: Half) -> Half:
        return replace(half, uri="", missing=half.missing or why)

    look, listen = sight.look, sight.listen
    if look:
        look = replace(look, halves=(bare(look.halves[0]), bare(look.halves[1])))
    if listen:
        listen = replace(listen, said_uri="", heard_uri="", missing=listen.missing or why)
    return Sight(look, listen)
