"""Where what was compared is put, for people to look at: a pair of pictures for each score, and the voices alone."""

from dataclasses import dataclass, field

import numpy as np

from harness.media.decode import Pcm
from harness.media.flac import write_flac
from harness.media.voice import speak
from harness.model.errors import BenchError
from harness.model.observations import Blob, Observation, PairCompared, SoundKept
from harness.scores.aligned import said_at
from harness.scores.kept import Kept
from harness.scores.pair import jpeg
from harness.scores.scored import Scores
from harness.scores.speech import VISQOL_RATE as RATE
from harness.scores.speech import thinned
from harness.store import RunStore


@dataclass(slots=True)
class Shelf:
    """``put`` are the observations of what was put there."""

    call: str
    store: RunStore
    put: list[Observation] = field(default_factory=list)

    def pair(self, _: Kept, scores: Scores, party: str, sender: str) -> None:
        """The pair of a score, where there is one."""
        pair = scores.pair
        if pair is None or not scores.found:
            return
        name = f"album/{self.call}-{party}-{pair.figure}"
        self.put.append(
            PairCompared(
                call=self.call, party=party, sender=sender, media=pair.media, figure=pair.figure,
                at_ms=round(pair.at_ms, 1), number=pair.number,
                given=self.store.add_blob(f"{name}-given.jpg", jpeg(pair.given)),
                seen=self.store.add_blob(f"{name}-seen.jpg", jpeg(pair.seen)),
            )
        )  # fmt: skip

    def voice(self, kept: Kept, scores: Scores, party: str, sender: str) -> None:
        """What was said and what was heard of it, where it was the voice of ``sender`` that was heard."""
        if not scores.found:
            return
        try:
            said = said_at(speak(sender), kept.sound)
        except BenchError:
            return  # then it had no score either
        for who, sound in ((sender, said), (party, kept.sound)):
            which = "said" if who == sender else "heard"
            self.put.append(
                SoundKept(
                    call=self.call, party=who, sender=sender, from_ms=round(kept.sound_from_ms, 1),
                    blob=self._flac(f"album/{self.call}-{party}-alone-{which}.flac", sound),
                    seconds=round(len(sound) // 3 / RATE, 3), alone=True,
                )
            )  # fmt: skip

    def _flac(self, path: str, sound: Pcm) -> Blob:
        samples = np.round(np.clip(thinned(sound), -1, 1) * 32767).astype(np.int16)
        return self.store.add_blob(path, write_flac(samples, RATE))
