"""The generator as a process: it comes up, answers, ends when it is let go, and its death is told in a sentence."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.wait import wait_until
from load.errors import LoadError
from load.generator.client import Generator
from load.generator.messages import Gone, Joined


@pytest.fixture
def heard() -> list[Joined | Gone | None]:
    return []


@pytest.fixture
def generator(tmp_path: Path, heard: list[Joined | Gone | None]) -> Iterator[Generator]:
    made = Generator(4, tmp_path / "generator.log", heard=heard.append)
    yield made
    made.close()


def test_generator_measures_nothing_where_nobody_is(generator: Generator, heard: list[Joined | Gone | None]) -> None:
    generator.begin()
    told = generator.figures()
    assert (told.streams, told.expected, told.own_loss) == (0, 0, 0)
    generator.leave(7)
    wait_until(lambda: heard, "the goodbye of a bot that never was", 10)
    assert heard == [Gone(bot=7)]


def test_bot_that_reaches_nobody_is_gone_with_its_reason(
    generator: Generator, heard: list[Joined | Gone | None]
) -> None:
    generator.join(3, "citizen", "ws://127.0.0.1:9/nobody", "")
    wait_until(lambda: heard, "the end of a bot without a server", 10)
    [told] = heard
    assert isinstance(told, Gone)
    assert told.bot == 3
    assert told.why
    assert generator.alive


def test_death_of_a_generator_is_heard_and_is_a_sentence(
    generator: Generator, heard: list[Joined | Gone | None]
) -> None:
    generator.process.kill()
    generator.process.wait()
    wait_until(lambda: not generator.alive, "the end of the generator", 10)
    with pytest.raises(LoadError, match="The load generator"):
        generator.figures()
    wait_until(lambda: heard == [None], "that its end is heard", 10)


def test_let_go_it_ends_by_itself(tmp_path: Path) -> None:
    generator = Generator(2, tmp_path / "generator.log")
    generator.close()
    assert generator.process.returncode == 0
    assert (tmp_path / "generator.log").read_text() == ""
