"""One call of a quality run, from its booking to its last record."""

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from playwright.sync_api import Error

from harness.deadline import STORY, Deadline
from harness.events import EventBus
from harness.glass_series import GlassSeries
from harness.media.canary import PARTIES, Canaries
from harness.model.errors import BenchError
from harness.model.observations import (
    CallCost,
    CallFact,
    Observation,
    PicturesShown,
    ScenarioResult,
    StoryCut,
    TapStatus,
)
from harness.model.sentence import Sentence
from harness.person import Person
from harness.quality.album import Album
from harness.quality.cost import CostMeter
from harness.quality.ground import Ground
from harness.quality.links import Links
from harness.quality.moments import moments_of
from harness.quality.people import TENANT, Meeting
from harness.quality.plan import Trial
from harness.quality.plants import Action, InCall, OnLink, plant
from harness.quality.scoring import Keeper
from harness.quality.shelf import Shelf
from harness.store import RunStore
from harness.targets.protocol import Deployment

READ = 5.0  # seconds between two times that pages are asked for what they noted
LOOK = 0.5  # seconds between two looks at what is due
RECOVERS = 5.0  # seconds after the last planted thing: what it leaves behind belongs to the call


@dataclass(slots=True)
class _Held:
    """What became of a call; ``said`` is why it did not stand until its end."""

    began: float
    seen: list[Observation] = field(default_factory=list)
    joined: bool = False
    connected: bool = False
    said: Sentence = field(default_factory=lambda: Sentence(de="", en=""))
    keeper: Keeper | None = None


@dataclass(slots=True)
class CallPlayer:
    """Plays calls, one at a time; ``deployments`` are the town hall with end-to-end encryption and without."""

    store: RunStore
    ground: Ground
    person: Callable[[str, bool], Person]  # of a party, measured or not
    visitor: Callable[[], Person]  # a third one
    canaries: Canaries
    programs: Mapping[str, str]
    deployments: Mapping[bool, Deployment]
    seconds: float
    events: EventBus
    within: Callable[[float], AbstractContextManager[Deadline]]  # see ``Browsers.within``
    scores: bool = True
    measures: bool = True

    def play(self, trial: Trial, label: str) -> bool:
        """Holds the call and writes it down, its ``CallFact`` last; whether it stood until its end.

        One whose pages answer no more is ended; then it did not, and its half is no good news.
        """
        clock, held = time.monotonic(), _Held(time.time())
        began = held.began
        with self.within(self._limit(trial)) as deadline:
            self._hold(trial, label, held)
        if deadline.over:
            held.connected, held.keeper, held.said = False, None, deadline.sentence(trial.title)
            held.seen.append(StoryCut(call=label, name=label, limit=deadline.seconds, began_at=began, checks=("*",)))
        elif held.keeper is not None:
            self.events.tell("call", f"scoring picture and sound of call {label}")
            held.seen += held.keeper.score()
        self._write(trial, label, held, time.monotonic() - clock)
        return held.connected

    def _limit(self, trial: Trial) -> float:
        """Longer than any call that comes to its end: what is measured takes its time, and is fetched afterwards."""
        return STORY + 2 * max([self.seconds, *(action.at_s for action in plant(trial.planted).actions)])

    def _hold(self, trial: Trial, label: str, held: _Held) -> None:
        links = Links(self.ground, label, trial.profile)
        seen, sentence = held.seen, ""
        meeting: Meeting | None = None
        try:
            deployment = self.deployments[trial.encrypted]
            meeting = Meeting.prepare(label, deployment, self._comes, self.canaries)
            series = GlassSeries(meeting.call)
            meeting.visitor = self.visitor() if _takes_a_visitor(trial) else None
            held.began = time.time()
            album = Album(meeting, self.canaries, self.store) if self.measures else None
            series.begin()
            links.begin()
            try:
                meeting.join()
                held.joined = True
                if album is not None:
                    album.begin()
                seen += self._measured(meeting, trial, links, series)
                held.connected = True
            finally:
                series.end()
                seen += self._of_the_two(meeting)
                seen += album.end(seen) if album is not None else []
                meeting.moments += moments_of(seen, meeting.moments)
            if self.scores:
                held.keeper = Keeper(meeting, self.canaries, Shelf(label, self.store), self.events)
                meeting.sends_visitor_away()
                held.keeper.keep()
            self._hang_up(meeting)
        except (BenchError, Error) as error:
            sentence = (str(error).strip().splitlines() or [type(error).__name__])[0]
        finally:
            seen += links.end(held.began * 1000)
            if meeting is not None:
                seen += meeting.moments
                meeting.close()
        if held.joined and not held.connected:
            sentence = f"The call broke off: {sentence}"
        held.said = Sentence(de=sentence, en=sentence)

    def _measured(self, meeting: Meeting, trial: Trial, links: Links, series: GlassSeries) -> list[CallCost]:
        """The call as it is judged: from both pictures to hanging up."""
        cost = CostMeter(self.programs)
        cost.begin()
        links.look()
        meeting.note("call-began")
        began = time.monotonic()
        due = sorted(plant(trial.planted).actions, key=lambda action: action.at_s)
        length = max(self.seconds, due[-1].at_s + RECOVERS if due else 0.0)
        read = 0.0
        while (passed := time.monotonic() - began) < length or due:
            if due and due[0].at_s <= passed:
                self._act(due.pop(0), meeting, links, series)
                length = max(length, time.monotonic() - began + RECOVERS)  # what took longer gets its time all the same
            elif passed >= read + READ:
                series.read()
                read = passed
            else:
                meeting.wait(min(LOOK, (due[0].at_s if due else length) - passed))
        meeting.note("call-ended")
        if not _takes_a_visitor(trial):
            meeting.note("keys-kept")
        links.look()
        return cost.end(meeting.label, encrypted=trial.encrypted)

    def _comes(self, party: str) -> Person:
        return self.person(party, self.measures)

    def _of_the_two(self, meeting: Meeting) -> list[Observation]:
        """What was noted, without the picture of a third person, which bears no marks and is none of theirs."""
        noted = meeting.call.noted
        if meeting.visitor is None:
            return list(noted)
        shown = {
            id(one): any(mark is not None for mark in one.number) for one in noted if isinstance(one, PicturesShown)
        }
        known = {one.party for one in noted if shown.get(id(one))}
        return [one for one in noted if shown.get(id(one), True) or one.party not in known]

    def _hang_up(self, meeting: Meeting) -> None:
        try:
            meeting.hang_up()
        except (BenchError, Error):
            self.events.tell("call", f"call {meeting.label} could not be ended by its people")

    def _act(self, action: Action, meeting: Meeting, links: Links, series: GlassSeries) -> None:
        if isinstance(action, OnLink):
            links.act(action)
        elif isinstance(action, InCall):
            if action.does == "third-person-waits":
                meeting.third_person_waits()
            else:
                meeting.third_person_enters()
        else:
            series.plant(action.party, **action.does)

    def left_out(self, trial: Trial, why: str) -> None:
        """A call that cannot be held here: it is said, and is no evidence for or against anything."""
        self.store.add(TapStatus(call=trial.label, vantage="network", state="absent", reason=why))
        self._result(trial, trial.label, "skipped", Sentence(de=why, en=why), 0.0)

    def _write(self, trial: Trial, label: str, held: _Held, seconds: float) -> None:
        for each in held.seen:
            self.store.add(each)
        self._result(trial, label, "passed" if held.connected else "failed", held.said, seconds)
        self.store.add(
            CallFact(
                call=label, tenant=TENANT, focus="quality", parties=PARTIES, connected=held.connected,
                began_at=held.began, ended_at=time.time(),
            )
        )  # fmt: skip

    def _result(self, trial: Trial, label: str, outcome: str, said: Sentence, seconds: float) -> None:
        self.store.add(
            ScenarioResult.model_validate(
                {
                    "call": label, "name": label, "outcome": outcome, "sentence": said.en,
                    "sentence_de": said.de if said.de != said.en else "",
                    "seconds": round(seconds, 1), "title": trial.title.de, "title_en": trial.title.en,
                }
            )
        )  # fmt: skip


def _takes_a_visitor(trial: Trial) -> bool:
    return any(isinstance(action, InCall) for action in plant(trial.planted).actions)
