"""Which parts make a frame: what is joined, what is left out, and how it is counted."""

import pytest

from harness.wire.depacketise import Arrival, depacketise
from harness.wire.frames import Frame
from harness.wire.rtp import RtpPacket
from tests.wire.test_depacketise import B, E


def part(seconds: float, sequence: int, timestamp: int, payload: bytes, marker: bool = False) -> Arrival:
    return seconds, RtpPacket(96, sequence, timestamp, 5, payload, marker)


BEGIN, MIDDLE, END, ALONE = (bytes([bits]) for bits in (B, 0, E, B | E))


@pytest.mark.parametrize(
    ("packets", "frames", "counts"),
    [
        # a frame is there when the last of its parts is, whichever that was
        (
            [part(9, 1, 7, BEGIN + b"a"), part(5, 2, 7, MIDDLE + b"b"), part(7, 3, 7, END + b"c")],
            [Frame(7, 9, b"abc")], (0, 0, 0),
        ),
        (
            [part(1, 1, 7, BEGIN + b"a"), part(8, 2, 7, MIDDLE + b"b"), part(7, 3, 7, END + b"c")],
            [Frame(7, 8, b"abc")], (0, 0, 0),
        ),
        # parts that follow each other, but are of two pictures
        ([part(1, 1, 7, BEGIN + b"a"), part(1, 2, 8, END + b"b")], [], (0, 0, 2)),
        # a second beginning ends what was begun before
        (
            [part(1, 1, 7, BEGIN + b"a"), part(1, 2, 8, BEGIN + b"b"), part(1, 3, 8, END + b"c")],
            [Frame(8, 1, b"bc")], (0, 0, 1),
        ),
        ([part(1, 1, 7, BEGIN), part(1, 2, 7, BEGIN + b"b"), part(1, 3, 7, END)], [Frame(7, 1, b"b")], (0, 0, 1)),
        # parts that follow each other behind a gap are not joined to what was before it
        ([part(1, 1, 7, BEGIN), part(1, 3, 7, MIDDLE), part(1, 4, 7, END)], [], (1, 0, 1)),
        ([part(1, 1, 7, BEGIN), part(1, 2, 8, MIDDLE), part(1, 3, 7, END)], [], (0, 0, 2)),
        # an end without a beginning, then a whole frame
        ([part(1, 1, 7, END + b"a"), part(1, 2, 8, ALONE + b"b")], [Frame(8, 1, b"b")], (0, 0, 1)),
        # padding between the parts of a frame is looked over; padding behind a gap closes none
        ([part(1, 1, 7, BEGIN + b"a"), part(1, 2, 7, b""), part(1, 3, 7, END + b"b")], [Frame(7, 1, b"ab")], (0, 0, 0)),
        ([part(1, 1, 7, BEGIN + b"a"), part(1, 3, 7, b""), part(1, 4, 7, END + b"b")], [], (1, 0, 1)),
        # a part that is malformed is a gap, and costs the frames on both sides of it what they lack
        ([part(1, 1, 7, BEGIN + b"a"), part(1, 2, 7, b"\x80"), part(1, 3, 7, END + b"b")], [], (0, 1, 1)),
        ([part(1, 1, 7, b"\x80"), part(1, 2, 8, b"\x80"), part(1, 3, 9, ALONE)], [Frame(9, 1, b"")], (0, 2, 2)),
        # what stays open at the end
        ([part(1, 1, 7, ALONE + b"a"), part(1, 2, 8, BEGIN + b"b")], [Frame(7, 1, b"a")], (0, 0, 1)),
        # the first packet that arrived is not the first that was sent
        ([part(2, 0, 8, ALONE), part(1, 65535, 7, ALONE)], [Frame(7, 1, b""), Frame(8, 2, b"")], (0, 0, 0)),
        ([part(1, 32768, 7, ALONE), part(1, 0, 8, ALONE)], [Frame(8, 1, b""), Frame(7, 1, b"")], (32767, 0, 0)),
        ([part(1, 32767, 7, ALONE), part(1, 0, 8, ALONE)], [Frame(8, 1, b""), Frame(7, 1, b"")], (32766, 0, 0)),
    ],
)  # fmt: skip
def test_parts_are_joined_only_where_they_belong(
    packets: list[Arrival], frames: list[Frame], counts: tuple[int, int, int]
) -> None:
    result = depacketise("vp9", packets)
    assert result.frames == frames
    assert (result.lost, result.malformed, result.incomplete) == counts


def test_numbers_of_all_sources_are_added_up() -> None:
    packets = [part(1, 1, 7, b"a"), part(1, 4, 8, b"b"), part(1, 4, 8, b"b")]
    other = [(seconds, packet._replace(ssrc=6)) for seconds, packet in packets]
    result = depacketise("Opus", packets + other)
    assert (result.packets, result.lost, result.duplicates, len(result.frames)) == (4, 4, 2, 4)
    both = depacketise(
        "vp9", [part(1, 1, 7, b"\x80"), (1, RtpPacket(96, 1, 7, 6, b"\x80")), (1, RtpPacket(96, 2, 9, 6, END))]
    )
    assert (both.malformed, both.incomplete) == (2, 3)


def test_sequence_numbers_that_wrap_twice_are_still_in_order() -> None:
    packets = [part(1, 20_000 * n % 2**16, n, bytes([n])) for n in range(8)]
    result = depacketise("opus", packets)
    assert [frame.data for frame in result.frames] == [bytes([n]) for n in range(8)]
    assert (result.packets, result.lost) == (8, 7 * 19_999)


def test_vp8_without_its_first_partition_or_its_marker_is_no_frame() -> None:
    assert depacketise("vp8", [part(1, 1, 0, b"\x00a", True)]).frames == []
    assert depacketise("vp8", [part(1, 1, 0, b"\x10a")]).frames == []
    assert depacketise("vp8", [part(1, 1, 0, b"\x90\x80\x05a", True)]).frames == [Frame(0, 1, b"a")]
