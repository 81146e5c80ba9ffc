"""One connected transport in the pump's hands: whose packets it carries, and what RTCP has told of them."""

from dataclasses import dataclass, field

from load.pump.header import Agreed
from load.pump.lane import Lane, Peer
from load.pump.sender import Outbound
from load.pump.srtp import Sealing
from load.pump.statistics import ReceivedStream


@dataclass(slots=True)
class Heard:
    """What the other side has reported of a stream that we send: round trip in s, its loss and jitter (s)."""

    reports: int = 0
    round_trip: float | None = None
    lost: int = 0
    fraction: float = 0.0
    jitter: float = 0.0
    nacked: int = 0
    key_asked: int = 0


@dataclass(frozen=True, slots=True)
class Resting:
    """Where a stream goes on: its agreement, sequence number, timestamp, picture id, what it sent, and (s since the
    epoch) when the frame of this timestamp was due."""

    agreed: Agreed
    sequence: int
    timestamp: int
    picture: int
    packets: int
    octets: int
    due: float


@dataclass(slots=True)
class Connection:
    """``outbound``: (table, row) by source; ``inbound``: row by source; ``repairs``: media row by RTX source."""

    number: int
    lane: Lane
    peer: Peer
    sealing: Sealing
    ssrc: int  # that reports come from
    outbound: dict[int, tuple[Outbound, int]] = field(default_factory=dict)
    inbound: dict[int, int] = field(default_factory=dict)
    repairs: dict[int, int] = field(default_factory=dict)
    resting: dict[int, Resting] = field(default_factory=dict)  # what is turned off, by source
    heard: dict[int, Heard] = field(default_factory=dict)
    sender_reports: dict[int, tuple[int, float]] = field(default_factory=dict)  # LSR and when it came, by source
    reported: dict[int, tuple[int, int]] = field(default_factory=dict)  # expected and received at the last report
    rounds: int = -1  # of reports
    remb: int = 0  # the other side's last estimate, bits a second
    feedback: int = 0  # transport-wide feedback packets
    came: list[ReceivedStream] = field(default_factory=list)  # when it was released, what had come by then
    ended: tuple[int, ...] = ()  # sources that said goodbye
