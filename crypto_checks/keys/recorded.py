"""The keys that were recorded in the pages and workers of a call."""

from harness.model.evidence import Evidence, Found
from harness.model.observations import KeySeen
from harness.model.sentence import Sentence


def keys_of(evidence: Evidence, call: str) -> list[Found[KeySeen]]:
    """Every key seen in use in a call."""
    return list(evidence.of(KeySeen, call=call))


def no_key(call: str) -> Sentence:
    """The gap that a call without any recorded key leaves."""
    return Sentence(de=f"kein Schlüssel wurde aufgezeichnet, Gespräch {call}", en=f"no key was recorded in call {call}")
