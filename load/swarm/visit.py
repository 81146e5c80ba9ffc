"""One appointment under Locust, from the link to the goodbye, as its plan says."""

import time
from dataclasses import dataclass, field

import gevent
from locust.clients import HttpSession

from load.bots.light_bot import LightBot
from load.bots.town import Booked, Desk, citizen_bot
from load.generator.messages import Behaves
from load.generator.plans import behaves
from load.models.callplan import CallPlan, Event
from load.swarm.bots import Bots, Talking
from load.swarm.session import LocustWeb

MOST_BEFORE = 60.0  # seconds before the appointed time that are really waited, however early somebody comes


@dataclass(slots=True)
class Visit:
    """A clerk at a desk and a citizen with a session of their own. ``pace`` divides all times of the plan."""

    desk: Desk
    booked: Booked
    link: str
    citizen: HttpSession
    bots: Bots
    pace: float = 1.0
    always: bool = False  # send sound and picture all the time, whatever the plan says
    _talking: dict[str, Talking] = field(default_factory=dict)
    _seats: dict[str, LightBot] = field(default_factory=dict)

    def follow(self, plan: CallPlan) -> None:
        """Does what the plan says, each thing in its time. Raises ``TargetError`` for a page that is none of ours."""
        self._seats["clerk"] = self.desk.bot(self.booked)
        first = min(event.at for event in plan.events)
        zero = time.monotonic() + min(-first / self.pace, MOST_BEFORE)
        try:
            for event in plan.events:
                gevent.sleep(max(0.0, zero + event.at / self.pace - time.monotonic()))
                self._do(event, plan)
                if self._lost():
                    return
        finally:
            for party in list(self._talking):
                self._leaves(party)

    def _do(self, event: Event, plan: CallPlan) -> None:
        match event.action:
            case "opens-link" if event.party == "citizen":
                self._seats["citizen"] = citizen_bot(self.link, web=LocustWeb(self.citizen))
            case "joins" | "reconnects":
                behaving = None if self.always else behaves(plan, event.party, event.at, self.pace)
                self._joins(event.party, behaving)
            case "leaves" | "loses-connection":
                self._leaves(event.party)

    def _joins(self, party: str, behaving: Behaves | None) -> None:
        talking = self.bots.join(self._seats[party], behaving)
        if talking is None:
            return
        self._talking[party] = talking
        if len(self._talking) == 2:  # whoever comes second completes the call: both must hear each other now
            for other in [name for name, each in self._talking.items() if not each.met]:
                if not self.bots.meets(self._talking[other]):
                    self._talking.pop(other)

    def _leaves(self, party: str) -> None:
        talking = self._talking.pop(party, None)
        if talking is not None:
            self.bots.leave(talking)

    def _lost(self) -> bool:
        """Whether somebody's call has ended by itself: the rest of the plan is void."""
        return any(talking.gone.is_set() for talking in self._talking.values())
