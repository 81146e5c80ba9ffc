"""The lock that pages showed, and in which order the key agreement's commitments and reveals went."""

from collections.abc import Iterable, Iterator

from harness.call import Call
from harness.model.observations import LockSeen, RevealSeen, TapStatus
from harness.store import RunStore
from harness.targets.protocol import AgreementStep


def write_trust(store: RunStore, call: Call, closed_at: float) -> None:
    """What every page showed and said; ``closed_at`` is when the pages were closed (seconds since the epoch)."""
    for party, person in call.people.items():
        if person.tapped.lock:
            changes = tuple(sorted(person.tapped.lock, key=lambda change: change.at))
            store.add(LockSeen(call=call.label, party=party, changes=changes, until=closed_at))
        steps = (
            call.deployment.journey.agreement_step(payload.decode("utf-8", "replace"))
            for _, payload in person.websockets.messages
        )
        for seen in reveals(call.label, party, (step for step in steps if step)):
            store.add(seen)
    if not any(person.tapped.lock for person in call.people.values()):
        store.add(TapStatus(call=call.label, vantage="lock", state="silent", reason="no page told what it shows"))


def reveals(call: str, party: str, steps: Iterable[AgreementStep]) -> Iterator[RevealSeen]:
    """One record for each round in which a page revealed; what is said again after a lost connection counts once."""
    committed: dict[str, set[str]] = {}
    took_part: dict[str, set[str]] = {}
    revealed: dict[str, tuple[int, bool]] = {}
    for step in steps:
        others = took_part.setdefault(step.round, set())
        if step.sender:
            others.add(step.sender)
        if step.kind == "commitment":
            committed.setdefault(step.round, set()).add(step.sender)
        elif not step.sender and step.round not in revealed:
            before = committed.get(step.round, set())
            revealed[step.round] = len(before - {""}), "" in before
    for round_, (count, bound) in revealed.items():
        others = took_part[round_]
        yield RevealSeen(call=call, party=party, round=round_[:80], others=len(others), committed=count, bound=bound)
