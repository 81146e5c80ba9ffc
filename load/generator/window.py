"""One window of measuring: what came and what was lost between its beginning and its end, stream by stream."""

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import numpy as np
import psutil

from load.generator.messages import Figures
from load.pump.connection import Connection
from load.pump.pump import Pump

_Key = tuple[int, int]  # number of the connection, source of the stream


@dataclass(slots=True)
class Window:
    """Made when measuring begins. Streams that were not there all the time are left out: their joining is no loss."""

    pump: Pump
    _before: dict[_Key, tuple[int, int, int]] = field(default_factory=dict)
    _connections: dict[int, Connection] = field(default_factory=dict)
    _faults: int = 0

    @classmethod
    def begin(cls, pump: Pump, connections: Iterable[Connection]) -> "Window":
        """From now on, for connections on which something is received."""
        window = cls(pump, _faults=len(pump.faults))
        for connection in connections:
            window._connections[connection.number] = connection
            for stream in pump.received(connection):
                window._before[connection.number, stream.ssrc] = stream.packets, stream.expected, stream.lost
        pump.reset()
        return window

    def end(
        self,
        number: int,
        receiving: Iterable[Connection],
        sending: Iterable[Connection],
        dark: Collection[int] = (),
    ) -> Figures:
        """The figures until now, of connections that still stand. ``number`` is that of the question.

        ``dark``: the numbers of connections on which, for a time of it, no picture was to come: its absence is no loss.

        A stream on which nothing came tells no gap of its own: it has lost what its loop sends in that time.
        """
        own = self.pump.statistics()
        streams = silent = expected = lost = 0
        jitters: list[float] = []
        for connection in receiving:
            if self._connections.get(connection.number) is not connection:
                continue
            for stream in self.pump.received(connection):
                before = self._before.get((connection.number, stream.ssrc))
                if before is None:
                    continue
                if stream.packets == before[0] and stream.kind == "video" and connection.number in dark:
                    continue
                streams += 1
                if stream.packets == before[0]:
                    silent += 1
                    missing = round(self.pump.outbound[stream.kind].loop.rate * own.wall)
                    expected, lost = expected + missing, lost + missing
                    continue
                expected += max(0, stream.expected - before[1])
                lost += max(0, stream.lost - before[2])
                jitters.append(stream.jitter)
        trips = [
            stream.round_trip
            for connection in sending
            for stream in self.pump.sent(connection)
            if stream.round_trip is not None
        ]
        return Figures(
            number=number, seconds=own.wall, streams=streams, silent=silent, expected=expected, lost=lost,
            jitter_p95=_quantile(jitters, 0.95), delay_p50=own.delay_p50, delay_p95=own.delay_p95,
            round_trip_p50=_quantile(trips, 0.5), late_p95=own.late_p95, late_within=own.within, cpu=own.cpu,
            sent=own.sent, received=own.received, own_loss=own.own_loss,
            faults=len(self.pump.faults) - self._faults, memory=psutil.Process(os.getpid()).memory_info().rss,
        )  # fmt: skip


def _quantile(values: list[float], part: float) -> float | None:
    return float(np.quantile(values, part)) if values else None
