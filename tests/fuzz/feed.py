"""Feeds a parser with inputs, and notes how it bears them: errors without a name, time, memory, size of its answer."""

import contextlib
import hashlib
import resource
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz.mutate import Mutator
from tests.fuzz.parsers import Parser
from tests.fuzz.weigh import allowed, weight

FOUND = Path(__file__).parent / "found"
HANG = 10.0  # seconds of processor time for one batch
_WEIGHED = 64  # of so many inputs one answer is weighed


class Hang(BaseException):
    """An input took longer than any may. Not an ``Exception``: no parser may swallow it."""


class Grown(Exception):
    """An answer is larger than the table allows."""


@dataclass(slots=True)
class Tally:
    """How a parser bore its inputs. ``seconds`` are of the clock, ``busy`` of the processor, ``peak`` is the process'
    largest memory in MiB, ``longest`` the slowest input in seconds of the processor, ``found`` files of new faults."""

    parser: str
    engine: str
    inputs: int = 0
    refused: int = 0
    seconds: float = 0.0
    busy: float = 0.0
    longest: float = 0.0
    peak: float = 0.0
    found: list[str] = field(default_factory=list)
    interrupted: bool = False

    def __str__(self) -> str:
        rate = self.inputs / self.seconds if self.seconds else 0
        return (
            f"{self.parser}: {self.inputs:,} inputs ({self.engine}), {self.refused:,} refused by name, {rate:,.0f}/s, "
            f"{self.busy:.0f} s of processor time, longest input {1000 * self.longest:.1f} ms, "
            f"peak {self.peak:.0f} MiB, {len(self.found)} found"
        )


def bear(parser: Parser, data: bytes, weighed: bool = True) -> bool:
    """One input. True where it was read, False where it was refused by name.

    Raises whatever else the parser raises, and ``Grown`` where its answer is too large.
    """
    try:
        answer = parser.parse(data)
    except parser.refuses:
        return False
    if weighed and (size := weight(answer)) > allowed(parser.grows, len(data)):
        raise Grown(f"{parser.name}: {len(data)} bytes became {size}")
    return True


def feed(
    parser: Parser, inputs: int, seconds: float, seed: int, say: Callable[[Tally], None], folder: Path = FOUND
) -> Tally:
    """Gives a parser so many inputs of our own mutator, or as many as it takes in so many seconds of the clock."""
    tally = Tally(parser.name, "own")
    mutator = Mutator(parser.seeds, seed)
    began, busy, told = time.monotonic(), time.process_time(), time.monotonic()
    slowest = 0.0
    with _no_hang(), _until_interrupted(tally):
        while tally.inputs < inputs and time.monotonic() - began < seconds:
            batch = mutator.batch()[: inputs - tally.inputs]
            signal.setitimer(signal.ITIMER_PROF, HANG, HANG)
            before = time.process_time()
            _take(parser, batch, tally, mutator, folder)
            spent = time.process_time() - before
            if spent > slowest:
                slowest = spent
                tally.longest = max(tally.longest, *(_duration(parser, data) for data in batch))
            tally.seconds, tally.busy = time.monotonic() - began, time.process_time() - busy
            tally.peak = peak_memory()
            if time.monotonic() - told > 10:
                told = time.monotonic()
                say(tally)
    return tally


def _take(parser: Parser, batch: list[bytes], tally: Tally, mutator: Mutator, folder: Path) -> None:
    parse, refuses, left = parser.parse, parser.refuses, iter(batch)
    data, accepted = b"", b""
    refused, faulty = 0, set[bytes]()
    while True:  # once, and once more after each fault
        try:
            for data in left:
                try:
                    parse(data)
                    accepted = data
                except refuses:
                    refused += 1
            break
        except (Exception, Hang) as fault:  # noqa: BLE001 - whatever is not named is what we look for
            faulty.add(data)
            note(parser, data, fault, tally, folder)
    tally.refused += refused
    tally.inputs += len(batch)
    for data in batch[::_WEIGHED]:
        try:
            _ = data in faulty or bear(parser, data)
        except Grown as fault:
            note(parser, data, fault, tally, folder)
    if accepted:
        mutator.keep(accepted)


def note(parser: Parser, data: bytes, fault: BaseException, tally: Tally, folder: Path) -> None:
    """Writes an input that was not borne to a file, which a unit test replays; one file a kind of fault and place."""
    place = fault.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    kind = (
        f"{type(fault).__name__} {place.tb_frame.f_code.co_name}:{place.tb_lineno}" if place else type(fault).__name__
    )
    file = folder / parser.name / hashlib.sha256(kind.encode()).hexdigest()[:12]
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    said = f"{file.parent.name}/{file.name}: {kind}: {fault}"
    if not any(each.startswith(f"{file.parent.name}/{file.name}:") for each in tally.found):
        tally.found.append(said)


def _duration(parser: Parser, data: bytes) -> float:
    before = time.thread_time()
    with contextlib.suppress(Exception, Hang):
        parser.parse(data)
    return time.thread_time() - before


def peak_memory() -> float:
    """The largest memory that this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextlib.contextmanager
def _until_interrupted(tally: Tally) -> Iterator[None]:
    """Ctrl-C ends the feeding, and what was reached until then counts."""
    try:
        yield
    except KeyboardInterrupt:
        tally.interrupted = True


@contextlib.contextmanager
def _no_hang() -> Iterator[None]:
    def interrupt(_signal: int, _frame: object) -> None:
        raise Hang(f"no end after {HANG:.0f} s of processor time")

    before = signal.signal(signal.SIGPROF, interrupt)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
