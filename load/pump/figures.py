"""The figures of a connection's streams, read out of the tables."""

from load.pump.connection import Connection, Heard
from load.pump.receiver import Inbound
from load.pump.statistics import ReceivedStream, SentStream


def sent_streams(connection: Connection) -> list[SentStream]:
    """What went out, and what the other side reported of it."""
    streams = []
    for ssrc, (table, row) in connection.outbound.items():
        told = connection.heard.get(ssrc, Heard())
        streams.append(
            SentStream(
                ssrc,
                table.loop.kind,
                int(table.packets[row]),
                int(table.octets[row]),
                told.lost if told.reports else None,
                told.jitter if told.reports else None,
                told.round_trip,
                told.reports,
                told.nacked,
                told.key_asked,
            )
        )
    return streams


def received_streams(table: Inbound, connection: Connection) -> list[ReceivedStream]:
    """What came in."""
    return [
        ReceivedStream(
            ssrc,
            "video" if table.codec[row] else "audio",
            int(table.received[row]),
            table.expected(row),
            table.lost(row),
            int(table.repaired[row]),
            int(table.late[row]),
            float(table.jitter[row] / table.clock[row]),
            table.delay(row)[0],
            table.delay(row)[1],
            int(table.key_frames[row]),
        )
        for ssrc, row in connection.inbound.items()
    ]
