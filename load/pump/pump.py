"""The pump: one clock tick after the other, all packets that have come, all that are due, and the reports."""

import gc
import random
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from harness.net_ports import own_address
from load.pump.batch_io import address_of
from load.pump.clock import now
from load.pump.connection import Connection
from load.pump.figures import received_streams, sent_streams
from load.pump.header import Agreed
from load.pump.intake import REPAIR, Intake, route
from load.pump.lane import Lane, Peer
from load.pump.media import Loop
from load.pump.receiver import Inbound
from load.pump.reports import Reports
from load.pump.sender import Outbound
from load.pump.srtp import Sealing
from load.pump.statistics import PumpStatistics, ReceivedStream, SentStream
from load.pump.switches import Switches
from load.pump.ticks import Ticks

# Ticks that received packets may wait, for the kernel notes when they come: many at a time are cheaper, but no more
# than can be taken within a tick. So many streams are MANY.
_WAIT, _WAIT_OF_MANY, _MANY = 4, 2, 400
_REPORTS = 8  # ticks between two looks at who has to report: in a row, a report costs half of what it does alone
PER_LANE = 128  # connections on a socket, for servers that answer each on a port of its own


class Pump:
    """Made for so many ``bots``, of whom each sends a stream of every loop and receives as many.

    Runs in the event loop of whoever starts it, which is the same that aiortc's handshakes run in.
    """

    def __init__(
        self,
        loops: Sequence[Loop],
        bots: int,
        *,
        host: str = "",
        per_lane: int = PER_LANE,
        offload: bool = True,
        silence: Loop | None = None,
    ) -> None:
        self.outbound = {loop.kind: Outbound(loop, bots, offload) for loop in loops}
        self._tables = list(self.outbound.values())
        # Who falls silent or turns the camera off; without a loop of silence everybody sends all the time.
        self.switches = Switches(self.outbound, Outbound(silence, bots, offload)) if silence else None
        self.inbound = Inbound(bots * len(loops))
        self.reports = Reports(self.inbound)
        self._intake = Intake(self.inbound, self._control)
        self._host, self._per_lane = host or own_address(), per_lane
        self.lanes: list[Lane] = []
        self._files: list[int] = []
        self._connections: list[Connection | None] = []
        self._report_due = np.full(4 * bots + 4, np.inf)
        self._ticks = Ticks(self.once)
        self.lateness, self.faults = self._ticks.lateness, self._ticks.faults
        self._sent = self._turn = self._expected = 0
        self.joining = 0  # connections on their way: then what comes is looked at in every tick
        self._began: tuple[float, float] = (time.process_time(), time.monotonic())
        self._before: dict[str, int] = {}
        self._awaited: dict[int, Callable[[], None]] = {}

    def start(self) -> None:
        """Begin to tick, in the running event loop."""
        self._ticks.start()
        self.reset()

    async def ticked(self) -> None:
        """Wait for the next tick: for whoever looks at figures until they are there."""
        await self._ticks.next()

    def stop(self) -> None:
        """Tick no more, and give the sockets back."""
        self._ticks.stop()
        for lane in self.lanes:
            lane.close()

    def lane(self) -> Lane:
        """A lane with room for one more connection."""
        for lane in self.lanes:
            if len(lane.lines) + lane.reserved < lane.connections:
                return lane
        return self.new_lane()

    def new_lane(self) -> Lane:
        """One more socket."""
        self.lanes.append(Lane(len(self.lanes), self._host, self._per_lane))
        self._files.append(self.lanes[-1].file)
        return self.lanes[-1]

    def connect(self, lane: Lane, peer: Peer, sealing: Sealing) -> Connection:
        """Take over a transport whose keys and addresses are known."""
        free = next((at for at, each in enumerate(self._connections) if each is None), len(self._connections))
        connection = Connection(free, lane, peer, sealing, random.getrandbits(32))
        if free == len(self._connections):
            self._connections.append(None)
            self._intake.contexts.append(None)
        self._connections[free], self._intake.contexts[free] = connection, sealing.into
        self._intake.routes[self._route(connection)] = free
        self._report_due[free] = now() + random.random()
        return connection

    def send(self, connection: Connection, kind: str, agreed: Agreed, delay: float = 0.0) -> int:
        """Send a stream of the loop of this kind, from ``delay`` seconds on; returns its row."""
        table = self.outbound[kind]
        address = address_of(*connection.peer)
        begin = now() + delay + random.random() * table.loop.seconds  # bots do not speak in chorus
        row = table.add(agreed, connection.sealing, address, connection.lane.number, begin)
        connection.outbound[agreed.ssrc] = table, row
        return row

    def expect(self, connection: Connection, ssrc: int, clock: int, codec: str, rtx_ssrc: int = 0) -> int:
        """Note a stream that will come; video is asked for again where it is missing."""
        self._expected += 1
        row = self.inbound.add(ssrc, clock, codec, nacks=codec != "opus")
        connection.inbound[ssrc] = row
        self._intake.streams[connection.number << 32 | ssrc] = row
        if rtx_ssrc:
            connection.repairs[rtx_ssrc] = row
            self._intake.streams[connection.number << 32 | rtx_ssrc] = row + REPAIR
        return row

    def when_received(self, row: int, then: Callable[[], None]) -> None:
        """Call once at the stream's first packet."""
        self._awaited[row] = then

    def holds(self, connection: Connection) -> bool:
        """Whether a transport has not been released yet."""
        return self._connections[connection.number] is connection

    def release(self, connection: Connection) -> None:
        """Let go of a transport: its streams end at once."""
        if not self.holds(connection):
            return
        connection.came = self.received(connection)
        for table, row in connection.outbound.values():
            table.remove(row)
        for row in connection.inbound.values():
            self.inbound.remove(row)
            self._expected -= 1
            self._awaited.pop(row, None)
        for ssrc in [*connection.inbound, *connection.repairs]:
            self._intake.streams.pop(connection.number << 32 | ssrc)
        if self._intake.routes.get(self._route(connection)) == connection.number:  # the server may use it again since
            self._intake.routes.pop(self._route(connection))
        self._connections[connection.number] = self._intake.contexts[connection.number] = None
        self._report_due[connection.number] = np.inf

    def _route(self, connection: Connection) -> int:
        return route(connection.lane.number, address_of(*connection.peer))

    def _control(self, number: int, sealed: bytes, came: float) -> None:
        connection = self._connections[number]
        if connection is not None:
            self.reports.hear(connection, sealed, came)

    def once(self) -> None:
        """The work of one tick."""
        self._turn += 1
        if self.joining or self._turn % (_WAIT if self._expected < _MANY else _WAIT_OF_MANY) == 0:
            self._intake.drain(self.lanes)
        # In turns, so that each batch is worth its cost: with sound and picture, each is sent every second tick.
        self._sent += self._tables[self._turn % len(self._tables)].send(self._files)
        if self.switches and self._turn % _WAIT == 0:
            self._sent += self.switches.silence.send(self._files)
        if self._turn % _REPORTS == 0:
            self._report()
        if self.inbound.missing:
            for connection in self._connections:
                if connection is not None and connection.inbound:
                    self.reports.miss(connection)
            self.inbound.missing = {row: holes for row, holes in self.inbound.missing.items() if holes}
        for row in [row for row in self._awaited if self.inbound.received[row]]:
            self._awaited.pop(row)()

    def _report(self) -> None:
        for number in np.flatnonzero(self._report_due <= now()).tolist():
            connection = self._connections[number]
            if connection is not None:
                self._report_due[number] = now() + self.reports.periodic(connection)

    def reset(self) -> None:
        """Measure from here on: lateness, processor time and what was counted; streams keep their own figures."""
        gc.collect()
        gc.freeze()  # what stands by now stays: looking through it again would make ticks late
        self.inbound.delays.reset()
        self._ticks.begin_anew()
        self._began = time.process_time(), time.monotonic()
        self._before = self._counts()

    def _counts(self) -> dict[str, int]:
        tables = [*self.outbound.values(), *([self.switches.silence] if self.switches else [])]
        return {
            "sent": self._sent, "received": self._intake.packets, "dropped": sum(lane.dropped for lane in self.lanes),
            "refused": sum(table.refused for table in tables), "left_out": sum(table.left_out for table in tables),
            "unopened": self._intake.unopened, "unknown": self._intake.unknown, "malformed": self.reports.malformed,
            "retransmitted": self.reports.resender.answered, "key_frames": sum(table.key_frames for table in tables),
        }  # fmt: skip

    def statistics(self) -> PumpStatistics:
        """The generator's own figures since the last reset."""
        late, delays = self.lateness, self.inbound.delays
        counts: dict[str, Any] = {name: count - self._before.get(name, 0) for name, count in self._counts().items()}
        return PumpStatistics(
            late.ticks, late.within(0.005), late.quantile(0.5), late.quantile(0.95), late.quantile(0.99), late.longest,
            time.process_time() - self._began[0], time.monotonic() - self._began[1], **counts,
            delay_p50=delays.quantile(0.5), delay_p95=delays.quantile(0.95),
        )  # fmt: skip

    def sent(self, connection: Connection) -> list[SentStream]:
        """What went out on a connection, and what was reported of it; nothing of one that was released."""
        return sent_streams(connection) if self.holds(connection) else []

    def received(self, connection: Connection) -> list[ReceivedStream]:
        """What came in on a connection; nothing of one that was released, whose rows are others' by now."""
        return received_streams(self.inbound, connection) if self.holds(connection) else []
