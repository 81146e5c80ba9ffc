"""The networks that calls can be held on, by name: those with a story, and plain impairments of any size."""

import re

from harness.model.errors import NetworkError
from harness.model.sentence import Sentence
from harness.net.impairment import Impairment, Uniform
from harness.net.profiles import Profile, Step, profile, profiles

_PLAIN = re.compile(r"(?P<what>delay|jitter|loss|rate)-(?P<value>[0-9]{1,5})")


def network_profile(name: str) -> Profile:
    """A profile of the bench, or ``delay-100`` (ms), ``jitter-100`` (a delay of 0 to 200 ms), ``loss-3`` (%) and
    ``rate-500`` (kbit/s), each both ways.

    Raises ``NetworkError`` that lists the names.
    """
    found = _PLAIN.fullmatch(name)
    if found is None or name in profiles():
        return profile(name)
    try:
        impairment = _impairment(found["what"], float(found["value"]))
    except ValueError as error:
        raise NetworkError(f"There can be no network {name!r}: a value is out of range.") from error
    said = impairment.sentence
    return Profile(
        name=name,
        sentence=Sentence(de=f"In jeder Richtung: {said.de}.", en=f"Each way: {said.en}."),
        source="an impairment of known size",
        steps=(Step(up=impairment, down=impairment),),
    )


def _impairment(what: str, value: float) -> Impairment:
    if what == "delay":
        return Impairment(delay_ms=value)
    if what == "jitter":
        return Impairment(delay_ms=value, jitter_ms=value)
    if what == "loss":
        return Impairment(loss=Uniform(value / 100))
    return Impairment(rate_kbit=value)
