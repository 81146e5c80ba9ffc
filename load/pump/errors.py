"""What can go wrong in the pump itself, as opposed to the server under test."""

from harness.model.errors import BenchError


class PumpError(BenchError):
    """The pump cannot do what was asked of it; the sentence says why."""


class RtcpError(ValueError):
    """Bytes that a server sent as RTCP are none (RFC 3550, section 6); the only error of ``load.pump.rtcp``."""
