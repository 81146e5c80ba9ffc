"""How a bot does what its plan says: a timer for its next step, and two switches of the pump."""

import asyncio

from load.bots.pump_bot import PumpBot
from load.generator.messages import Act, Behaves


class Behaving:
    """A bot on its plan, from now on. Until the plan says else it is silent, with the camera on."""

    def __init__(self, bot: PumpBot, plan: Behaves) -> None:
        self.plan = plan
        self.dark = False  # the camera was off at some time since ``begin``
        self._bot = bot
        self._next = 0
        self._loop = asyncio.get_running_loop()
        self._round = self._loop.time()
        self._timer: asyncio.TimerHandle | None = None
        bot.talking, bot.camera = False, True
        self._go_on()

    def begin(self) -> None:
        """A measurement begins."""
        self.dark = not self._bot.camera

    def stop(self) -> None:
        """The bot is gone."""
        if self._timer is not None:
            self._timer.cancel()

    def _go_on(self) -> None:
        """Does what is due, and comes back when the next step is."""
        steps = self.plan.steps
        while True:
            if self._next == len(steps):
                if not (steps and self.plan.every):
                    return
                self._next, self._round = 0, self._round + self.plan.every
            due = self._round + steps[self._next].at
            if due > self._loop.time():
                self._timer = self._loop.call_at(due, self._go_on)
                return
            self._do(steps[self._next].does)
            self._next += 1

    def _do(self, act: Act) -> None:
        match act:
            case "talks" | "falls-silent":
                self._bot.behave(talking=act == "talks")
            case "camera-on" | "camera-off":
                self._bot.behave(camera=act == "camera-on")
                self.dark = self.dark or not self._bot.camera
