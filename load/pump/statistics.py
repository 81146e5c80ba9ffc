"""What the pump measured: of each stream, and of itself, lest the generator's limits be taken for the server's."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SentStream:
    """A stream that went out. Times in seconds; what the other side's reports did not tell is None."""

    ssrc: int
    kind: str
    packets: int
    octets: int
    lost_reported: int | None
    jitter_reported: float | None
    round_trip: float | None
    reports: int
    nacked: int
    key_frames_asked: int


@dataclass(frozen=True, slots=True)
class ReceivedStream:
    """A stream that came in. ``lost`` before repair (RFC 3550, A.3), jitter (6.4.1) and delays in seconds."""

    ssrc: int
    kind: str
    packets: int
    expected: int
    lost: int
    repaired: int
    late: int
    jitter: float
    delay: float | None
    longest_delay: float | None
    key_frames: int

    @property
    def loss(self) -> float:
        """The part that did not come."""
        return max(0, self.lost) / self.expected if self.expected else 0.0


@dataclass(frozen=True, slots=True)
class PumpStatistics:
    """The generator itself. Lateness of its ticks in seconds; ``cpu`` and ``wall`` since the last reset.

    Its own losses: ``dropped`` by the kernel before the pump took them, ``refused`` by the kernel on the way out,
    ``left_out`` frames for which it was too late.
    """

    ticks: int
    within: float  # the part of ticks that were at most 5 ms late
    late_p50: float
    late_p95: float
    late_p99: float
    late_max: float
    cpu: float
    wall: float
    sent: int
    received: int
    dropped: int
    refused: int
    left_out: int
    unopened: int
    unknown: int
    malformed: int
    retransmitted: int
    key_frames: int
    delay_p50: float | None
    delay_p95: float | None

    @property
    def own_loss(self) -> int:
        """Packets and frames that the generator itself lost."""
        return self.dropped + self.refused + self.left_out

    @property
    def cores(self) -> float:
        """How much of one core the generator's process used."""
        return self.cpu / self.wall if self.wall else 0.0
