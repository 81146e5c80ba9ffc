"""The RTP header of the pump's packets, one layout for all: RFC 3550 section 5.1, one-byte extensions (RFC 8285)."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FIXED = 12
SIZE = 24  # with extensions: abs-send-time (4 bytes), mid (2), audio level (2); what was not agreed on is padding
SENT_AT = 17  # where the three bytes of abs-send-time are
MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
SPEAKS = 0x80 | 30  # voice, at -30 dBov (RFC 6464, section 3)
SILENT = 90  # no voice, -90 dBov


@dataclass(frozen=True, slots=True)
class Agreed:
    """What signalling agreed on for one stream that is sent; ``extensions``: their ids by URI. 0: no retransmission."""

    ssrc: int
    payload_type: int
    mid: str = ""
    extensions: Mapping[str, int] | None = None
    rtx_ssrc: int = 0
    rtx_payload_type: int = 0
    cname: str = "bot"

    @property
    def timed(self) -> bool:
        """Whether packets carry abs-send-time."""
        return 0 < (self.extensions or {}).get(SEND_TIME, 0) < 15


def header(agreed: Agreed, ssrc: int = 0, payload_type: int = 0, level: int = SPEAKS) -> NDArray[np.uint8]:
    """The bytes that stay the same; sequence number, timestamp, marker and send time are written for each packet."""
    ids = {uri: number for uri, number in (agreed.extensions or {}).items() if 0 < number < 15}
    extensions = bytes([ids[SEND_TIME] << 4 | 2, 0, 0, 0] if SEND_TIME in ids else 4)
    if MID in ids and len(agreed.mid) == 1:
        extensions += bytes([ids[MID] << 4, ord(agreed.mid)])
    if LEVEL in ids:
        extensions += bytes([ids[LEVEL] << 4, level])
    fixed = struct.pack("!BBHII", 0x90, payload_type or agreed.payload_type, 0, 0, ssrc or agreed.ssrc)
    whole = fixed + struct.pack("!HH", 0xBEDE, (SIZE - FIXED - 4) // 4) + extensions.ljust(SIZE - FIXED - 4, b"\0")
    return np.frombuffer(whole, np.uint8)
