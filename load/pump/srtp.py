"""SRTP in place: libsrtp (that of pylibsrtp) called on slots, without a Python object for a packet.

pylibsrtp's own ``protect`` copies each packet in and out. Here its binding is called directly; what is used of it is
the argument list of four functions, which ``tests/load/test_pump_takeover.py`` watches.
"""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pylibsrtp import Policy, Session
from pylibsrtp import _binding as binding

from load.pump.errors import PumpError

lib: Any = binding.lib
ffi: Any = binding.ffi
WINDOW = 128  # packets of replay window: two seconds of picture. aiortc's 1024 are shifted by one with every packet


class Sealing:
    """Both directions of a connected transport. ``out`` and ``into`` are what libsrtp knows them by.

    The sessions are held for as long as the pump uses their contexts: libsrtp frees them with the Python object.
    """

    __slots__ = ("_into_session", "_length", "_out_session", "_scratch", "into", "out")

    def __init__(self, out: Session, into: Session) -> None:
        self._out_session, self._into_session = out, into
        self.out: Any = out._srtp[0]
        self.into: Any = into._srtp[0]

    def control_out(self, packet: bytes) -> bytes:
        """A sealed RTCP packet."""
        return bytes(self._out_session.protect_rtcp(packet))

    def control_in(self, packet: bytes) -> bytes:
        """An opened one. Raises ``pylibsrtp.Error`` for what does not authenticate."""
        return bytes(self._into_session.unprotect_rtcp(packet))

    def media_out(self, packet: bytes) -> bytes:
        """One sealed RTP packet: for what is sent again, which is rare."""
        return bytes(self._out_session.protect(packet))


def chosen(things: Sequence[Any], places: NDArray[np.int64]) -> Sequence[Any]:
    """Those at these places, in their order."""
    return itemgetter(*places.tolist())(things) if len(places) > 1 else (things[int(places[0])],)


def protect(contexts: Sequence[Any], pointers: Sequence[Any], lengths: Sequence[Any]) -> None:
    """Seal one packet for each context, in place; the lengths grow by the tag. Raises ``PumpError``."""
    if any(map(lib.srtp_protect, contexts, pointers, lengths)):
        raise PumpError("libsrtp refused to seal a packet of the pump's own.")


def unprotect(contexts: Sequence[Any], pointers: Sequence[Any], lengths: Sequence[Any]) -> NDArray[np.int32]:
    """Open one packet for each context, in place; says for each what libsrtp answered, 0 being good."""
    return np.fromiter(map(lib.srtp_unprotect, contexts, pointers, lengths), np.int32, len(contexts))


def joined(key: bytes, other: bytes, profile: int = Policy.SRTP_PROFILE_AEAD_AES_256_GCM) -> Sealing:
    """Two directions under given keys: for pumps that face each other without a server."""
    return Sealing(_session(key, Policy.SSRC_ANY_OUTBOUND, profile), _session(other, Policy.SSRC_ANY_INBOUND, profile))


def _session(key: bytes, direction: int, profile: int) -> Session:
    policy = Policy(key=key, ssrc_type=direction, srtp_profile=profile)
    policy.allow_repeat_tx, policy.window_size = True, WINDOW
    return Session(policy)
