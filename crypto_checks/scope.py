"""Which calls a check judges, and what keeps it from judging them: missing calls and taps that did not deliver."""

from collections.abc import Iterable, Sequence

from crypto_checks import words
from harness.model.evidence import Evidence, Found
from harness.model.observations import CallFact, TapStatus
from harness.model.sentence import Sentence

_STATE = {
    "silent": Sentence(de="hat nichts geliefert", en="delivered nothing"),
    "absent": Sentence(de="war nicht vorhanden", en="was not there"),
    "failed": Sentence(de="ist gescheitert", en="failed"),
}


def regular_calls(evidence: Evidence, vantage: Sequence[str]) -> tuple[list[Found[CallFact]], list[Sentence]]:
    """The regular calls, and the gaps: no such call, a call that never connected, a needed tap that did not deliver."""
    calls = evidence.calls(regular=True)
    gaps: list[Sentence] = []
    if not calls:
        gaps.append(
            Sentence(de="die Belege enthalten kein reguläres Gespräch", en="the evidence holds no regular call")
        )
    for call in calls:
        if not call.seen.connected:
            name = call.seen.call
            gaps.append(Sentence(de=f"Gespräch {name} kam nicht zustande", en=f"call {name} never connected"))
    gaps += [gap for call in calls for gap in tap_gaps(evidence, call.seen.call, vantage)]
    return calls, gaps


def tap_gaps(evidence: Evidence, call: str, vantage: Iterable[str]) -> list[Sentence]:
    """The vantage points that report themselves silent, absent or failed for a call (or for the whole run)."""
    needed = set(vantage)
    gaps: list[Sentence] = []
    for found in evidence.of(TapStatus):
        tap = found.seen
        if tap.vantage in needed and tap.state != "ok" and tap.call in ("", call):
            name, state = words.vantage(tap.vantage), _STATE[tap.state]
            reason = f" ({tap.reason})" if tap.reason else ""
            gaps.append(
                Sentence(
                    de=f"{name.de} {state.de}, Gespräch {call}{reason}",
                    en=f"{name.en} {state.en}, call {call}{reason}",
                )
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
