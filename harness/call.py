"""One call as the bench lives through it: the people in it, what is done to it, and what is noted while it runs."""

import base64
import binascii
import io
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal

from PIL import Image, UnidentifiedImageError
from playwright.sync_api import Error

from harness.code_shape import code_shape
from harness.media.canary import Canaries
from harness.media.decode import decode_webm_sound
from harness.media.picture import recognise_picture
from harness.media.speech import recognise_speech
from harness.model.errors import TargetError
from harness.model.observations import Observation, SafetyCodeSeen
from harness.person import Person
from harness.targets.protocol import Appointment, Deployment
from harness.texts import TextCanary
from harness.vantage.wire import Capture
from harness.wait import PATIENCE

Fault = Literal["", "worker-killed", "script-blocked", "key-withheld"]
Focus = Literal["", "extras", "quality", "direct", "attacked", "downgraded", "agreements"]
HEARD = 0.5  # speech correlation from which the bench says "that was the other person's voice"
WANTED_PICTURES = 3  # canary pictures that must be seen before a picture counts as seen


@dataclass(slots=True)
class Glass:
    """What one person saw and heard."""

    pictures: list[bytes] = field(default_factory=list)  # JPEGs in which the other's canary was recognised, or the last
    looked: int = 0
    found: int = 0
    sound_frames: int = 0
    score: float | None = None


@dataclass(slots=True)
class Call:
    """A call between people in real browsers. Use as a context manager; leaving it writes the evidence down."""

    label: str
    appointment: Appointment
    deployment: Deployment
    canaries: Canaries
    people: dict[str, Person]
    write_down: Callable[["Call"], None]
    fault: Fault = ""
    focus: Focus = ""
    fault_at: float | None = None
    clicks: int | None = None
    connected: bool = False
    began_at: float = field(default_factory=time.time)
    glass: dict[str, Glass] = field(default_factory=dict)
    stats: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    memory_searched: bool = False
    noted: list[Observation] = field(default_factory=list)  # what the story noted while it ran
    texts: list[TextCanary] = field(default_factory=list)  # what people wrote and shared
    direct: dict[str, set[int]] = field(default_factory=dict)  # connections of each page that ended at the other's
    on_memory: Callable[["Call"], None] | None = None
    wire: Capture | None = None  # of the packets on the network, where the target can be observed there

    def __enter__(self) -> "Call":
        if self.wire:
            self.wire.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.write_down(self)
        finally:
            if self.wire:
                self.wire.stop()
            for person in self.people.values():
                person.close()

    @property
    def disturbed(self) -> bool:
        """Whether the bench did something to it after which nothing may be sent at all, rightly."""
        return bool(self.fault) or self.focus == "downgraded"

    @property
    def citizen(self) -> Person:
        """The citizen."""
        return self.people["citizen"]

    @property
    def clerk(self) -> Person:
        """The clerk."""
        return self.people["clerk"]

    def other(self, party: str) -> str:
        """Whom a party of a call of two sees and hears."""
        return next(each for each in self.people if each != party)

    def see_and_hear(self, seconds: float = 20.0) -> None:
        """Watches and listens at both glasses until each person has seen and heard the other's canary.

        Raises ``TargetError`` naming who did not see or hear whom. Listening takes three seconds: less speech than
        that cannot be told from another person's.
        """
        deadline = time.monotonic() + seconds
        while True:
            began = time.monotonic()
            listening = [
                party for party, person in self.people.items() if _evaluate(person, "pruefstandBench.listen()")
            ]
            while time.monotonic() < began + 3.0:
                self._look()
            for party in listening:
                self._hear(party)
            missing = self._missing()
            if not missing:
                self.connected = True
                return
            if time.monotonic() > deadline:
                raise TargetError("; ".join(missing) + ".")

    def see_again(self, seconds: float = PATIENCE) -> None:
        """Waits until both people see the other's canary move on. Raises ``TargetError`` naming who does not."""
        before = {party: glass.found for party, glass in self.glass.items()}
        deadline = time.monotonic() + seconds
        while waiting := [party for party in self.people if self.glass[party].found < before.get(party, 0) + 2]:
            if time.monotonic() > deadline:
                raise TargetError(f"The picture did not come back for the {' and the '.join(waiting)}.")
            self._look()
        if self.wire:
            self.wire.note_ports()  # a new connection has new sockets

    def watch(self, seconds: float) -> None:
        """Keeps pages and taps running for so many seconds: the window in which an aftermath is looked for."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for person in self.people.values():
                person.page.wait_for_timeout(100)

    def withhold_keys(self) -> None:
        """From now on no message of the key agreement reaches anybody; all other signalling does."""
        for person in self.people.values():
            person.withhold_messages(self.deployment.journey.carries_keys)

    def lose_connection(self, party: str) -> None:
        """Ends the signalling connection of a party's page, as a lost network would."""
        if not _evaluate(self.people[party], "pruefstandBench.dropConnections()"):
            raise TargetError(f"The {party}'s page has no signalling connection that could be lost.")

    def _look(self) -> None:
        for party, person in self.people.items():
            glass = self.glass.setdefault(party, Glass())
            picture = _data_url(_evaluate(person, "pruefstandBench.look()"))
            if picture is None:
                continue
            glass.looked += 1
            if any(mark.token == self.canaries.token and mark.party == self.other(party) for mark in _marks(picture)):
                glass.found += 1
                glass.pictures = [picture]
            elif not glass.found:
                glass.pictures = [picture]
        next(iter(self.people.values())).page.wait_for_timeout(200)

    def _hear(self, party: str) -> None:
        glass = self.glass.setdefault(party, Glass())
        sound = _evaluate(self.people[party], "pruefstandBench.heard()")
        try:
            pcm, rate = decode_webm_sound(base64.b64decode(sound or ""))
        except binascii.Error:
            return
        glass.sound_frames += len(pcm) * 50 // rate
        score = recognise_speech(pcm, rate, self.canaries.fingerprint(self.other(party)))
        glass.score = max(score, glass.score if glass.score is not None else -1.0)

    def _missing(self) -> list[str]:
        lacks = []
        for party in self.people:
            glass = self.glass.setdefault(party, Glass())
            if glass.found < WANTED_PICTURES:
                lacks.append(
                    f"the {party} did not see the {self.other(party)}'s picture ({glass.looked} pictures looked at)"
                )
            if glass.score is None or glass.score < HEARD:
                heard = "nothing" if glass.score is None else f"a likeness of {glass.score:.2f}"
                lacks.append(f"the {party} did not hear the {self.other(party)} ({heard})")
        return lacks

    def note_stats(self) -> None:
        """Takes a sample of W3C webrtc-stats on both sides."""
        for party, person in self.people.items():
            text = _evaluate(person, "pruefstandBench.stats()")
            if text:
                self.stats.setdefault(party, []).extend(json.loads(text))

    def note_codes(self, codes: Mapping[str, str]) -> None:
        """Notes the shape of the safety code that each party reads; the code itself is not kept."""
        for party, code in codes.items():
            length, alphabet = code_shape(code)
            if length:
                self.noted.append(SafetyCodeSeen(call=self.label, party=party, length=length, alphabet=alphabet))

    def search_memory(self) -> None:
        """Reads the memory of every server process now, while the keys are in use."""
        self.flush()
        if self.on_memory:
            self.on_memory(self)
            self.memory_searched = True

    def keys(self) -> list[bytes]:
        """Every secret key that any page of this call was seen to use."""
        return list(dict.fromkeys(raw for person in self.people.values() for raw in person.tapped.keys))

    def flush(self) -> None:
        """Fetches what pages still hold back, and the bodies of HTTP answers."""
        if self.wire:
            self.wire.note_ports()
        for person in self.people.values():
            _evaluate(person, "pruefstandBench.flush()")
            person.http.read_answers()

    def kill_worker(self, party: str) -> None:
        """Ends the encryption worker of a party's page, as a crash would."""
        self.fault_at = time.time()
        if not _evaluate(self.people[party], "pruefstandBench.killWorkers()"):
            raise TargetError(f"The {party}'s page runs no worker that could be ended.")


def _evaluate(person: Person, expression: str) -> Any:
    try:
        return person.page.evaluate(expression)
    except Error:
        return None  # the page is closed or navigating: nothing to see there now


def _data_url(value: object) -> bytes | None:
    if not isinstance(value, str) or "," not in value:
        return None
    try:
        return base64.b64decode(value.split(",", 1)[1])
    except binascii.Error:
        return None


def _marks(picture: bytes) -> list[Any]:
    try:
        with Image.open(io.BytesIO(picture)) as image:
            return list(recognise_picture(image.convert("RGB")))
    except (UnidentifiedImageError, OSError):
        return []
