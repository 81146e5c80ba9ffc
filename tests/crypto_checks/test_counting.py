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
        (0, 0, 0, 0, False),
    ],
)
def test_counts_match(taken: int, given: int, server: int, lost: int, match: bool) -> None:
    assert Counts(taken, given, server).match(lost) is match


def a_clear_stream(data: list[bytes]) -> Stream:
    frames = tuple(Frame(index * 960, 100.0 + index * 0.02, each) for index, each in enumerate(data))
    sent = Sent(frames, frames, None, (), (), damaged=False)
    return Stream("winterbach-1", "clerk", "audio", 0, 0, frames, (True,) * len(frames), sent, "r1")


SPEECH_WITH_SILENCE = [b"silence", b"a", b"b", b"c", b"silence", b"d", b"e", b"silence"]


def test_silence_sent_in_the_clear_does_not_move_the_window_out() -> None:
    stream = a_clear_stream(SPEECH_WITH_SILENCE)
    assert way_out(stream, stream.frames, stream.frames) == Counts(taken=6, given=6, server=6)


def test_silence_sent_in_the_clear_does_not_move_the_window_back() -> None:
    digests = [sha256(each).hexdigest()[:16] for each in SPEECH_WITH_SILENCE]
    counts = way_back(a_clear_stream(SPEECH_WITH_SILENCE), digests, range(len(digests)), interruptions=0)
    assert counts == [Counts(taken=6, given=6, server=6)]
