"""A trial says what stood and what was lost, and a generator that dies costs its own calls only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from harness.events import Event, EventBus
from load.bots.light_bot import LightBot
from load.capacity.trial import ServerHealth, Usage
from load.errors import LoadError
from load.generator.messages import Figures, Gone, Joined, Role
from load.measure.appointments import Pair
from load.measure.crew import Crew, Heard
from load.measure.stand import Stand, Timing
from tests.load.test_generator_messages import FIGURES

NOW = Timing(window=0.0, settle=0.0, apart=0.0, patience=0.05)


@dataclass
class Scripted:
    """A generator whose bots join at once, but those that ``refuses``; it dies when ``dies_at`` is asked to join."""

    heard: Heard
    refuses: Callable[[int], bool] = lambda bot: False
    dies_at: int = -1
    told: Figures = FIGURES
    alive: bool = True
    left: list[int] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)

    def join(self, bot: int, role: Role, url: str, cookies: str) -> None:
        self.joined.append(bot)
        if bot == self.dies_at:
            self.alive = False
            raise LoadError("The load generator has ended: it was killed.")
        self.heard(Gone(bot=bot, why="refused") if self.refuses(bot) else Joined(bot=bot, seconds=0.01 * (bot + 1)))

    def leave(self, bot: int) -> None:
        self.left.append(bot)
        self.heard(Gone(bot=bot))

    def begin(self) -> None:
        pass

    def figures(self) -> Figures:
        return self.told

    def close(self) -> None:
        self.alive = False


class Pairs:
    def first(self, calls: int) -> Sequence[Pair]:
        return [Pair(LightBot("clerk", f"ws://{at}", ""), LightBot("citizen", f"ws://{at}", "")) for at in range(calls)]


class Unseen:
    def begin(self) -> None:
        pass

    def end(self, seconds: float) -> tuple[ServerHealth, Usage | None]:
        return ServerHealth(cpu=0.4), None


def stand(*scripts: dict[str, object]) -> tuple[Stand, list[Scripted], list[str]]:
    made: list[Scripted] = []
    said: list[str] = []

    def start(number: int, heard: Heard) -> Scripted:
        made.append(Scripted(heard, **scripts[number]))  # type: ignore[arg-type]
        return made[-1]

    def listen(event: Event) -> None:
        said.append(event.text)

    crew = Crew(start, len(scripts))
    return Stand(crew, Pairs(), Unseen(), None, EventBus([listen]), NOW), made, said


def test_trial_holds_what_was_asked_for_and_says_so() -> None:
    measured, [generator], said = stand({})
    trial = measured(3)
    assert (trial.asked, trial.calls) == (3, 3)
    assert trial.figures["joined"] == 1.0
    assert trial.figures["join_p95_s"] == pytest.approx(0.0575)
    assert trial.figures["loss"] == pytest.approx(3 / 900)
    assert trial.figures["delay_p95_ms"] == 9.0
    assert trial.generator.cpu == pytest.approx(0.05)
    assert said == ["3 of 3 calls stand, loss 0.33 %, server 40 % of its processor"]
    assert len(generator.joined) == 6


def test_more_join_fewer_leave_and_one_in_ten_begins_anew() -> None:
    measured, [generator], _ = stand({})
    measured(20)
    assert generator.left == []
    measured(20)
    assert generator.left == [0, 1, 2, 3], "two calls of twenty"
    generator.left.clear()
    assert measured(5).calls == 5
    assert len(generator.left) == 2 * (15 + 1), "fifteen leave, and one of those that stay begins anew"


def test_call_that_does_not_come_about_is_not_counted_and_is_tried_again() -> None:
    measured, _, _ = stand({"refuses": lambda bot: bot == 3})
    trial = measured(2)
    assert (trial.asked, trial.calls, trial.figures["joined"]) == (2, 2, 0.5)
    assert measured.crew.reasons == ["refused"]
    assert measured(2).figures["joined"] == 1.0


def test_generator_that_dies_costs_its_calls_only() -> None:
    measured, [first, second], _ = stand({}, {"dies_at": 6})
    trial = measured(4)
    assert trial.generator.lost_workers == 1
    assert (trial.asked, trial.calls) == (4, 2), "calls 0 and 2 were the first generator's, 1 and 3 the other's"
    again = measured(4)
    assert (again.calls, again.generator.lost_workers) == (4, 0), "the one that is left takes all of them"
    assert second.alive is False
    assert first.alive


def test_without_any_generator_there_is_no_trial() -> None:
    measured, _, _ = stand({"dies_at": 0})
    trial = measured(1)
    assert (trial.calls, trial.generator.lost_workers, trial.generator.drops) == (0, 1, 1.0)
    with pytest.raises(LoadError, match="No load generator is left: The load generator has ended: it was killed"):
        measured(1)


def test_everybody_hangs_up_when_the_next_kind_of_calls_has_its_turn() -> None:
    measured, [generator], _ = stand({})
    measured(2)
    measured.leave()
    assert sorted(generator.left) == [0, 1, 2, 3]
    assert measured.crew.calls == {}


def test_streams_on_which_nothing_comes_are_lost_altogether() -> None:
    measured, _, _ = stand({"told": FIGURES.model_copy(update={"expected": 0, "lost": 0, "silent": 4})})
    assert measured(1).figures["loss"] == 1.0
    nothing, _, _ = stand({"told": FIGURES.model_copy(update={"expected": 0, "lost": 0, "streams": 0})})
    assert nothing(1).figures["loss"] is None, "silence is no pass"
