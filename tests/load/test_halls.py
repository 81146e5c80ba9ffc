"""A town hall that somebody else runs is reached with all that bots need, or what is missing is said in a sentence."""

from pathlib import Path

import pytest

from harness.events import EventBus
from harness.model.errors import TargetError
from load.errors import LoadError
from load.measure.appointments import Book
from load.measure.halls import PASSWORD, Hall, wanted_hall


def wanted(mails: Path | None, **changes: str) -> Hall | None:
    given = {"target": "townhall", "url": "https://termine.example.org/", "tenant": "t", "desks": "amt{:04}",
             "service": "kita"} | changes  # fmt: skip
    return wanted_hall(**given, mails=mails, environment={PASSWORD: "secret"})


def test_everything_is_there(tmp_path: Path) -> None:
    hall = wanted(tmp_path)
    assert hall is not None
    assert (hall.url, hall.user(1), hall.user(0), hall.ours) == (
        "https://termine.example.org", "amt0001", "amt0000", False
    )  # fmt: skip
    assert "secret" not in repr(hall)


def test_without_an_address_it_is_the_embedded_one() -> None:
    assert wanted(None, url="") is None


@pytest.mark.parametrize("url", ["ftp://h", "h:80", "https://", "https://h/pfad", "http://h?x=1"])
def test_address_that_is_none_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="is no town hall's address"):
        wanted(tmp_path, url=url)


@pytest.mark.parametrize("desks", ["amt", "amt{", "amt{x}", "{:04}{}", "amt{:q}"])
def test_pattern_that_names_one_clerk_or_none_is_refused(desks: str, tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="names no clerk by number"):
        wanted(tmp_path, desks=desks)


def test_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"name the folder in which its mails arrive \(--mails\)"):
        wanted(tmp_path / "nowhere")


def test_password_that_is_not_in_the_environment_is_asked_for_there(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="put it into the environment as LOAD_CLERK_PASSWORD"):
        wanted_hall("townhall", "http://h", tmp_path, "t", "amt{}", "kita", {})


def test_target_whose_pages_bots_do_not_know_is_refused_with_what_is_missing() -> None:
    with pytest.raises(LoadError, match="what is missing is how they book, open and join there"):
        wanted(None, target="jitsi")


def test_town_hall_that_does_not_answer_is_said_with_what_a_call_needs(tmp_path: Path) -> None:
    book = Book(Hall("http://127.0.0.1:9", "secret", tmp_path), EventBus(), [])
    with pytest.raises(TargetError, match=r"did not answer GET .* Each call needs a clerk of its own \(amt0001, amt0"):
        book.first(1)
