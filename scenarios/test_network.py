"""The ways between the browsers and the servers: who may use the relay, and by what browsers could be known again."""

import pytest

from harness.bench import Bench
from scenarios import network


@pytest.mark.needed_for("T05", "T08", alone=True)
@pytest.mark.story(de="Zwei Gespräche nacheinander im selben Browser", en="Two calls in a row in the same browser")
def test_two_calls_in_a_row(bench: Bench) -> None:
    with network.two_people(bench) as people:
        for turn in (1, 2):
            network.call_in_a_row(bench, people, turn)


@pytest.mark.needed_for("T08", alone=True)
@pytest.mark.story(
    de="Mit den Zugangsdaten von gestern zum Vermittlungsserver", en="To the relay with yesterday's credentials"
)
def test_old_credentials(bench: Bench) -> None:
    taken = network.old_credentials_are_tried(bench)
    assert not taken, f"the relay took credentials of yesterday, by {', '.join(taken)}"


@pytest.mark.needed_for("T06", alone=True)
@pytest.mark.story(de="Welches TLS die Zugänge annehmen", en="Which TLS the entrances take")
def test_tls_of_every_entrance(bench: Bench) -> None:
    network.tls_is_looked_at(bench)


@pytest.mark.needed_for("T07", alone=True)
@pytest.mark.story(de="Auf einer Leitung, die kein UDP durchlässt", en="On a line that lets no UDP pass")
def test_call_without_udp(bench: Bench) -> None:
    cut_off = network.call_without_udp(bench)
    assert not cut_off, f"without UDP the call did not stand for the {' and the '.join(cut_off)}"


@pytest.mark.needed_for("E06", alone=True)
@pytest.mark.story(de="Jeder Codec des Browsers für sich allein", en="Each codec of the browser on its own")
def test_every_codec(bench: Bench) -> None:
    network.codecs_are_tried(bench)
