"""A clean run with one thing changed: in the plan before it is rendered, or in the records after."""

from collections.abc import Callable
from functools import cache
from typing import Any

from crypto_checks.catalogue import by_id
from harness.model.evidence import Evidence
from harness.model.observations import Observation, SenderFrames, ServerFrames
from harness.model.verdict import Finding
from harness.wire.frames import Frame, pack_frames, unpack_frames
from tests.flaws.plan import RunPlan, clean_run
from tests.flaws.rendering import render


@cache
def clean_evidence() -> Evidence:
    """The evidence of a clean run: nobody may change it."""
    return render(clean_run())


def planned(check: str, change: Callable[[RunPlan], None]) -> Finding:
    """What a check says of a run whose plan was changed."""
    run = clean_run()
    change(run)
    return by_id(check).judge(render(run))


def recorded(check: str, kind: type[Observation], update: dict[str, Any], **where: Any) -> Finding:
    """What a check says when the records of a kind that match ``where`` carry other values."""
    clean = clean_evidence()
    records = []
    changed = 0
    for record in clean.records:
        seen = record.seen
        if isinstance(seen, kind) and all(getattr(seen, name) == value for name, value in where.items()):
            changed += 1
            record = record.model_copy(update={"seen": seen.model_copy(update=update)})
        records.append(record)
    if not changed:
        raise LookupError(f"the clean run has no {kind.__name__} with {where}")
    return by_id(check).judge(Evidence(records, clean.blobs))


def repacked(
    check: str,
    kind: type[ServerFrames] | type[SenderFrames],
    keep: Callable[[list[Frame]], list[Frame]],
    **where: Any,
) -> Finding:
    """What a check says when the one record that matches ``where`` holds other frames."""
    clean = clean_evidence()
    blobs = dict(clean.blobs)
    records = list(clean.records)
    [at] = [
        index
        for index, record in enumerate(records)
        if isinstance(record.seen, kind) and all(getattr(record.seen, name) == value for name, value in where.items())
    ]
    seen = records[at].seen
    assert isinstance(seen, kind)
    frames = keep(unpack_frames(blobs[seen.blob.path]))
    blobs[seen.blob.path] = pack_frames(frames)
    changed = seen.model_copy(update={"frames": len(frames)})
    records[at] = records[at].model_copy(update={"seen": changed})
    return by_id(check).judge(Evidence(records, blobs))
