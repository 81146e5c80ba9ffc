"""Who takes part in a call, as the pages show it and as the media server knows it."""

from typing import Literal

from harness.model.observations.base import Observation, Party


class Displayed(Observation):
    """Whom the page of ``party`` shows as present, itself included; ``moment`` numbers the looks of a call."""

    kind: Literal["displayed"] = "displayed"
    moment: int
    people: tuple[Party, ...]


class MediaReceivers(Observation):
    """Who receives the media of ``party`` at the media server, at the same ``moment`` as the pages were looked at.

    ``receivers`` are the parties of the subscriptions; a subscription that belongs to no known party is ``"unknown"``.
    ``forwarders`` counts copies of the packets that the server sends elsewhere.
    """

    kind: Literal["media-receivers"] = "media-receivers"
    moment: int
    receivers: tuple[Party, ...]
    forwarders: int = 0


class MediaPath(Observation):
    """Where a connection of a party's page ended at a moment of the call (see ``Displayed``).

    ``peer`` is the party whose page it ended at: the address of the selected candidate pair's other end was the own
    one of a connection of that page. Empty: it ended elsewhere (the media server). ``pc`` numbers the connections of a
    page, ``candidate`` is the type of its own candidate (``host``, ``srflx``, ``prflx``, ``relay``).
    """

    kind: Literal["media-path"] = "media-path"
    moment: int
    at: float
    pc: int
    peer: Party
    candidate: str
