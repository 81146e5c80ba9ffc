"""A call with everything that there is beside picture and sound: screen, form, chat, file, captions, a third person."""

from collections.abc import Callable

import pytest

from harness.bench import Bench
from scenarios import beside_steps, steps


@pytest.mark.needed_for("E05", "E08", "E09", "K01", "K02", "K03", "K09", "A03", alone=True, also=("P02",))
@pytest.mark.story(
    de="Bildschirm, Formular, Chat, Datei, Untertitel und eine Dolmetscherin",
    en="Screen, form, chat, file, captions and an interpreter",
)
def test_everything_beside_the_picture(bench: Bench, asked: Callable[..., bool]) -> None:
    with (
        steps.call_between(bench, "winterbach", focus="extras") as call,
        beside_steps.beside(bench, call) as beside,
    ):
        steps.both_join(bench, call)
        steps.both_are_connected(bench, call)
        steps.both_see_and_hear_each_other(bench, call)
        if asked("E09", "K09"):
            beside.look_who_is_there("citizen", "clerk")
        if asked("E05"):
            beside_steps.clerk_shares_the_screen(bench, call, beside)
            beside_steps.citizen_mutes_and_unmutes(bench, call, beside)
        if asked("E08", "A03", "P02"):
            beside_steps.they_write_and_share(bench, call, beside)
        if asked("K09", "K01", "K02", "K03"):
            beside_steps.interpreter_comes_and_goes(bench, call, beside)
        if asked("K02", "K03"):
            beside_steps.the_two_talk_on(bench, beside)
        steps.both_hang_up(bench, call)
