"""The media of one Locust process: its own generator, whose bots report as Locust requests.

gevent is here, asyncio and the pump are in the generator's process: between them is a socket with a line a message.
"""

import itertools
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from gevent.event import AsyncResult, Event
from locust.env import Environment

from load.bots.light_bot import LightBot
from load.errors import LoadError
from load.generator.client import Generator
from load.generator.messages import Behaves, Gone, Joined, Role

KIND = "webrtc"
JOINING = 20.0  # seconds after which joining has failed
GOODBYE = 10.0  # seconds that hanging up may take
_MS = 1000


@dataclass(slots=True)
class Talking:
    """One bot in a call, or on its way."""

    number: int
    role: str
    began: float = field(default_factory=time.monotonic)
    first_packet: "AsyncResult[float]" = field(default_factory=AsyncResult)
    gone: Event = field(default_factory=Event)
    end: Gone | None = None
    met: bool = False  # and told so


class Bots:
    """Joins and leaves for the users of one process. ``environment`` is told of each as of a request."""

    def __init__(self, environment: Environment, capacity: int, *, codec: str = "vp9") -> None:
        self._environment = environment
        self._numbers = itertools.count()
        self._talking: dict[int, Talking] = {}
        self._folder = tempfile.TemporaryDirectory(prefix="load-")
        log = Path(self._folder.name) / "generator.log"
        self.generator = Generator(capacity, log, codec=codec, heard=self._heard)

    def join(self, bot: LightBot, plan: Behaves | None = None) -> Talking | None:
        """Has a bot set out for its call and do there what a plan says; None when the generator cannot be asked."""
        talking = Talking(next(self._numbers), bot.role)
        self._talking[talking.number] = talking
        try:
            role: Role = "clerk" if bot.role == "clerk" else "citizen"
            self.generator.join(talking.number, role, bot.url, bot.cookies, plan)
        except LoadError as error:
            self._tell("join", talking.role, 0.0, error)
            return None
        return talking

    def meets(self, talking: Talking) -> bool:
        """Waits until the other side is heard; whether it was."""
        try:
            seconds = talking.first_packet.get(timeout=JOINING)
        except Exception as error:  # noqa: BLE001  # a timeout, or what _heard set: either is this request's failure
            self._tell("first packet", talking.role, time.monotonic() - talking.began, _named(error))
            self.leave(talking)
            return False
        self._tell("first packet", talking.role, seconds, None)
        talking.met = True
        return True

    def leave(self, talking: Talking) -> None:
        """Hangs up, and reports what the call lost; a call that ended before was dropped."""
        if talking.end is not None and talking.end.why:
            self._tell("dropped", talking.role, time.monotonic() - talking.began, LoadError(talking.end.why))
            return
        began = time.monotonic()
        try:
            self.generator.leave(talking.number)
        except LoadError as error:
            self._tell("leave", talking.role, 0.0, error)
            return
        if not talking.gone.wait(GOODBYE):
            self._tell("leave", talking.role, GOODBYE, TimeoutError(f"no goodbye within {GOODBYE:.0f} s"))
            return
        self._tell("leave", talking.role, time.monotonic() - began, None)
        if talking.end is not None and talking.end.expected:
            self._media(talking.end, talking.role)

    def close(self) -> None:
        """Ends the generator."""
        self.generator.close()
        self._folder.cleanup()

    def _heard(self, told: Joined | Gone | None) -> None:
        if told is None:  # the generator has ended, and with it every call
            for number in list(self._talking):
                self._heard(Gone(bot=number, why="the load generator of this worker has ended"))
            return
        talking = self._talking.get(told.bot)
        if talking is None:
            return
        if isinstance(told, Joined):
            talking.first_packet.set(told.seconds)
            return
        self._talking.pop(told.bot)
        talking.end = told
        if not talking.first_packet.ready():
            talking.first_packet.set_exception(LoadError(told.why or "the bot left before anybody was heard"))
        talking.gone.set()

    def _media(self, end: Gone, role: str) -> None:
        """Loss and delay of a whole call: the loss counts as the request's size, in packets of a million."""
        share = end.lost / end.expected
        lost = None if share <= _BEARABLE else LoadError(f"more than {_BEARABLE:.0%} of the packets were lost")
        self._tell("media loss", role, end.delay or 0.0, lost, round(1e6 * share))

    def _tell(self, name: str, role: str, seconds: float, error: Exception | None, size: int = 0) -> None:
        self._environment.events.request.fire(
            request_type=KIND, name=f"{name} ({role})", response_time=_MS * seconds, response_length=size,
            exception=error, context={}, start_time=time.time() - seconds, url=None,
        )  # fmt: skip


_BEARABLE = 0.03  # share of lost packets up to which speech stays good with concealment (our own threshold)


def _named(error: Exception) -> Exception:
    return error if isinstance(error, LoadError) else LoadError(f"nobody was heard within {JOINING:.0f} s")
