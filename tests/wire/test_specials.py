"""Short frames: what Opus makes of silence is known as such, and nothing else is taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.wire.early import early_count, is_sealed
from harness.wire.specials import SHORT, SILENCE, kind_of, short_and_clear


@pytest.mark.parametrize(
    ("codec", "data", "kind"),
    [
        ("opus", "", "empty"),
        ("vp9", "", "empty"),
        ("opus", "f8fffe", "silence"),  # 20 ms, mono: the one of the DAVE protocol
        ("opus", "fcfffe", "silence"),  # stereo
        ("opus", "d8fffe", "silence"),  # with less bandwidth
        ("opus", "78fffe", ""),  # of the hybrid mode, which has no such flag
        ("opus", "f9fffe", ""),  # two frames in one packet
        ("opus", "f8fffd", ""),
        ("opus", "f8fffe00", ""),
        ("opus", "80fffe", "silence"),  # the first configuration of CELT
        ("opus", "7cfffe", ""),
        ("opus", "fafffe", ""),
        ("opus", "f7fffe", ""),
        ("opus", "f800fe", ""),
        ("opus", "78", "pause"),
        ("opus", "f8ff", "pause"),
        ("vp9", "f8fffe", ""),
        ("vp9", "86", ""),
    ],
)
def test_kind_is_what_the_codec_writes(codec: str, data: str, kind: str) -> None:
    assert kind_of(codec, bytes.fromhex(data)) == kind


@given(st.binary(min_size=SHORT))
def test_what_is_not_short_is_none_of_them(data: bytes) -> None:
    assert kind_of("opus", data) == ""


@given(st.lists(st.tuples(st.binary(max_size=40), st.booleans())))
def test_short_and_clear_frames_are_clear(frames: list[tuple[bytes, bool]]) -> None:
    short = short_and_clear([data for data, _ in frames], [clear for _, clear in frames])
    assert short == tuple(clear and len(data) < SHORT for data, clear in frames)


@pytest.mark.parametrize(("size", "clear", "short"), [(15, True, True), (16, True, False), (15, False, False)])
def test_frame_is_short_below_sixteen_bytes(size: int, clear: bool, short: bool) -> None:
    assert short_and_clear([bytes(size)], [clear]) == (short,)


def test_frames_and_answers_of_other_numbers_are_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="shorter"):
        short_and_clear([b"", b""], [True])


def marks(text: str) -> tuple[list[bool], list[bool]]:
    """``c`` is a clear frame, ``s`` a sealed one, ``-`` a clear one of three bytes."""
    frames = [SILENCE if letter == "-" else bytes(40) for letter in text]
    clear = [letter != "s" for letter in text]
    return clear, list(short_and_clear(frames, clear))


@pytest.mark.parametrize(
    ("text", "early", "sealed"),
    [
        ("", 0, False),
        ("---", 0, False),
        ("------ss", 0, True),  # silence before the first sealed frame is no beginning in the clear
        ("--ss--ss--", 0, True),
        ("cc-c--sssss", 4, True),  # what is silent in a beginning belongs to it
        ("-ccc-ccc-", 0, False),
        ("-------------s", 0, True),  # however much of it there is
        ("c-c-c" + "s" * 9 + "-", 5, True),
    ],
)
def test_short_frames_say_nothing_of_where_a_stream_begins_to_be_sealed(text: str, early: int, sealed: bool) -> None:
    clear, short = marks(text)
    assert (early_count(clear, short), is_sealed(clear, short)) == (early, sealed)


@given(st.text("cs-", max_size=60))
def test_border_is_where_it_would_be_without_short_frames(text: str) -> None:
    clear, short = marks(text)
    early = early_count(clear, short)
    without = [is_clear for is_clear, is_short in zip(clear, short, strict=True) if not is_short]
    assert early_count(without) == early - sum(short[:early])
