"""Canaries that were looked for."""

from typing import Literal

from harness.model.observations.base import Blob, Media, Observation


class Recognition(Observation):
    """A search for the canary of ``party`` at one place.

    ``place``: ``sfu-keyless`` (what a decoder without keys makes of the server's frames), ``sfu-with-keys`` (the
    same frames opened with the participants' keys: the positive control), ``glass`` (what the other person saw or
    heard), ``upload`` (pictures in what the party's page sent to a server by HTTP or WebSocket).
    ``part`` is ``early`` for frames before a stream's first sealed frame, ``steady`` for the rest.
    ``looked`` counts pictures or 20 ms sound frames offered, ``decoded`` those the decoder gave back, ``found`` the
    canaries recognised; ``score`` is the speech correlation (-1 to 1) for audio.
    """

    kind: Literal["recognition"] = "recognition"
    place: Literal["sfu-keyless", "sfu-with-keys", "glass", "upload"]
    part: Literal["early", "steady"] = "steady"
    media: Media
    looked: int
    decoded: int
    found: int
    score: float | None = None
    picture: Blob | None = None
