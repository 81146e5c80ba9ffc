"""What was seen of the DTLS certificates of connections: as described, as shown, and with another one described."""

from typing import Literal

from harness.model.observations.base import Observation


class CertificateCompared(Observation):
    """A connection of the page of ``party`` that stands, with its certificates as both sides know them.

    ``told`` is what the description that the page was given says of the other side's certificate, ``shown`` the one
    that was shown in the handshake, by the page's own statistics ("" where the browser does not tell), ``own`` what
    the page says of its own. ``servers`` are the media server's own certificates by its own word (empty: it does not
    tell), ``met`` says whether it has completed a handshake with ``own`` (None: it does not tell). All are SHA-256,
    hex pairs in upper case. ``packets`` counts the RTP packets that were sent and received on it by then.
    """

    kind: Literal["certificate-compared"] = "certificate-compared"
    direction: Literal["sends", "receives"]
    told: tuple[str, ...]
    shown: str = ""
    own: str
    servers: tuple[str, ...] = ()
    met: bool | None = None
    packets: int


class FingerprintTried(Observation):
    """The bench swapped fingerprints in descriptions on their way to the page of ``party``, or from it to the server.

    ``swapped`` counts the messages that were changed so. Of the page's connections in this ``direction`` whose
    descriptions were, ``reached`` had a way to the other side (ICE), ``stood`` were connected for the page at any time;
    ``packets`` are the RTP packets that it sent and received on them. ``taken`` counts the connections that the media
    server took for complete, ``held`` the RTP packets that it held of them after SRTP (None: it does not tell).
    """

    kind: Literal["fingerprint-tried"] = "fingerprint-tried"
    way: Literal["to-page", "to-server"]
    direction: Literal["sends", "receives"]
    swapped: int
    reached: int
    stood: int
    packets: int
    taken: int | None = None
    held: int | None = None
