"""A server that delivers changed, old, plain and foreign frames: at the pages' receiving transforms, both ways.

It stands at the last place where a server's frames pass before the application sees them (``inject/frames.js``), so it
needs nothing of the target but encoded transforms.
"""

import time
from importlib.resources import files
from typing import Any, Literal

from pydantic import ValidationError

from harness.call import Call
from harness.model.observations import FramesAttacked

Attack = Literal["tampering", "replay", "plain", "unknown-key"]
KINDS: dict[Attack, tuple[str, ...]] = {
    "tampering": ("header", "ciphertext", "tag"),
    "replay": ("replay",),
    "plain": ("plain", "silence"),
    "unknown-key": ("unknown-key",),
}
OF_SOUND = ("silence",)  # kinds that there are of sound only
PATIENCE = 10.0  # seconds: as in the script, and for what it tells to arrive
OVERTIME = 3  # as in the script: how much longer than asked it may take until every bit was tried
_BEGIN = "order => new BroadcastChannel('pruefstand-mitm').postMessage(order)"


class FrameMitm:
    """In the way of every frame that the people of a call receive. Make it before they join."""

    def __init__(self, call: Call) -> None:
        self._call = call
        script = (files("harness.mitm") / "inject" / "frames.js").read_text("utf-8")
        for person in call.people.values():
            person.in_front_of_workers.append(script)

    def begins(self, attack: Attack, seconds: float) -> None:
        """From now on, for so many seconds, frames of the attack are mixed into what everybody receives."""
        for person in self._call.people.values():
            person.tapped.attacks.clear()
            person.page.evaluate(_BEGIN, {"attack": attack, "seconds": seconds})

    def ends(self, attack: Attack, seconds: float) -> None:
        """Waits until every page has told what became of the frames, and notes it.

        Of a page that tells nothing there is no record then, which no check takes for a pass.
        """
        deadline = time.monotonic() + OVERTIME * seconds + PATIENCE
        while not self._told(attack) and time.monotonic() < deadline:
            self._call.watch(0.1)
        for party, person in self._call.people.items():
            for told in person.tapped.attacks:
                transform = person.tapped.transforms.get(str(told.get("id")))
                if transform and told.get("attack") in KINDS[attack] and (seen := self._seen(party, told)):
                    self._call.noted.append(seen)

    def _told(self, attack: Attack) -> bool:
        for person in self._call.people.values():
            told = {(each.get("media"), each.get("attack")) for each in person.tapped.attacks}
            kinds = [("audio", kind) for kind in KINDS[attack]]
            kinds += [("video", kind) for kind in KINDS[attack] if kind not in OF_SOUND]
            if not told.issuperset(kinds):
                return False
        return True

    def _seen(self, party: str, told: dict[str, Any]) -> FramesAttacked | None:
        figures = {name: value for name, value in told.items() if name not in ("id", "tries_seen")}
        if told.get("tries_seen") is not True:
            figures["tried"] = None
        about = {"call": self._call.label, "party": party, "sender": self._call.other(party)}
        try:
            return FramesAttacked.model_validate(figures | about)
        except ValidationError:
            return None  # a page is hostile: what it says in another way was not said
