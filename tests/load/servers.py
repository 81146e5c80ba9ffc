"""Simulated servers of known capacity, with noise, and with a generator that gives out somewhere too."""

from dataclasses import dataclass, field

import numpy as np

from load.capacity.trial import GeneratorHealth, Measure, ServerHealth, Trial

ENDLESS = 10**9


@dataclass
class SimulatedServer:
    """Holds ``capacity`` calls: there its figures reach their limits, with ``noise`` (sd of their logarithms)."""

    capacity: float
    noise: float = 0.0
    seed: int = 0
    generator: float = ENDLESS  # calls at which the generator gives out
    gives_out: str = "cpu"
    unmeasured_from: float = ENDLESS  # calls from which the probe's figures are missing
    asked: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._chance = np.random.default_rng(self.seed)

    def __call__(self, calls: int, /) -> Trial:
        self.asked.append(calls)
        use = calls / self.capacity
        strained = calls / self.generator
        media = 1.0 if self.gives_out == "signalling" else self._noisy(use**4)
        probe = 100.0 if calls < self.unmeasured_from else None
        return Trial(
            asked=calls,
            calls=calls,
            figures={
                "joined": 1.0,
                "join_p95_s": 3.0 * self._noisy(use**4) * (1.0 if self.gives_out == "signalling" else 0.4),
                "loss": 0.01 * min(media, 100.0) * (0.5 if self.gives_out == "signalling" else 1.0),
                "delay_p95_ms": 60.0,
                "probe_glass_to_glass_ms": probe,
                "probe_frames_per_second": 30.0,
                "probe_frozen": 0.0,
                "probe_concealed": 0.0,
            },
            generator=GeneratorHealth(lateness_p95_ms=5.0 * strained, cpu=min(0.8, 0.5 * strained), drops=0.0),
            server=ServerHealth(
                cpu=min(1.0, 0.97 * use) if self.gives_out == "cpu" else 0.4,
                busiest_thread=None if self.gives_out == "cpu" else 0.5,
                link=min(1.0, 0.96 * use) if self.gives_out == "link" else 0.2,
                link_drops=0.0,
            ),
        )

    def _noisy(self, value: float) -> float:
        return float(value * np.exp(self.noise * self._chance.standard_normal()))


def as_measure(server: SimulatedServer) -> Measure:
    """The type checker's proof that a simulated server can be measured."""
    return server
