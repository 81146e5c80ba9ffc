"""The calls that stand: who of their bots is in, which generator holds them, and what became of each."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from harness.model.errors import BenchError
from load.generator.messages import Behaves, Figures, Gone, Joined, Role
from load.generator.plans import standing
from load.measure.appointments import Pair

Heard = Callable[[Joined | Gone | None], None]


class Generating(Protocol):
    """What a crew needs of a generator: ``load.generator.client.Generator`` is one."""

    @property
    def alive(self) -> bool: ...

    def join(self, bot: int, role: Role, url: str, cookies: str, behaves: Behaves | None = None) -> None: ...

    def leave(self, bot: int) -> None: ...

    def begin(self) -> None: ...

    def figures(self) -> Figures: ...

    def close(self) -> None: ...


@dataclass(slots=True)
class Standing:
    """A call: each bot's seconds until it heard the other, None while it does not."""

    number: int
    generator: int
    waits: dict[int, float | None] = field(default_factory=dict)
    gone: bool = False
    lost: bool = False  # with its generator

    @property
    def joined(self) -> bool:
        """Whether both hear each other."""
        return not self.gone and all(wait is not None for wait in self.waits.values())

    @property
    def over(self) -> bool:
        """Whether nothing more is to be waited for."""
        return self.gone or self.joined


class Crew:
    """Lets calls begin and end. A generator that dies takes its calls with it and nothing else; another takes over.

    ``start`` makes the generator of a number; what it hears comes in threads of its own.
    """

    def __init__(self, start: Callable[[int, Heard], Generating], generators: int, *, people: bool = False) -> None:
        """With ``people`` bots behave like some: they talk in turns, and some turn their camera off.

        Raises ``LoadError`` when a generator does not come up; then none is left."""
        self.calls: dict[int, Standing] = {}
        self.reasons: list[str] = []  # why calls ended that were not asked to, and generators
        self._by_bot: dict[int, Standing] = {}
        self._changed = threading.Condition()
        self._next_bot = 0
        self._start, self._people = start, people
        self._generators: list[Generating] = []
        try:
            for number in range(generators):
                self._generators.append(start(number, self._heard))
        except BaseException:
            self.close()
            raise

    @property
    def living(self) -> list[Generating]:
        """The generators that can be asked."""
        return [generator for generator in self._generators if generator.alive]

    def measure(self) -> None:
        """All generators begin to measure."""
        for generator in self.living:
            self._told(generator.begin)

    def figures(self) -> tuple[list[Figures], int]:
        """What they measured, and how many of those that live told nothing."""
        told: list[Figures] = []
        mute = 0
        for generator in self.living:
            try:
                told.append(generator.figures())
            except BenchError as error:
                self.reasons.append(str(error))
                mute += generator.alive
        return told, mute

    def begin(self, number: int, pair: Pair) -> Standing:
        """A call begins, in the generator whose turn it is."""
        call = Standing(number, number % len(self._generators))
        with self._changed:
            self.calls[number] = call
            bots = [self._next_bot, self._next_bot + 1]
            self._next_bot += 2
            for bot in bots:
                call.waits[bot] = None
                self._by_bot[bot] = call
        roles: tuple[Role, Role] = ("clerk", "citizen")
        for bot, other, role, person in zip(bots, bots[::-1], roles, (pair.clerk, pair.citizen), strict=True):
            plan = standing(number, role, other) if self._people else None
            join = partial(self._generators[call.generator].join, bot, role, person.url, person.cookies, plan)
            self._told(join)
        return call

    def wait(self, calls: Sequence[Standing], seconds: float) -> None:
        """Waits until everybody in these calls is in, or out of it."""
        with self._changed:
            self._changed.wait_for(lambda: all(call.over or not self._held(call) for call in calls), seconds)

    def end(self, calls: Sequence[Standing], seconds: float) -> None:
        """Everybody in these calls hangs up, and that is waited for."""
        with self._changed:
            for call in calls:
                self.calls.pop(call.number, None)
            bots = [(call, bot) for call in calls for bot in call.waits if bot in self._by_bot]
        for call, bot in bots:
            if self._held(call):
                self._told(partial(self._generators[call.generator].leave, bot))
        with self._changed:
            self._changed.wait_for(
                lambda: not any(bot in self._by_bot and self._held(call) for call, bot in bots), seconds
            )

    def bury(self) -> int:
        """Strikes out the calls of generators that have died and starts others; returns how many had died."""
        dead = [at for at, generator in enumerate(self._generators) if not generator.alive]
        with self._changed:
            for call in self.calls.values():
                if call.generator in dead:
                    call.gone = call.lost = True
                    for bot in call.waits:
                        self._by_bot.pop(bot, None)
        for at in dead:
            self._generators[at].close()
            try:
                self._generators[at] = self._start(at, self._heard)
            except BenchError as error:
                self.reasons.append(str(error))
        return len(dead)

    def close(self) -> None:
        """Ends the generators, and with them every call."""
        for generator in self._generators:
            generator.close()

    def _held(self, call: Standing) -> bool:
        return not call.lost and self._generators[call.generator].alive

    def _told(self, ask: Callable[[], None]) -> None:
        """One that dies while it is asked is found dead at the next look."""
        try:
            ask()
        except BenchError as error:
            self.reasons.append(str(error))

    def _heard(self, told: Joined | Gone | None) -> None:
        """In a generator's thread."""
        with self._changed:
            call = self._by_bot.get(told.bot) if told is not None else None
            if call is not None and isinstance(told, Joined):
                call.waits[told.bot] = told.seconds
            elif call is not None and isinstance(told, Gone):
                self._by_bot.pop(told.bot)
                call.gone = True
                if told.why:
                    self.reasons.append(told.why)
            self._changed.notify_all()
