"""What one direction of a link does to packets: figures that can be drawn, said and measured against.

The order is that of ``netem``: an outage or closed UDP, then loss, then duplication, then the rate with its queue, then
delay and jitter. A packet that is lost takes no room in the queue.
"""

from dataclasses import replace
from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic.dataclasses import dataclass

from harness.model.sentence import Sentence

Share = Annotated[float, Field(ge=0, le=1)]
Milliseconds = Annotated[float, Field(ge=0, le=60_000)]
QUEUE_MS = 200.0  # of a link with a rate and no queue of its own: what home routers hold, more or less
_FROZEN = ConfigDict(extra="forbid")


@dataclass(frozen=True, config=_FROZEN)
class Uniform:
    """Each packet is lost with probability ``p``, whatever became of the others."""

    p: Share

    @property
    def mean(self) -> float:
        """The share of packets lost in the long run."""
        return self.p


@dataclass(frozen=True, config=_FROZEN)
class GilbertElliott:
    """Loss in bursts: a good and a bad state (Gilbert 1960, Elliott 1963), changed before each packet.

    ``to_bad`` and ``to_good`` are the probabilities of the change: a burst lasts ``1 / to_good`` packets in the mean.
    ``bad_loss`` and ``good_loss`` are the shares lost in each state.
    """

    to_bad: Annotated[float, Field(gt=0, le=1)]
    to_good: Annotated[float, Field(gt=0, le=1)]
    bad_loss: Share = 1.0
    good_loss: Share = 0.0

    @property
    def mean(self) -> float:
        """The share of packets lost in the long run."""
        bad = self.to_bad / (self.to_bad + self.to_good)
        return bad * self.bad_loss + (1 - bad) * self.good_loss


@dataclass(frozen=True, config=_FROZEN)
class Pattern:
    """Packets by a fixed pattern, again and again: ``.`` is given, ``x`` is lost."""

    marks: Annotated[str, Field(pattern=r"^[.x]{1,10000}$")]

    @property
    def mean(self) -> float:
        """The share of packets lost."""
        return self.marks.count("x") / len(self.marks)


Loss = Uniform | GilbertElliott | Pattern


@dataclass(frozen=True, config=_FROZEN)
class Impairment:
    """One direction of a link. Without arguments it is clear; ``ValueError`` for what cannot be.

    ``rate_kbit`` counts whole IP packets (1 kbit = 1000 bits). What would wait longer than ``queue_ms``, or behind more
    than ``queue_bytes``, is thrown away (tail drop; ``QUEUE_MS`` when neither is said). ``jitter_ms`` spreads the delay
    evenly over ``delay_ms ± jitter_ms`` and keeps the order: a packet waits for a slower one before it, so with dense
    packets the mean comes near ``delay_ms + jitter_ms``. A share of ``reorder`` leaves the delay out and so overtakes.
    """

    rate_kbit: Annotated[float, Field(gt=0)] | None = None
    queue_ms: Milliseconds | None = None
    queue_bytes: Annotated[int, Field(gt=0)] | None = None
    delay_ms: Milliseconds = 0.0
    jitter_ms: Milliseconds = 0.0
    loss: Loss | None = None
    reorder: Share = 0.0
    duplicate: Share = 0.0
    blocks_udp: bool = False
    outage: bool = False

    @model_validator(mode="after")
    def _can_be(self) -> Self:
        if self.rate_kbit is None and (self.queue_ms is not None or self.queue_bytes is not None):
            raise ValueError("a queue needs a rate_kbit: without one nothing waits")
        if self.jitter_ms > self.delay_ms:
            raise ValueError("jitter_ms must not be above delay_ms: no packet arrives before it was sent")
        if self.reorder and not self.delay_ms:
            raise ValueError("reorder needs a delay_ms: who overtakes leaves the delay out")
        return self

    @property
    def is_clear(self) -> bool:
        """Whether nothing is done to packets."""
        return self == CLEAR

    @property
    def queue_s(self) -> float:
        """How long a packet may wait for the rate, in seconds; infinite without a rate."""
        if self.rate_kbit is None:
            return float("inf")
        by_bytes = None if self.queue_bytes is None else self.queue_bytes * 8 / self.rate_kbit
        limits = [limit for limit in (self.queue_ms, by_bytes) if limit is not None]
        return min(limits, default=QUEUE_MS) / 1000

    @property
    def sentence(self) -> Sentence:
        """The same for people, in figures."""
        parts = list(self._parts())
        return Sentence(
            de=", ".join(part[0] for part in parts) or "unbeeinträchtigt",
            en=", ".join(part[1] for part in parts) or "unimpaired",
        )

    def _parts(self) -> list[tuple[str, str]]:
        said: list[tuple[str, str]] = []
        if self.outage:
            said.append(("Ausfall", "outage"))
        if self.blocks_udp:
            said.append(("UDP gesperrt", "UDP blocked"))
        if self.rate_kbit is not None:
            rate, queue = _figure(self.rate_kbit), _figure(self.queue_s * 1000)
            de = f"höchstens {_german(rate)} kbit/s mit einer Warteschlange von {_german(queue)} ms"
            said.append((de, f"at most {rate} kbit/s with a queue of {queue} ms"))
        if self.delay_ms:
            delay = _figure(self.delay_ms) + (f" ± {_figure(self.jitter_ms)}" if self.jitter_ms else "")
            said.append((f"Verzögerung {_german(delay)} ms", f"delay {delay} ms"))
        if self.loss is not None:
            share = _percent(self.loss.mean)
            how_de, how_en = "", ""
            if isinstance(self.loss, GilbertElliott):
                burst = _figure(1 / self.loss.to_good)
                how_de, how_en = f" in Schüben von {_german(burst)} Paketen", f" in bursts of {burst} packets"
            elif isinstance(self.loss, Pattern):
                how_de, how_en = " nach festem Muster", " by a fixed pattern"
            said.append((f"Verlust {_german(share)} %{how_de}", f"loss {share} %{how_en}"))
        for of, de, en in ((self.reorder, "Umordnung", "reordering"), (self.duplicate, "Verdopplung", "duplication")):
            if of:
                said.append((f"{de} {_german(_percent(of))} %", f"{en} {_percent(of)} %"))
        return said


def _figure(value: float) -> str:
    return f"{value:.4g}" if value < 1000 else f"{value:.0f}"


def _percent(share: float) -> str:
    return _figure(round(share * 100, 4))


def _german(figure: str) -> str:
    return figure.replace(".", ",")


CLEAR = Impairment()
OUTAGE = replace(CLEAR, outage=True)
