"""Who falls silent or turns the camera off: the stream goes over into another table, or rests; no packet pays for it.

A stream keeps its source, its keys and its count: sequence numbers go on, timestamps as time went by. In silence sound
comes from a table of its own, whose loop has one frame in 400 ms. A camera that is turned off sends nothing, as the
town hall's client does it, which tells nobody (``replaceTrack(null)``); it begins again with a key frame.
"""

import math
from collections.abc import Mapping

import numpy as np

from load.pump import header
from load.pump.batch_io import address_of
from load.pump.clock import now
from load.pump.connection import Connection, Resting
from load.pump.sender import Outbound


class Switches:
    """``tables`` are those in which everybody sends, by kind; ``silence`` is the table of sound in silence."""

    def __init__(self, tables: Mapping[str, Outbound], silence: Outbound) -> None:
        self.silence = silence
        self._tables = tables

    def sound(self, connection: Connection, on: bool) -> None:
        """Somebody talks, or falls silent."""
        for _, table, row in _of(connection, "audio"):
            if (table is not self.silence) != on:
                self._settle(connection, self._tables["audio"] if on else self.silence, self._lift(table, row))

    def picture(self, connection: Connection, on: bool) -> None:
        """The camera is turned on, or off."""
        table = self._tables["video"]
        if on:
            for ssrc in list(connection.resting):
                self._settle(connection, table, connection.resting.pop(ssrc))
            return
        for ssrc, each, row in _of(connection, "video"):
            connection.resting[ssrc] = self._lift(each, row)
            del connection.outbound[ssrc]

    def _settle(self, connection: Connection, table: Outbound, rest: Resting) -> None:
        """Go on in a table, at the next moment at which a frame of the usual loop would be due."""
        usual = self._tables[table.loop.kind].loop
        frames = max(0, math.ceil((now() - rest.due) / usual.seconds))
        address = address_of(*connection.peer)
        row = table.add(rest.agreed, connection.sealing, address, connection.lane.number,
                        rest.due + frames * usual.seconds)  # fmt: skip
        table.sequence[row], table.picture[row] = rest.sequence, rest.picture
        table.timestamp[row] = rest.timestamp + frames * usual.step & 0xFFFFFFFF
        table.packets[row], table.octets[row] = rest.packets, rest.octets
        if table is self.silence:
            table.heads[row] = header.header(rest.agreed, level=header.SILENT).view(np.uint64)
        connection.outbound[rest.agreed.ssrc] = table, row

    def _lift(self, table: Outbound, row: int) -> Resting:
        """Take a stream out of its table. It may go on one frame of the usual loop after its last one."""
        agreed, usual = table.agreed[row], self._tables[table.loop.kind].loop
        assert agreed is not None
        back = table.loop.step // usual.step - 1
        rest = Resting(
            agreed, int(table.sequence[row]), int(table.timestamp[row]) - back * usual.step, int(table.picture[row]),
            int(table.packets[row]), int(table.octets[row]), float(table.due[row]) - back * usual.seconds,
        )  # fmt: skip
        table.remove(row)
        return rest


def _of(connection: Connection, kind: str) -> list[tuple[int, Outbound, int]]:
    return [(ssrc, table, row) for ssrc, (table, row) in connection.outbound.items() if table.loop.kind == kind]
