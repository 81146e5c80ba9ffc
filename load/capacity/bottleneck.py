"""What gave out, judged from the trials around the number: the server's processor, its network, its signalling, or none
of the server's means but the generator.

A resource is called used up only where the trials that broke show it so. What broke without one is said to be unclear:
a guess would send somebody to buy the wrong thing.
"""

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Literal

from pydantic import Field

from load.capacity.objectives import Judged, Objectives
from load.capacity.search import Found
from load.capacity.words import LANGUAGES, Language, Said, figure, listed, percent
from load.reading import Part

Kind = Literal["server-cpu", "bandwidth", "signalling", "generator", "unmeasured", "unclear", "none"]
FULL = 0.9  # of a resource: with more of it in use on average, bursts find it used up
DROPS = 0.001  # of packets thrown away by the server's network
_NEAR = 1.5  # times the number: trials that broke further up say what gives out there, not here

_LIMITS: dict[str, Said] = {
    "lateness_p95_ms": Said(de="sein Takt kam zu spät", en="its clock was late"),
    "cpu": Said(de="sein Prozessor war ausgelastet", en="its processor was used up"),
    "drops": Said(de="er verlor selbst Pakete", en="it lost packets of its own"),
}


class Bottleneck(Part):
    """What gave out, a sentence with its figures, and the figures: medians over the trials that it rests on."""

    kind: Kind
    reason: Said
    figures: dict[str, float] = Field(default_factory=dict)


def judge_bottleneck(found: Found, objectives: Objectives) -> Bottleneck:
    """What gave out in a search."""
    if found.end == "generator":
        return _generator(found)
    if found.end == "unmeasured":
        return _unmeasured(found.trials, objectives)
    if found.end == "most":
        return Bottleneck(
            kind="none",
            reason=Said(
                de="Bis zur größten Zahl, die versucht werden sollte, hielten alle Ziele: Es gab nichts nach.",
                en="Up to the largest number that was to be tried all objectives held: nothing gave out.",
            ),
        )
    broken = [each for each in found.trials if each.outcome == "breaks"]
    near = [each for each in broken if each.trial.calls <= _NEAR * max(1, found.calls)]
    return _server(near or broken, objectives)


def _server(broken: Sequence[Judged], objectives: Objectives) -> Bottleneck:
    servers = [each.trial.server for each in broken]
    seen = {
        "cpu": _median(each.cpu for each in servers),
        "busiest_thread": _median(each.busiest_thread for each in servers),
        "link": _median(each.link for each in servers),
        "link_drops": _median(each.link_drops for each in servers),
    }
    figures = {name: value for name, value in seen.items() if value is not None}
    cpu = max(figures.get("cpu", 0.0), figures.get("busiest_thread", 0.0))
    link, drops = figures.get("link", 0.0), figures.get("link_drops", 0.0)
    what = Said(**{lang: _broken(broken, objectives, lang) for lang in LANGUAGES})
    if cpu >= FULL and cpu >= link:
        return Bottleneck(kind="server-cpu", reason=_cpu(figures) + what, figures=figures)
    if link >= FULL or drops >= DROPS:
        return Bottleneck(kind="bandwidth", reason=_network(link, drops) + what, figures=figures)
    parts = {objectives.figures[name].part for each in broken for name in each.broken}
    if parts == {"signalling"} and "cpu" in figures:
        said = Said(
            de=f"Nur der Beitritt brach, bei {percent(cpu, 'de')} Prozessor: Die Vermittlung gab nach.",
            en=f"Only joining broke, with {percent(cpu, 'en')} of the processor in use: signalling gave out.",
        )
        return Bottleneck(kind="signalling", reason=said + what, figures=figures)
    return Bottleneck(kind="unclear", reason=_nothing(figures) + what, figures=figures)


def _nothing(figures: dict[str, float]) -> Said:
    """Nothing was used up of what was seen; what was not seen is said, too."""
    if "cpu" not in figures:
        return Said(de="Was der Server verbrauchte, war nicht zu sehen.", en="What the server used could not be seen.")
    if "link" not in figures:
        return Said(
            de="Der Prozessor des Servers war nicht erschöpft; wie weit sein Netz reichte, wurde nicht gemessen.",
            en="The server's processor was not used up; how far its network went was not measured.",
        )
    return Said(de="Kein Mittel des Servers war erschöpft.", en="None of the server's means was used up.")


def _cpu(figures: dict[str, float]) -> Said:
    whole, thread = figures.get("cpu", 0.0), figures.get("busiest_thread", 0.0)
    if whole >= FULL or whole >= thread:
        return Said(
            de=f"Die Prozessorkerne des Servers waren zu {percent(whole, 'de')} ausgelastet.",
            en=f"The server's processor cores were in use to {percent(whole, 'en')}.",
        )
    return Said(
        de=f"Ein einzelner Faden des Servers füllte {percent(thread, 'de')} eines Kerns, alle zusammen"
        f" {percent(whole, 'de')}.",
        en=f"A single thread of the server filled {percent(thread, 'en')} of a core, all together"
        f" {percent(whole, 'en')}.",
    )


def _network(link: float, drops: float) -> Said:
    return Said(
        de=f"Die Netzanbindung des Servers war zu {percent(link, 'de')} belegt und verwarf {percent(drops, 'de')}"
        " der Pakete.",
        en=f"The server's network was in use to {percent(link, 'en')} and threw away {percent(drops, 'en')} of the"
        " packets.",
    )


def _broken(broken: Sequence[Judged], objectives: Objectives, lang: Language) -> str:
    """Which objectives broke, the most frequent first, with the median of what was measured."""
    times: dict[str, list[float]] = {}
    for each in broken:
        for name in each.broken:
            times.setdefault(name, []).append(each.trial.figures[name] or 0.0)
    parts = []
    for name in sorted(times, key=lambda each: -len(times[each])):
        objective = objectives.figures[name]
        value = figure(median(times[name]), objective.unit, lang)
        limit = figure(objective.limit, objective.unit, lang)
        bound = (
            ("höchstens" if lang == "de" else "at most")
            if objective.at_most is not None
            else ("mindestens" if lang == "de" else "at least")
        )
        parts.append(f"{objective.de if lang == 'de' else objective.en} {value} ({bound} {limit})")
    if not parts:
        return ""
    return f"{'Es brachen' if lang == 'de' else 'What broke'}: {listed(parts, lang)}."


def _generator(found: Found) -> Bottleneck:
    every = [each for each in found.trials if each.unfit]
    unfit = [each for each in every if each.trial.asked > found.calls] or every
    names = sorted({name for each in unfit for name in each.unfit})
    figures = {name: median(getattr(each.trial.generator, name) for each in unfit) for name in names}
    least = min(each.trial.asked for each in unfit)
    return Bottleneck(
        kind="generator",
        reason=Said(
            de=f"Ab {least} Gesprächen war der Lastgenerator selbst am Ende"
            f" ({listed([_LIMITS[name].de for name in names], 'de')}): Über den Server sagt das nichts.",
            en=f"From {least} calls on the load generator itself was at its end"
            f" ({listed([_LIMITS[name].en for name in names], 'en')}): that says nothing of the server.",
        ),
        figures=figures,
    )


def _unmeasured(trials: Iterable[Judged], objectives: Objectives) -> Bottleneck:
    names = sorted({name for each in trials for name in each.missing})
    german = listed([objectives.figures[name].de for name in names], "de") or "kein Gespräch wurde gehalten"
    english = listed([objectives.figures[name].en for name in names], "en") or "no call was held"
    return Bottleneck(
        kind="unmeasured",
        reason=Said(
            de=f"Weiter oben ließ sich nicht urteilen, weil etwas nicht gemessen wurde: {german}.",
            en=f"Further up nothing could be judged because something was not measured: {english}.",
        ),
    )


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None
