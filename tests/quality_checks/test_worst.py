"""What is looked at and listened to is the worst window of what can be seen and heard."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.model.quality import CallQuality
from quality_checks.bands import load_bands
from quality_checks.result import result_of
from quality_checks.worst import longest_stand
from tests.quality_checks.calls import run


def held(**defects: object) -> CallQuality:
    return result_of(run(**defects), load_bands()).calls[0]


@settings(deadline=None)
@given(st.lists(st.floats(0, 100), max_size=40).map(sorted), st.floats(10, 80), st.floats(1, 20))
def test_no_other_picture_came_while_it_stood_and_nowhere_did_it_stand_longer(
    shown: list[float], begin: float, lasts: float
) -> None:
    end = begin + lasts
    since, until = longest_stand(shown, begin, end)
    assert since < until
    assert begin <= until <= end
    assert not [at for at in shown if since < at < until]
    edges = [begin, *(at for at in shown if begin < at < end), end]
    longest = max(late - early for early, late in pairwise(edges))
    assert until - max(since, begin) == longest


def test_a_freeze_is_looked_at_where_it_ends() -> None:
    look = held(freezes=((20.0, 23.0),)).look
    assert look is not None
    assert (look.figure, look.compared) == ("Q08", False)
    assert look.begin <= 23 <= look.end + 0.2
    assert abs(look.at - 23.05) < 0.2
    assert abs(look.since - 20.05) < 0.1


def test_a_page_that_cannot_be_read_is_looked_at_with_the_share_of_its_characters() -> None:
    look = held(characters=0.4).look
    assert look is not None
    assert (look.figure, look.media, look.viewer, look.compared) == ("Q16", "screen", "citizen", True)
    assert "40 %" in look.sentence.en


def test_late_sound_is_listened_to_while_it_is_late() -> None:
    listen = held(late=dict.fromkeys(range(14, 24), 900.0)).listen
    assert listen is not None
    assert (listen.figure, listen.alone) == ("Q02", False)
    assert listen.begin <= 18 <= listen.end


def test_bad_speech_is_listened_to_alone() -> None:
    listen = held(speech=2.0).listen
    assert listen is not None
    assert (listen.figure, listen.alone, str(listen.outcome)) == ("Q14", True, "fail")


def test_a_good_call_has_its_least_good_moment_and_no_worst_one() -> None:
    good = held()
    assert good.worst is None
    assert good.look is not None
    assert good.listen is not None
    assert {str(good.look.outcome), str(good.listen.outcome)} == {"pass"}
