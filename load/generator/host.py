"""The generator's own side: bots in one event loop with one pump, doing what the lines of a socket ask."""

import asyncio
import os
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from load.bots.pump_bot import PumpBot
from load.generator.behaving import Behaving
from load.generator.messages import Ask, Begin, Gone, Join, Joined, Leave, Ready, Tell, Told, line_of, read_ask, reason
from load.generator.window import Window
from load.pump.connection import Connection
from load.pump.pump import Pump


@dataclass
class Host:
    """Bots by their numbers. ``say`` carries a message to whoever asks."""

    pump: Pump
    writer: asyncio.StreamWriter
    _bots: dict[int, PumpBot] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _window: Window | None = None
    _behaving: dict[int, Behaving] = field(default_factory=dict)
    _ends: dict[int, Gone] = field(default_factory=dict)

    async def serve(self, reader: asyncio.StreamReader) -> None:
        """Does what is asked until the other side closes; then everybody hangs up."""
        self.say(Ready(pid=os.getpid()))
        while line := await reader.readline():
            await self.hear(read_ask(line))
        await asyncio.gather(*(bot.leave() for bot in list(self._bots.values())), return_exceptions=True)
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def say(self, message: Told) -> None:
        """Tell something."""
        self.writer.write(line_of(message))

    async def hear(self, ask: Ask) -> None:
        """Do what is asked."""
        match ask:
            case Join():
                self._start(self._join(ask))
            case Leave():
                if bot := self._bots.get(ask.bot):
                    self._ends[ask.bot] = self._end_of(ask.bot, bot)
                    self._start(bot.leave())
                else:
                    self.say(Gone(bot=ask.bot))
            case Begin():
                self._window = Window.begin(self.pump, self._receiving())
                for behaving in self._behaving.values():
                    behaving.begin()
            case Tell():
                window = self._window or Window.begin(self.pump, self._receiving())
                sending = [bot.sending for bot in self._bots.values() if bot.sending is not None]
                self.say(window.end(ask.number, self._receiving(), sending, self._dark()))
        await self.writer.drain()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _join(self, ask: Join) -> None:
        bot = PumpBot(ask.role, ask.url, ask.cookies, pump=self.pump)
        self._bots[ask.bot] = bot
        if ask.behaves:
            self._behaving[ask.bot] = Behaving(bot, ask.behaves)
        running = asyncio.ensure_future(bot.run())
        connected = asyncio.ensure_future(bot.connected.wait())
        try:
            await asyncio.wait((running, connected), return_when=asyncio.FIRST_COMPLETED)
            if bot.connected.is_set():
                self.say(Joined(bot=ask.bot, seconds=bot.waited))
            await running
        except Exception as error:  # noqa: BLE001  # one bot's end must not be the others': it is told, and counted
            bot.failure = bot.failure or f"{type(error).__name__}: {error}"
        finally:
            connected.cancel()
            self._bots.pop(ask.bot, None)
            if behaving := self._behaving.pop(ask.bot, None):
                behaving.stop()
            end = self._ends.pop(ask.bot, Gone(bot=ask.bot))
            self.say(end.model_copy(update={"why": reason(bot.failure)}))

    def _end_of(self, number: int, bot: PumpBot) -> Gone:
        """What a bot received until now, or until the other side left."""
        streams = (self.pump.received(bot.receiving) or bot.receiving.came) if bot.receiving is not None else []
        delays = [stream.delay for stream in streams if stream.delay is not None]
        return Gone(
            bot=number, expected=sum(stream.expected for stream in streams),
            lost=sum(max(0, stream.lost) for stream in streams), delay=sum(delays) / len(delays) if delays else None,
        )  # fmt: skip

    def _dark(self) -> set[int]:
        """The connections on which a picture was turned off meanwhile, by the other side."""
        found = set()
        for number, bot in self._bots.items():
            own = self._behaving.get(number)
            other = self._behaving.get(own.plan.partner) if own and own.plan.partner is not None else None
            if other and other.dark and bot.receiving is not None:
                found.add(bot.receiving.number)
        return found

    def _receiving(self) -> list[Connection]:
        return [bot.receiving for bot in self._bots.values() if bot.receiving is not None]
