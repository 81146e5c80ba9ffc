"""Requests of one kind are one line in Locust's tables, and no two calls are the same."""

import pytest

from load.swarm.naming import named, seed_of


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/winterbach/amt/anmelden", "/winterbach/amt/anmelden"),
        ("/winterbach/amt/termine/neu?service=kita", "/winterbach/amt/termine/neu"),
        ("/winterbach/amt/termine/7f3a/anruf", "/winterbach/amt/termine/[id]/anruf"),
        ("/winterbach/amt/termine/neuland/anruf", "/winterbach/amt/termine/[id]/anruf"),
        ("/winterbach/amt/termine", "/winterbach/amt/termine"),
        ("/t/AbC_9-x", "/t/[link]"),
    ],
)
def test_ids_are_no_part_of_a_name(path: str, name: str) -> None:
    assert named(path) == name


def test_every_call_of_a_run_has_a_plan_of_its_own() -> None:
    seeds = {seed_of(seed, desk, visit) for seed in range(3) for desk in range(30) for visit in range(30)}
    assert len(seeds) == 3 * 30 * 30
