"""The answer to a NACK: a packet made once more from the loop, as RTX where that was agreed on (RFC 4588)."""

import struct

from load.pump import header
from load.pump.media import STAMP, stamp_at
from load.pump.sender import Outbound


class Resender:
    """Counts on for each stream's RTX sequence numbers."""

    def __init__(self) -> None:
        self._next: dict[int, int] = {}
        self.answered = 0
        self.too_old = 0

    def packet(self, streams: Outbound, row: int, sequence: int) -> bytes | None:
        """The unsealed packet, its stamp 0 so that nobody takes its delay for that of the network; None: too old."""
        agreed = streams.agreed[row]
        found = streams.history.find(row, sequence) if streams.history is not None else None
        if agreed is None or found is None:
            self.too_old += 1
            return None
        packet, timestamp, picture = found
        loop = streams.loop
        payload = bytearray(loop.payload[packet, : loop.size[packet]].tobytes())
        at = int(stamp_at(loop.size[packet]))
        payload[at : at + STAMP] = bytes(STAMP)
        if loop.picture_at >= 0:
            struct.pack_into("!H", payload, loop.picture_at, picture | 0x8000)
        head = bytearray(header.header(agreed, agreed.rtx_ssrc, agreed.rtx_payload_type).tobytes())
        head[1] |= int(loop.last[packet])
        number = sequence
        if agreed.rtx_ssrc:
            number = self._next.get(agreed.rtx_ssrc, 0)
            self._next[agreed.rtx_ssrc] = number + 1 & 0xFFFF
            payload[:0] = struct.pack("!H", sequence)
        struct.pack_into("!HI", head, 2, number, timestamp)
        self.answered += 1
        return bytes(head + payload)
