"""Packets to frames, over everything that a network does to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import WireError
from harness.wire.depacketise import Arrival, Depacketised, depacketise
from harness.wire.frames import Frame
from harness.wire.rtp import RtpPacket

B, E = 0x08, 0x04


def vp9(frames: list[list[bytes]], *, sequence: int = 10, timestamp: int = 100, ssrc: int = 1) -> list[Arrival]:
    """Frames, each given as its parts, as packets an eighth of a second apart."""
    packets: list[Arrival] = []
    for number, parts in enumerate(frames):
        for part, data in enumerate(parts):
            last = part == len(parts) - 1
            packets.append(
                (
                    100 + len(packets) / 8,
                    RtpPacket(
                        98,
                        (sequence + len(packets)) % 2**16,
                        (timestamp + 3000 * number) % 2**32,
                        ssrc,
                        bytes([B * (part == 0) | E * last]) + data,
                        last,
                    ),
                )
            )
    return packets


THREE = [[b"aa", b"ab", b"ac"], [b"b"], [b"ca", b"cb"]]


def data_of(frames: list[Frame]) -> list[bytes]:
    return [frame.data for frame in frames]


def test_parts_become_whole_frames_that_were_there_when_the_last_arrived() -> None:
    result = depacketise("VP9", vp9(THREE))
    assert result.frames == [
        Frame(100, 100.25, b"aaabac"),
        Frame(3100, 100.375, b"b"),
        Frame(6100, 100.625, b"cacb"),
    ]
    assert (result.packets, result.lost, result.duplicates, result.malformed, result.incomplete) == (6, 0, 0, 0, 0)


@given(st.permutations(range(6)), st.sampled_from([10, 65532, 65535]), st.sampled_from([100, 2**32 - 3000]))
def test_order_wrap_and_doubles_do_not_matter(order: list[int], sequence: int, timestamp: int) -> None:
    packets = vp9(THREE, sequence=sequence, timestamp=timestamp)
    result = depacketise("vp9", [packets[i] for i in order] + packets[2:4])
    assert data_of(result.frames) == [b"aaabac", b"b", b"cacb"]
    assert (result.packets, result.lost, result.duplicates, result.incomplete) == (6, 0, 2, 0)


@pytest.mark.parametrize(
    ("gone", "left"),
    [(1, [b"b", b"cacb"]), (2, [b"b", b"cacb"]), (3, [b"aaabac", b"cacb"]), (4, [b"aaabac", b"b"])],
)
def test_a_lost_packet_costs_its_frame_only(gone: int, left: list[bytes]) -> None:
    packets = vp9(THREE)
    del packets[gone]
    result = depacketise("vp9", packets)
    assert data_of(result.frames) == left
    assert (result.lost, result.incomplete) == (1, 0 if gone == 3 else 1)


def test_a_run_that_ends_inside_a_frame_leaves_it_out() -> None:
    result = depacketise("vp9", vp9(THREE)[:5])
    assert data_of(result.frames) == [b"aaabac", b"b"]
    assert (result.lost, result.incomplete) == (0, 1)


def test_two_frames_whose_border_is_lost_are_never_glued() -> None:
    packets = vp9([[b"aa", b"ab"], [b"ba", b"bb"]])
    result = depacketise("vp9", [packets[0], packets[3]])
    assert (result.frames, result.lost, result.incomplete) == ([], 2, 2)


def test_padding_between_packets_is_no_frame_and_no_loss() -> None:
    packets = vp9([[b"a"], [b"ba", b"bb"]])
    spaced = [(at, packet._replace(sequence=packet.sequence * 2)) for at, packet in packets]
    padding = [(at, packet._replace(sequence=packet.sequence + 1, payload=b"", padding=9)) for at, packet in spaced]
    result = depacketise("vp9", spaced + padding)
    assert data_of(result.frames) == [b"a", b"babb"]
    assert (result.lost, result.malformed, result.incomplete) == (0, 0, 0)


def test_a_broken_descriptor_breaks_its_frame_and_is_counted() -> None:
    packets = vp9(THREE)
    packets[1] = (packets[1][0], packets[1][1]._replace(payload=b"\x80"))
    result = depacketise("vp9", packets)
    assert data_of(result.frames) == [b"b", b"cacb"]
    assert (result.malformed, result.incomplete, result.lost) == (1, 1, 0)


def test_a_new_source_starts_counting_afresh() -> None:
    result = depacketise("vp9", vp9([[b"a"]], sequence=9) + vp9([[b"b"]], sequence=40000, ssrc=2))
    assert (data_of(result.frames), result.lost) == ([b"a", b"b"], 0)


def test_spatial_layers_are_frames_of_their_own() -> None:
    packets = vp9([[b"low"], [b"high"]])
    packets[1] = (packets[1][0], packets[1][1]._replace(timestamp=packets[0][1].timestamp))
    assert data_of(depacketise("vp9", packets).frames) == [b"low", b"high"]


def test_each_opus_packet_is_a_frame() -> None:
    packets = [(1.0 + n, RtpPacket(111, n, 960 * n, 5, bytes([n + 1]))) for n in (0, 1, 3)]
    result = depacketise("opus", packets)
    assert result.frames == [Frame(0, 1.0, b"\x01"), Frame(960, 2.0, b"\x02"), Frame(2880, 4.0, b"\x04")]
    assert (result.lost, result.incomplete) == (1, 0)


def test_vp8_begins_with_its_first_partition_and_ends_with_the_marker() -> None:
    packets = [
        (1.0, RtpPacket(96, 1, 0, 5, b"\x10aa")),
        (1.1, RtpPacket(96, 2, 0, 5, b"\x00ab")),
        (1.2, RtpPacket(96, 3, 0, 5, b"\x11ac", True)),
        (1.3, RtpPacket(96, 4, 3000, 5, b"\x10b", True)),
    ]
    assert data_of(depacketise("vp8", packets).frames) == [b"aaabac", b"b"]


def test_no_packets_are_no_frames() -> None:
    assert depacketise("opus", []) == Depacketised()


def test_an_unknown_codec_is_named() -> None:
    with pytest.raises(WireError, match="^no depacketiser for codec 'h264'; known are opus, vp8, vp9$"):
        depacketise("h264", [])


ANY = st.builds(
    RtpPacket,
    st.just(98),
    st.integers(0, 20) | st.integers(65530, 65535),
    st.integers(0, 2),
    st.integers(1, 2),
    st.binary(max_size=4),
    st.booleans(),
)


@given(st.sampled_from(["vp9", "vp8", "opus"]), st.lists(st.tuples(st.floats(0, 1), ANY), max_size=20))
def test_random_packets_never_fail_and_add_up(codec: str, packets: list[Arrival]) -> None:
    result = depacketise(codec, packets)
    assert result.packets + result.duplicates == len(packets)
    assert min(result.lost, result.malformed, result.incomplete) >= 0
