"""Where the flaws of papers and recordings send things: nowhere, unless the town hall was started with the flaw."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from townhall.leaks import ADDRESSES

TEXT = "Erdnussallergie und ein langer Satz"


def test_honest_town_hall_has_no_such_address(town: Any) -> None:
    assert {town.client.post(address, content=TEXT).status_code for address in ADDRESSES.values()} == {404}


@pytest.mark.parametrize("name", ADDRESSES)
def test_flaw_opens_its_own_address_and_no_other(start_town: Callable[..., Any], name: str, tmp_path: Path) -> None:
    town = start_town(flaw=name, record_dir=tmp_path / "recordings")
    (tmp_path / "recordings").mkdir()
    answers = {each: town.client.post(address, json={"key": TEXT}) for each, address in ADDRESSES.items()}
    assert {each for each, answer in answers.items() if answer.status_code == 204} == {name}
    kept = [file.read_text("utf-8") for file in (tmp_path / "recordings").iterdir()]
    assert kept == ([f"{TEXT}\n"] if name == "recorder-has-key" else [])
    assert TEXT not in town.log()


def test_recording_service_takes_only_what_it_understands(start_town: Callable[..., Any]) -> None:
    town = start_town(flaw="recorder-has-key")
    assert town.client.post(ADDRESSES["recorder-has-key"], content=b"x" * (7 * 1024 * 1024)).status_code == 413
