"""The three counts of E12: equal within two frames, never zero, and lost packets excuse only what the server lacks."""

from hashlib import sha256

import pytest

from crypto_checks.media.counting import Counts, way_back, way_out
from crypto_checks.streams import Sent, Stream
from harness.wire.frames import Frame


@pytest.mark.parametrize(
    ("taken", "given", "server", "lost", "match"),
    [
        (40, 40, 40, 0, True),
        (42, 40, 42, 0, True),
        (43, 40, 40, 0, False),
        (40, 40, 43, 0, False),
        (40, 40, 30, 0, True),  # the pacer threw some away
        (40, 40, 29, 0, False),
        (400, 400, 380, 0, True),
        (400, 400, 379, 0, False),
        (40, 40, 27, 3, True),
        (40, 40, 26, 3, False),
        (40, 35, 40, 5, False),  # what the transform dropped was not lost on the way
        (1, 1, 0, 5, False),
        (1, 0, 1, 0, False),
        (0, 1, 1, 0, False),
        (1, 1, 1, 0, True),
        (40, 40, 42, 0, True),
        (0, 0, 0, 0, False),
    ],
)
def test_counts_match(taken: int, given: int, server: int, lost: int, match: bool) -> None:
    assert Counts(taken, given, server).match(lost) is match


def a_clear_stream(data: list[bytes]) -> Stream:
    frames = tuple(Frame(index * 960, 100.0 + index * 0.02, each) for index, each in enumerate(data))
    sent = Sent(frames, frames, None, (), (), damaged=False)
    return Stream("winterbach-1", "clerk", "audio", "opus", 0, 0, frames, (True,) * len(frames), sent, "r1")


SPEECH_WITH_SILENCE = [b"silence", b"a", b"b", b"c", b"silence", b"d", b"e", b"silence"]


def test_silence_sent_in_the_clear_does_not_move_the_window_out() -> None:
    stream = a_clear_stream(SPEECH_WITH_SILENCE)
    assert way_out(stream, stream.frames, stream.frames) == Counts(taken=6, given=6, server=6)


def test_silence_sent_in_the_clear_does_not_move_the_window_back() -> None:
    digests = [sha256(each).hexdigest()[:16] for each in SPEECH_WITH_SILENCE]
    counts = way_back(a_clear_stream(SPEECH_WITH_SILENCE), digests, range(len(digests)), interruptions=0)
    assert counts == [Counts(taken=6, given=6, server=6)]


def digests_of(data: list[bytes]) -> list[str]:
    return [sha256(each).hexdigest()[:16] for each in data]


def test_speech_in_the_clear_that_says_the_same_again_is_not_taken_for_a_frame_out_of_order() -> None:
    spoken = [b"%d" % index for index in range(50)]
    first, again = a_clear_stream([*spoken, b"end"]), a_clear_stream([b"new", *spoken[20:30], b"last"])
    digests = digests_of([*spoken, b"end", b"new", *spoken[20:30], b"last"])
    everything = range(len(digests))
    assert way_back(first, digests, everything, 0, [first, again]) == [Counts(taken=51, given=51, server=51)]
    assert way_back(again, digests, everything, 0, [first, again]) == [Counts(taken=12, given=12, server=12)]


def test_a_frame_that_once_stood_elsewhere_does_not_widen_the_window() -> None:
    held = [b"%d" % index for index in range(20)]
    digests = digests_of([held[0], held[15], *held[1:15], *held[16:]])
    [counts] = way_back(a_clear_stream(held), digests, range(len(digests)), 0)
    assert counts.match_back()


def test_a_frame_that_the_browser_hands_over_twice_and_the_transform_refuses_is_one_frame() -> None:
    held = [b"%d" % index for index in range(30)]
    digests = digests_of([*held[:20], *held[14:19], *held[20:]])
    left = [index for index in range(len(digests)) if not 20 <= index < 25]
    [counts] = way_back(a_clear_stream(held), digests, left, 0)
    assert counts == Counts(taken=30, given=30, server=30)


@pytest.mark.parametrize(("late", "matches"), [(10, True), (11, False)])
def test_only_a_few_frames_may_be_refused_after_the_sender_has_hung_up(late: int, matches: bool) -> None:
    held = [b"%d" % index for index in range(60)]
    [counts] = way_back(a_clear_stream(held), digests_of(held), range(60 - late), 0)
    assert counts.match_back() is matches
