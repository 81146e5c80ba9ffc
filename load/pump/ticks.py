"""The pump's ticks in the event loop of whoever starts it: each at its planned time, or noted as late."""

import asyncio
from collections.abc import Callable

from load.pump.clock import TICK, Lateness


class Ticks:
    """Calls ``work`` once a tick. What it raises is kept in ``faults``, and told by the event loop as ever."""

    def __init__(self, work: Callable[[], None]) -> None:
        self.lateness = Lateness()
        self.faults: list[Exception] = []
        self._work = work
        self._handle: asyncio.TimerHandle | None = None
        self._done: asyncio.Future[None]
        self._planned = 0.0

    def start(self) -> None:
        """Begin, in the running event loop."""
        loop = asyncio.get_running_loop()
        self._planned = loop.time() + TICK
        self._handle = loop.call_at(self._planned, self._tick)
        self._done = loop.create_future()

    def stop(self) -> None:
        """Tick no more."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    async def next(self) -> None:
        """Wait for the next one."""
        await asyncio.shield(self._done)

    def begin_anew(self) -> None:
        """Forget how late they were; a tick that is held up just now is no lateness of what comes."""
        self.lateness.clear()
        if self._handle is not None:
            self._planned = max(self._planned, asyncio.get_running_loop().time())

    def _tick(self) -> None:
        loop = asyncio.get_running_loop()
        while self._planned <= (moment := loop.time()):  # a tick that was left out was late, too
            self.lateness.add(moment - self._planned)
            self._planned += TICK
        self._handle = loop.call_at(self._planned, self._tick)
        done, self._done = self._done, loop.create_future()
        done.set_result(None)
        try:
            self._work()
        except Exception as error:
            self.faults.append(error)
            raise
