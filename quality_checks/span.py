"""The time in which a call is measured, cut into windows; which calls are judged, and what keeps them from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from harness.model.evidence import Evidence, Found
from harness.model.observations import CallFact, LinkSet, Moment, TapStatus
from harness.model.sentence import Sentence

Piece = tuple[float, float]  # from, to: ms since the epoch
_STATE = {
    "silent": Sentence(de="hat nichts geliefert", en="delivered nothing"),
    "absent": Sentence(de="war nicht vorhanden", en="was not there"),
    "failed": Sentence(de="ist gescheitert", en="failed"),
}
_VANTAGE = {
    "glass": Sentence(de="die Messung an Bildschirm und Lautsprecher", en="the measurement at screen and loudspeaker"),
    "stats": Sentence(de="die Statistik des Browsers", en="the browser's statistics"),
    "scores": Sentence(de="der Vergleich mit dem Original", en="the comparison with the original"),
    "cost": Sentence(de="die Messung der Rechenzeit", en="the measurement of processor time"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """A call with its measured time (ms since the epoch), its profile (empty: none), and the records that tell it."""

    call: Found[CallFact]
    begin: float
    end: float
    profile: str
    records: tuple[str, ...]

    @property
    def name(self) -> str:
        """The call's name."""
        return self.call.seen.call

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Everybody who is to see and hear somebody: viewer, sender."""
        parties = self.call.seen.parties
        return [(viewer, sender) for viewer in parties for sender in parties if viewer != sender]

    def second(self, at: float) -> int:
        """The whole second of the call in which a moment lies."""
        return max(0, int((at - self.begin) / 1000))


def measured_calls(evidence: Evidence) -> list[Span]:
    """The calls that were held to be measured, in the order of their records."""
    return [_span(evidence, call) for call in evidence.focused("quality")]


def _span(evidence: Evidence, call: Found[CallFact]) -> Span:
    name = call.seen.call
    moments = list(evidence.of(Moment, call=name))
    began = [found for found in moments if found.seen.what == "call-began"]
    ended = [found for found in moments if found.seen.what == "call-ended"]
    links = list(evidence.of(LinkSet, call=name))
    return Span(
        call=call,
        begin=max((found.seen.at_ms for found in began), default=call.seen.began_at * 1000),
        end=min((found.seen.at_ms for found in ended), default=call.seen.ended_at * 1000),
        profile=next((found.seen.profile for found in links if found.seen.profile), ""),
        records=(call.id, *(found.id for found in began + ended)),
    )


def pieces(begin: float, end: float, length_s: float) -> list[Piece]:
    """Windows of one length; a rest of at least half of it is a window of its own, a shorter one joins the last."""
    length = length_s * 1000
    if end <= begin:
        return []
    whole = int((end - begin) / length)
    edges = [begin + index * length for index in range(whole + 1)]
    if not whole or end - edges[-1] >= length / 2:
        edges.append(end)
    else:
        edges[-1] = end
    return list(pairwise(edges))


def not_held(evidence: Evidence) -> tuple[Sentence, tuple[str, ...]] | None:
    """Why this machine could hold none of the calls that were asked for, and the records that say so; None where one
    was held, or nothing says why none was."""
    found = [each for each in evidence.of(TapStatus) if each.seen.vantage == "network" and each.seen.state == "absent"]
    if not found or any(True for _ in evidence.focused("quality")):
        return None
    why = found[0].seen.reason
    said = Sentence(
        de=f"Auf diesem Rechner konnte keines der Gespräche geführt werden: {why}",
        en=f"None of the calls could be held on this machine: {why}",
    )
    return said, tuple(each.id for each in found)


def call_gaps(evidence: Evidence, spans: Iterable[Span], vantage: Iterable[str]) -> list[Sentence]:
    """What keeps from judging at all: no such call, one that never connected, a vantage point that did not deliver."""
    spans, gaps = list(spans), []
    if not spans:
        gaps.append(
            Sentence(
                de="die Belege enthalten kein Gespräch, das gemessen wurde",
                en="the evidence holds no call that was measured",
            )
        )
    needed = set(vantage)
    for span in spans:
        name = span.name
        if not span.call.seen.connected:
            gaps.append(Sentence(de=f"Gespräch {name} kam nicht zustande", en=f"call {name} never connected"))
        elif span.end <= span.begin:
            gaps.append(Sentence(de=f"Gespräch {name} hat keine Dauer", en=f"call {name} has no duration"))
        for found in evidence.of(TapStatus):
            tap = found.seen
            if tap.vantage in needed and tap.state != "ok" and tap.call in ("", name):
                what, state = _VANTAGE[tap.vantage], _STATE[tap.state]
                reason = f" ({tap.reason})" if tap.reason else ""
                gaps.append(
                    Sentence(
                        de=f"{what.de} {state.de}, Gespräch {name}{reason}",
                        en=f"{what.en} {state.en}, call {name}{reason}",
                    )
                )
    return gaps
