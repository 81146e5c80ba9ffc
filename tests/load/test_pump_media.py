"""The loops: real frames, sealed as the town hall's client seals them, cut as a browser cuts them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.wire.sframe import open_
from harness.wire.vp9 import parse_vp9
from load.pump import media

SECONDS = 0.5


def frames(loop: media.Loop) -> list[list[bytes]]:
    """The payloads of each frame."""
    return [
        [loop.payload[at, : loop.size[at]].tobytes() for at in range(first, first + count)]
        for first, count in zip(loop.first.tolist(), loop.count.tolist(), strict=True)
    ]


def test_sound_is_fifty_sealed_frames_a_second() -> None:
    loop = media.opus(SECONDS)
    assert (loop.frames, loop.seconds, loop.clock) == (25, 0.02, 48_000)
    for [payload] in frames(loop):
        assert open_(media._key(), payload).plaintext


def test_a_vp9_frame_is_sealed_whole_behind_descriptors_that_a_server_can_read() -> None:
    loop = media.video("vp9", SECONDS)
    for number, packets in enumerate(frames(loop)):
        found = [parse_vp9(packet) for packet in packets]
        assert [each.begins for each in found] == [True] + [False] * (len(packets) - 1)
        assert [each.ends for each in found] == [False] * (len(packets) - 1) + [True]
        assert all(each.inter == (number > 0) for each in found)
        assert found[0].structure == (number == 0)
        sealed = b"".join(packet[each.size :] for packet, each in zip(packets, found, strict=True))
        assert open_(media._key(), sealed).plaintext


def test_a_vp8_frame_keeps_the_bytes_in_the_clear_that_a_decoder_reads_first() -> None:
    loop = media.video("vp8", SECONDS)
    for number, packets in enumerate(frames(loop)):
        assert [packet[0] for packet in packets] == [0x90] + [0x80] * (len(packets) - 1)
        frame = b"".join(packet[4:] for packet in packets)
        assert (frame[0] & 1 == 0) == (number == 0)  # RFC 6386, section 9.1
        clear = media.VP8_CLEAR[number == 0]
        assert open_(media._key(), frame[clear:], frame[:clear]).plaintext


@pytest.mark.parametrize("codec", ["vp8", "vp9"])
def test_packets_of_a_frame_have_one_size_so_that_the_kernel_can_cut_them(codec: str) -> None:
    loop = media.video(codec, SECONDS)
    for packets in frames(loop):
        sizes = [len(packet) for packet in packets]
        assert len(set(sizes[:-1])) <= 1
        assert sizes[-1] <= sizes[0] <= media.LARGEST
        assert min(sizes) >= media.STAMP + 16
    assert (np.flatnonzero(loop.last) == loop.first + loop.count - 1).all()


@given(st.binary(min_size=40, max_size=9000), st.integers(0, 8))
def test_cutting_loses_nothing_and_makes_equal_parts(data: bytes, less: int) -> None:
    parts = media.split(data, 1146, less)
    assert b"".join(parts) == data
    sizes = [len(parts[0]) + less, *map(len, parts[1:])]
    assert len(set(sizes[:-1])) <= 1
    assert 0 < sizes[-1] <= sizes[0] <= 1146
