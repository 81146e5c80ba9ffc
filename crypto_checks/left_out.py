"""What regular calls show to be clear, and what other checks than E01 and E03 therefore leave out."""

from dataclasses import dataclass

from crypto_checks.streams import read_streams
from harness.model.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Others:
    """What regular calls show to be clear, so that E01 and E03 judge it: media that leak, and clear beginnings."""

    media: frozenset[str]
    beginnings: bool
    nothing_sealed: bool


def left_to_others(evidence: Evidence) -> Others:
    """What the other checks on clear frames already judge by the regular calls."""
    regular, _ = read_streams(evidence, evidence.calls(regular=True), required=False)
    return Others(
        media=frozenset(stream.media for stream in regular if any(stream.clear[stream.early :])),
        beginnings=any(stream.early for stream in regular),
        nothing_sealed=bool(regular) and not any(stream.sealed for stream in regular),
    )
