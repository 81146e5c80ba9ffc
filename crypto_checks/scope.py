"""Which calls a check judges, and what keeps it from judging them: missing calls and taps that did not deliver."""

from collections.abc import Iterable, Sequence
from typing import Literal

from crypto_checks import words
from harness.model.evidence import Evidence, Found
from harness.model.observations import CallFact, TapStatus
from harness.model.sentence import Sentence

_STATE = {
    "silent": Sentence(de="hat nichts geliefert", en="delivered nothing"),
    "absent": Sentence(de="war nicht vorhanden", en="was not there"),
    "failed": Sentence(de="ist gescheitert", en="failed"),
}

_NO_CALL = {
    "extras": Sentence(
        de="die Belege enthalten kein Gespräch mit Bildschirm, Formular und Chat",
        en="the evidence holds no call with screen, form and chat",
    ),
    "quality": Sentence(
        de="die Belege enthalten kein Gespräch, in dem Bild und Ton gemessen wurden",
        en="the evidence holds no call in which picture and sound were measured",
    ),
    "direct": Sentence(
        de="die Belege enthalten kein Gespräch, das vom direkten Weg auf den Medienserver wechselte",
        en="the evidence holds no call that went over from a direct path to the media server",
    ),
    "attacked": Sentence(
        de="die Belege enthalten kein Gespräch, dessen Server angriff",
        en="the evidence holds no call whose server attacked",
    ),
}


def regular_calls(evidence: Evidence, vantage: Sequence[str]) -> tuple[list[Found[CallFact]], list[Sentence]]:
    """The regular calls, and the gaps: no such call, a call that never connected, a needed tap that did not deliver."""
    calls = evidence.calls(regular=True)
    gaps: list[Sentence] = []
    if not calls:
        gaps.append(
            Sentence(de="die Belege enthalten kein reguläres Gespräch", en="the evidence holds no regular call")
        )
    return calls, gaps + _call_gaps(evidence, calls, vantage)


def focused_calls(
    evidence: Evidence, focus: Literal["extras", "quality", "direct", "attacked"], vantage: Sequence[str]
) -> tuple[list[Found[CallFact]], list[Sentence]]:
    """The calls held for a focus, and the gaps, as ``regular_calls`` tells them."""
    calls = evidence.focused(focus)
    gaps = [] if calls else [_NO_CALL[focus]]
    return calls, gaps + _call_gaps(evidence, calls, vantage)


def _call_gaps(evidence: Evidence, calls: Sequence[Found[CallFact]], vantage: Sequence[str]) -> list[Sentence]:
    names = [call.seen.call for call in calls]
    gaps = [
        Sentence(de=f"Gespräch {call.seen.call} kam nicht zustande", en=f"call {call.seen.call} never connected")
        for call in calls
        if not call.seen.connected
    ]
    return gaps + [gap for name in names for gap in tap_gaps(evidence, name, vantage)]


def tap_gaps(evidence: Evidence, call: str, vantage: Iterable[str]) -> list[Sentence]:
    """The vantage points that report themselves silent, absent or failed for a call (empty: for the whole run)."""
    needed = set(vantage)
    gaps: list[Sentence] = []
    for found in evidence.of(TapStatus):
        tap = found.seen
        if tap.vantage in needed and tap.state != "ok" and tap.call in ("", call):
            name, state = words.vantage(tap.vantage), _STATE[tap.state]
            reason = f" ({tap.reason})" if tap.reason else ""
            where_de, where_en = (f", Gespräch {call}", f", call {call}") if call else ("", "")
            gaps.append(
                Sentence(de=f"{name.de} {state.de}{where_de}{reason}", en=f"{name.en} {state.en}{where_en}{reason}")
            )
    return gaps


def tap_ok(evidence: Evidence, call: str, vantage: str) -> list[str]:
    """The records in which a vantage point says that it delivered for a call; empty where one says otherwise."""
    if tap_gaps(evidence, call, [vantage]):
        return []
    return [
        found.id for found in evidence.of(TapStatus) if found.seen.vantage == vantage and found.seen.call in ("", call)
    ]


def missing(what: Sentence, where: Sentence) -> Sentence:
    """The gap that a record leaves: ``what`` is missing for ``where``."""
    return Sentence(de=f"es fehlen {what.de}: {where.de}", en=f"{what.en} are missing: {where.en}")
