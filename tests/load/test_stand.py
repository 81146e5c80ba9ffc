"""A trial says what stood and what was lost, and a generator that dies costs its own calls only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from harness.events import Event, EventBus
from load.bots.light_bot import LightBot
from load.capacity.trial import ServerHealth, Usage
from load.errors import LoadError
from load.generator.messages import Behaves, Figures, Gone, Joined, Role
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
    mute: bool = False
    in_turn: list[Figures] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)
    plans: list[Behaves | None] = field(default_factory=list)

    def join(self, bot: int, role: Role, url: str, cookies: str, behaves: Behaves | None = None) -> None:
        self.joined.append(bot)
        self.plans.append(behaves)
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
        if self.mute:
            raise LoadError("The load generator gave no figures: its log is empty.")
        return self.in_turn.pop(0) if self.in_turn else self.told

    def close(self) -> None:
        self.alive = False


class Pairs:
    def missing(self, calls: int) -> int:
        return 0

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
        script = scripts[number] if len(made) < len(scripts) else {}
        made.append(Scripted(heard, **script))  # type: ignore[arg-type]
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
    assert trial.figures["join_p95_s"] == pytest.approx(0.0575), "of bots that needed 0.01 to 0.06 s"
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


def test_generator_that_dies_costs_its_calls_only_and_another_takes_over() -> None:
    measured, made, _ = stand({}, {"dies_at": 6}, {})
    measured.crew._generators.pop().close()  # two to begin with; the third is the one that takes over
    trial = measured(4)
    assert trial.generator.lost_workers == 1
    assert (trial.asked, trial.calls) == (4, 2), "calls 0 and 2 were the first generator's, 1 and 3 the other's"
    assert trial.figures["joined"] == 1.0, "those whose generator died are no loss of the server's"
    again = measured(4)
    assert (again.calls, again.generator.lost_workers, again.figures["joined"]) == (4, 0, 1.0)
    assert [each.alive for each in made] == [True, False, False, True]


def test_generator_that_tells_nothing_was_not_fit() -> None:
    measured, [first, second], _ = stand({}, {})
    second.mute = True
    trial = measured(2)
    assert trial.generator.drops == 1.0
    assert trial.figures["joined"] == 1.0
    first.told = FIGURES.model_copy(update={"faults": 1})
    second.mute = False
    assert measured(2).generator.drops == 1.0, "errors of its own"


def test_generator_that_was_late_while_people_joined_was_late() -> None:
    measured, [generator], _ = stand({})
    generator.in_turn = [FIGURES.model_copy(update={"late_p95": 0.25}), FIGURES]
    assert measured(1).generator.lateness_p95_ms == 250.0


def test_everybody_hangs_up_when_the_next_kind_of_calls_has_its_turn() -> None:
    measured, [generator], _ = stand({})
    measured(2)
    measured.leave()
    assert sorted(generator.left) == [0, 1, 2, 3]
    assert measured.crew.calls == {}


def test_streams_are_weighed_together_and_without_any_there_is_no_loss_to_tell() -> None:
    lossy = FIGURES.model_copy(update={"expected": 100, "lost": 50})
    measured, _, _ = stand({"told": lossy}, {})
    assert measured(2).figures["loss"] == pytest.approx(53 / 1000)
    nothing, _, _ = stand({"told": FIGURES.model_copy(update={"expected": 0, "lost": 0, "streams": 0})})
    assert nothing(1).figures["loss"] is None, "silence is no pass"


def test_who_does_not_come_in_counts_with_all_patience() -> None:
    measured, _, _ = stand({"refuses": lambda bot: bot == 3})
    assert measured(2).figures["join_p95_s"] == pytest.approx(NOW.patience)


def test_bots_send_all_the_time_unless_people_are_asked_for() -> None:
    measured, [generator], _ = stand({})
    measured(2)
    assert generator.plans == [None] * 4
    made: list[Scripted] = []

    def start(number: int, heard: Heard) -> Scripted:
        made.append(Scripted(heard))
        return made[-1]

    crew = Crew(start, 1, people=True)
    for number, pair in enumerate(Pairs().first(2)):
        crew.begin(number, pair)
    plans = [plan for plan in made[0].plans if plan is not None]
    assert [plan.partner for plan in plans] == [1, 0, 3, 2]
    assert all(plan.steps and plan.every > 0 for plan in plans), "for as long as the call stands"
    assert plans[0].steps != plans[2].steps, "no two calls are the same"
