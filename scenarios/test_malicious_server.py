"""The server itself attacks: it changes, repeats and slips in frames. What it delivers must not be seen or heard."""

import pytest

from harness.bench import Bench
from scenarios import attack_steps, steps

SECONDS = 3.0  # of each attack
SEES = 40.0  # in which people see and hear each other in spite of it
CONNECTS = 10.0  # seconds in which a call stands, if it does
AFTERMATH = 2.5  # seconds in which a page that obeys sends in the clear
AGREEMENTS = 10  # in one call; a page ends a call in which people come and go too often
GIVES_UP = 20.0  # seconds after which a page that gets no keys has given up


@pytest.mark.needed_for("C04", "C06", "C07", alone=True, also=("E07",))
@pytest.mark.story(
    de="Ein Server verändert, wiederholt und unterschiebt Bild und Ton",
    en="A server changes, repeats and slips in picture and sound",
)
def test_server_delivers_other_frames(bench: Bench) -> None:
    with steps.call_between(bench, "winterbach", focus="attacked") as call:
        server = attack_steps.malicious_media_server(call)
        steps.both_join(bench, call)
        steps.both_are_connected(bench, call)
        with attack_steps.attack(bench, server, "plain", SECONDS):
            call.see_and_hear(SEES)
        # What takes changed frames for good may go deaf for real ones: that attack is the last.
        for attack in ("unknown-key", "replay", "tampering"):
            with attack_steps.attack(bench, server, attack, SECONDS):
                pass
        steps.both_hang_up(bench, call)


@pytest.mark.asks_for("hostile")
@pytest.mark.needed_for("K10", alone=True)
@pytest.mark.story(
    de="Ein Server erklärt das Gespräch für unverschlüsselt", en="A server says that the call is not encrypted"
)
def test_server_says_there_is_no_encryption(bench: Bench) -> None:
    with steps.call_between(bench, "winterbach", focus="downgraded") as call:
        server = attack_steps.server_without_encryption(bench, call, "announced")
        steps.both_join_as_far_as_it_goes(bench, call)
        steps.the_page_connects(bench, call.citizen, CONNECTS)
        call.watch(AFTERMATH)
        server.note()
        steps.both_hang_up(bench, call)


@pytest.mark.asks_for("hostile")
@pytest.mark.needed_for("K10", alone=True)
@pytest.mark.story(
    de="Auf der anderen Seite ist ein altes Programm ohne Verschlüsselung",
    en="At the other end there is an old program without encryption",
)
def test_old_program_joins(bench: Bench) -> None:
    with steps.call_between(bench, "winterbach", focus="downgraded") as call:
        server = attack_steps.server_without_encryption(bench, call, "old-client")
        steps.both_join_as_far_as_it_goes(bench, call)
        steps.the_page_notices(bench, call.citizen, GIVES_UP)
        server.note()
        steps.both_hang_up(bench, call)


@pytest.mark.asks_for("hostile")
@pytest.mark.needed_for("K05", alone=True)
@pytest.mark.story(
    de="Ein Fremder zwischen den beiden: zwanzigmal mit ihm, zwanzigmal ohne ihn",
    en="A stranger between the two: twenty times with, twenty times without",
)
def test_stranger_between_the_two(bench: Bench) -> None:
    for swaps in (False, True):
        for _ in range(2):
            attack_steps.keys_are_agreed(bench, "winterbach", AGREEMENTS, swaps=swaps)
