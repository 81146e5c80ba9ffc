"""Scores of a call's picture, sound and shared page: kept behind the measured time, and scored when it is over."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from harness.events import EventBus
from harness.media.canary import Canaries
from harness.media.document import write_page
from harness.model.errors import BenchError
from harness.model.observations import Observation, Scored, TapStatus
from harness.quality.people import Meeting
from harness.quality.shelf import Shelf
from harness.scores.kept import Kept, keep_pictures, keep_speech
from harness.scores.scored import Scores, score_page, score_pictures, score_sound

PICTURES, SECONDS = 40, 2.0  # kept of each face: as many pictures, in as much time at most
SPEECH = 4.0  # seconds of each voice
PAGES, READS = 3, 6.0  # of the shared page, and seconds in which it has become sharp


@dataclass(slots=True)
class Keeper:
    """Keeps a stretch of each stream of a call; ``score`` needs no page any more."""

    meeting: Meeting
    canaries: Canaries
    shelf: Shelf
    events: EventBus
    _scorings: list[Callable[[], Scores]] = field(default_factory=list)
    _missing: list[str] = field(default_factory=list)

    def keep(self) -> None:
        """Faces and voices both ways, and the page that the clerk shares with the citizen."""
        pages = {party: person.page for party, person in self.meeting.people.items()}
        for viewer in pages:
            sender = self.meeting.call.other(viewer)
            self._kept(
                partial(keep_pictures, pages[viewer], viewer, "video", most=PICTURES, seconds=SECONDS),
                partial(score_pictures, canaries=self.canaries, party=viewer, sender=sender),
                partial(self.shelf.pair, party=viewer, sender=sender),
            )
            self._kept(
                partial(keep_speech, pages[sender], pages[viewer], viewer, seconds=SPEECH),
                partial(score_sound, party=viewer, sender=sender),
                partial(self.shelf.voice, party=viewer, sender=sender),
            )
        self._kept(
            self._shared,
            partial(score_page, party="citizen", sender="clerk"),
            partial(self.shelf.pair, party="citizen", sender="clerk"),
        )

    def score(self) -> Iterator[Observation]:
        """What could be scored, and where something could not, why."""
        call = self.meeting.label
        found: list[Scored] = []
        missing = list(self._missing)
        for scoring in self._scorings:
            scores = scoring()
            found += scores.found
            missing += scores.missing
        self._scorings.clear()  # pictures are large
        yield from (each.model_copy(update={"call": call}) for each in found)
        yield from self.shelf.put
        reason = " ".join(dict.fromkeys(missing))
        yield TapStatus(call=call, vantage="scores", state="ok" if found else "failed", reason=reason)

    def _shared(self) -> Kept:
        extras = self.meeting.deployment.extras
        if extras is None:
            raise BenchError("The calls of this target share no screen whose page could be read.")
        clerk, citizen = self.meeting.people["clerk"].page, self.meeting.people["citizen"].page
        extras.shares_screen(clerk)
        extras.sees_screen(citizen)
        self.meeting.wait(READS)
        return keep_pictures(citizen, "citizen", "screen", most=PAGES, seconds=SECONDS)

    def _kept(
        self, keep: Callable[[], Kept], score: Callable[[Kept], Scores], put: Callable[[Kept, Scores], None]
    ) -> None:
        try:
            kept = keep()
        except BenchError as error:
            self._missing.append(str(error))
        else:
            self._scorings.append(lambda: _put(score(kept), partial(put, kept)))


def _put(scores: Scores, put: Callable[[Scores], None]) -> Scores:
    put(scores)
    return scores


def page_for(party: str, folder: Path) -> Path | None:
    """What a party's screen shows when it is shared: the clerk has the form."""
    file = folder / "page.film"
    if party != "clerk":
        return None
    return file if file.is_file() else write_page(file)
