"""What is kept of a call for people to look at: small pictures, sound, and pairs that a score was made of.

No figure rests on them. All times are milliseconds since the epoch, as in ``quality``.
"""

from typing import Literal

from harness.model.observations.base import Blob, Media, Observation, Party
from harness.model.observations.quality import Figure


class CameraFilm(Observation):
    """The film that the camera of ``party`` plays again and again, small: JPEG after JPEG in one file, as Motion-JPEG.

    ``ends`` says where each ends. ``PicturesDrawn.film`` says which of them a camera gave when.
    """

    kind: Literal["camera-film"] = "camera-film"
    media: Media
    blob: Blob
    ends: tuple[int, ...]


class PicturesKept(Observation):
    """What the screen of ``party`` showed of ``sender`` now and then: JPEG after JPEG in one file, as Motion-JPEG.

    ``ends`` says where each ends, ``at_ms`` when it was on the screen, ``number`` what its strip says, None where that
    cannot be read. ``missed`` counts those that could not be kept. ``cost_ms`` is what keeping them, and the sound,
    took of the page's main thread in all.
    """

    kind: Literal["pictures-kept"] = "pictures-kept"
    sender: Party
    media: Media
    blob: Blob
    ends: tuple[int, ...]
    at_ms: tuple[float, ...]
    number: tuple[int | None, ...]
    missed: int = 0
    cost_ms: float = 0.0


class SoundKept(Observation):
    """Sound as FLAC, mono, from ``from_ms`` on for ``seconds``. With ``sender`` equal to ``party`` it is what its
    microphone gave to its page; otherwise what ``party`` heard.

    ``gaps_ms`` is for how long in all nothing was kept in between; there it is silent. With ``alone`` it is the voice
    without marks, behind the measured time, laid so that what was said stands where it was heard: it has no delay.
    """

    kind: Literal["sound-kept"] = "sound-kept"
    sender: Party
    blob: Blob
    from_ms: float
    seconds: float
    gaps_ms: float = 0.0
    alone: bool = False


class PairCompared(Observation):
    """Of the pictures that a score was made of the pair that differs most: what was ``given``, what was ``seen`` of it.

    Brightness alone, as it is compared. ``figure`` is the score's, ``number`` that of the picture in its film.
    """

    kind: Literal["pair-compared"] = "pair-compared"
    sender: Party
    media: Media
    figure: Figure
    at_ms: float
    number: int | None = None
    given: Blob
    seen: Blob
