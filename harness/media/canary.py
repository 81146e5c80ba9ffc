"""The canaries of a run: for each party a camera file and a microphone file, known to the bench and to nobody else."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from harness.media.picture import write_camera, write_film
from harness.media.scene import TALL
from harness.media.speech import SpeechFingerprint
from harness.media.voice import VOICES, write_microphone

PARTIES = ("citizen", "clerk")
GUEST = "guest"  # comes for a few minutes of one call: a small picture spares the machine, and no voice


@dataclass(slots=True)
class Canaries:
    """``token`` marks this run's pictures, so that an older recording is never taken for this call.

    ``shrink`` (1 or 2) makes the cameras' pictures smaller, for runs that are about keys and bytes.
    """

    folder: Path
    shrink: int = 1
    token: str = field(default_factory=lambda: secrets.token_hex(4))
    _fingerprints: dict[str, SpeechFingerprint] = field(default_factory=dict)

    def camera(self, party: str) -> Path:
        """The YUV4MPEG2 file that the party's camera shows."""
        file = self.folder / f"{party}.y4m"
        if not file.is_file():
            self.folder.mkdir(parents=True, exist_ok=True)
            write_camera(file, party, self.token, shrink=2 if party == GUEST else self.shrink)
        return file

    def film(self, party: str) -> Path:
        """The pictures of the party's camera for a page that makes its camera itself (see ``write_film``)."""
        file = self.folder / f"{party}.film"
        if not file.is_file():
            self.folder.mkdir(parents=True, exist_ok=True)
            write_film(file, party, self.token, shrink=2 if party == GUEST else self.shrink)
        return file

    def tall_film(self, party: str) -> Path:
        """As ``film``, of 640x480: what the camera of a measured call shows, and what is scored against."""
        file = self.folder / f"{party}.tall.film"
        if not file.is_file():
            self.folder.mkdir(parents=True, exist_ok=True)
            write_film(file, party, self.token, height=TALL)
        return file

    def microphone(self, party: str) -> Path:
        """The WAV file that the party's microphone hears."""
        file = self.folder / f"{party}.wav"
        if not file.is_file():
            self.folder.mkdir(parents=True, exist_ok=True)
            write_microphone(file, party)
        return file

    def voice(self, party: str) -> Path | None:
        """As ``microphone``; ``None`` for a party that says nothing of its own."""
        return self.microphone(party) if party in VOICES else None

    def fingerprint(self, party: str) -> SpeechFingerprint:
        """By what the party's voice is recognised."""
        if party not in self._fingerprints:
            self._fingerprints[party] = SpeechFingerprint.of(self.microphone(party))
        return self._fingerprints[party]
