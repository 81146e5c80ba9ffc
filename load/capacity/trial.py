"""What one trial brought: so many calls held for a while, and how they, the server and the generator fared."""

from typing import Annotated, Protocol, Self

from pydantic import Field, model_validator

from load.reading import Part

Amount = Annotated[float, Field(ge=0)]


class GeneratorHealth(Part):
    """How the load generator itself fared. What it lacked must never be taken for a lack of the server's."""

    lateness_p95_ms: Amount  # of its clock's ticks
    cpu: Amount  # of its busiest process, 1 is a whole core
    drops: Annotated[float, Field(ge=0, le=1)]  # share of its packets that it did not send or could not take
    lost_workers: int = Field(default=0, ge=0)  # that died in the trial, with their bots


class ServerHealth(Part):
    """How far the server's means were used; None is what could not be seen."""

    cpu: Amount | None = None  # 1 is all its cores
    busiest_thread: Amount | None = None  # 1 is a whole core
    link: Amount | None = None  # 1 is all that its network takes
    link_drops: Amount | None = None  # share of packets that its network threw away
    memory_mib: Amount | None = None


class Usage(Part):
    """What a trial used on the server, all processes of it together."""

    seconds: Annotated[float, Field(gt=0)]
    cpu_seconds: Amount
    memory_mib: Amount  # at the end
    idle_memory_mib: Amount  # before the first call
    sent_bytes: Amount
    received_bytes: Amount


class Trial(Part):
    """``asked`` calls were to be held; the bots of ``calls`` of them lived to the end of the trial.

    A worker that dies takes its bots with it, and nothing else. Whether a call came about is a figure ("joined").
    """

    asked: int = Field(gt=0)
    calls: int = Field(ge=0)
    figures: dict[str, float | None]  # by the names of the objectives; None or left out: not measured
    generator: GeneratorHealth
    server: ServerHealth = ServerHealth()
    usage: Usage | None = None

    @model_validator(mode="after")
    def _no_more_than_asked(self) -> Self:
        if self.calls > self.asked:
            raise ValueError(f"{self.calls} calls were held of {self.asked} that were asked for")
        return self


class Measure(Protocol):
    """Holds that many calls at once and tells how it went."""

    def __call__(self, calls: int, /) -> Trial: ...
