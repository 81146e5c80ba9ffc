"""What is noted of received packets, against RFC 3550's own way of counting them one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from load.pump import media
from load.pump.clock import Lateness, absolute_send_time, compact
from load.pump.delays import Delays
from load.pump.errors import PumpError
from load.pump.history import KEPT, History
from load.pump.lookup import Lookup
from load.pump.receiver import Batch, Inbound


def batch(packets: list[tuple[int, int, int, float]], stamp: float = 0.0) -> Batch:
    """Of row, sequence number, timestamp and time."""
    row, sequence, timestamp, time = (np.array(column) for column in zip(*packets, strict=True))
    number = len(packets)
    return Batch(row, sequence, timestamp, time.astype(float), np.full(number, stamp), np.zeros(number, np.bool_))


def made(*, nacks: bool = True) -> tuple[Inbound, int]:
    table = Inbound(3)
    return table, table.add(7, 90_000, "vp9", nacks)


def test_what_is_missing_is_counted_as_lost_and_asked_for() -> None:
    table, row = made()
    table.take(batch([(row, number & 0xFFFF, 0, 100.0) for number in (65533, 65534, 65535, 65536 + 2, 65536 + 3)]))
    assert (table.expected(row), table.lost(row)) == (7, 2)
    assert {number & 0xFFFF for number in table.missing[row]} == {0, 1}


def test_a_packet_that_comes_late_is_not_lost() -> None:
    table, row = made()
    table.take(batch([(row, number, 0, 100.0) for number in (10, 12, 11)]))
    assert (table.lost(row), int(table.late[row]), table.missing[row]) == (0, 1, {})


def test_a_packet_that_overtook_the_first_is_counted() -> None:
    table, row = made()
    table.take(batch([(row, number, 0, 100.0) for number in (5, 4, 6)]))
    assert (table.expected(row), table.lost(row)) == (3, 0)


def test_a_repaired_packet_is_no_longer_asked_for_and_still_was_lost() -> None:
    table, row = made()
    table.take(batch([(row, number, 0, 100.0) for number in (1, 3)]))
    table.repair(row, 2)
    table.repair(row, 2)
    assert (table.lost(row), int(table.repaired[row]), table.missing[row]) == (1, 1, {})


def test_sound_is_not_asked_for_again() -> None:
    table, row = made(nacks=False)
    table.take(batch([(row, number, 0, 100.0) for number in (1, 9)]))
    assert (table.lost(row), table.missing) == (7, {})


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 40), st.floats(0, 0.2)), min_size=1, max_size=60))
def test_jitter_and_loss_are_those_of_the_rfc_whatever_the_batches(steps: list[tuple[int, int, float]]) -> None:
    """RFC 3550, appendices A.3 and A.8, a packet at a time."""
    table = Inbound(3)
    rows = [table.add(ssrc, 90_000, "vp8", nacks=False) for ssrc in range(3)]
    packets, sequence, time = [], [65530, 10, 30_000], 1_790_000_000.0
    jitter: dict[int, float] = {}
    transit: dict[int, float] = {}
    seen: dict[int, list[int]] = {}
    for who, step, wait in steps:
        sequence[who] += step
        time += wait
        timestamp = sequence[who] * 3000 & 0xFFFFFFFF
        packets.append((rows[who], sequence[who] & 0xFFFF, timestamp, time))
        now = (time * 90_000) % 2**32 - timestamp
        if who in transit:
            difference = abs((now - transit[who] + 2**31) % 2**32 - 2**31)
            jitter[who] += (difference - jitter[who]) / 16
        transit[who] = now
        jitter.setdefault(who, 0.0)
        seen.setdefault(who, []).append(sequence[who])
    for at in range(0, len(packets), 7):
        table.take(batch(packets[at : at + 7]))
    for who, numbers in seen.items():
        assert table.lost(rows[who]) == numbers[-1] - numbers[0] + 1 - len(numbers)
        assert table.jitter[rows[who]] == pytest.approx(jitter[who], abs=0.5)


def test_delay_is_told_by_the_stamp_and_not_by_what_was_sent_again() -> None:
    table, row = made()
    other = table.add(8, 48_000, "opus", nacks=False)
    table.take(batch([(row, 1, 0, 100.010), (row, 2, 0, 100.030)], stamp=100.0))
    table.take(batch([(row, 3, 0, 100.0), (other, 1, 0, 100.0)], stamp=0.0))
    assert table.delay(row) == pytest.approx((0.020, 0.030))
    assert table.delay(other) == (None, None)
    assert table.delays.quantile(0.5) == pytest.approx(0.010, abs=0.001)
    assert Delays().quantile(0.5) is None


def test_a_full_table_says_for_how_many_it_was_made() -> None:
    table = Inbound(1)
    row = table.add(1, 48_000, "opus", nacks=False)
    with pytest.raises(PumpError, match="The pump was made for 1 streams to receive, and has them all."):
        table.add(2, 48_000, "opus", nacks=False)
    table.remove(row)
    assert table.add(2, 48_000, "opus", nacks=False) == row


def test_history_keeps_the_last_frames_and_knows_when_a_packet_is_too_old() -> None:
    loop = media.video("vp8", 0.2)
    history = History(2, loop)
    one, sequence, sent = np.ones(1, np.int64), 65_530, []
    for number in range(KEPT + 1):
        frame = number % loop.frames
        history.note(one, np.array([[frame, sequence, 4_000_000_000 + number, 32_700 + number & 0x7FFF]]))
        sent += [
            (sequence + at & 0xFFFF, (int(loop.first[frame]) + at, 4_000_000_000 + number, 32_700 + number & 0x7FFF))
            for at in range(int(loop.count[frame]))
        ]
        sequence = sequence + int(loop.count[frame]) & 0xFFFF
    gone = int(loop.count[0])
    assert [history.find(1, number) for number, _ in sent[gone:]] == [packet for _, packet in sent[gone:]]
    assert [history.find(1, number) for number, _ in sent[:gone]] == [None] * gone
    assert history.find(0, sent[-1][0]) is None
    history.forget(1)
    assert history.find(1, sent[-1][0]) is None


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from([1, 1, 1, 1, 2, 0, -1, 300])), min_size=1, max_size=80))
def test_any_batches_tell_the_same_as_one_packet_at_a_time(steps: list[tuple[int, int]]) -> None:
    """Lost, late, twice: what takes the short way and what takes the long one must not differ."""
    alone, together = Inbound(3), Inbound(3)
    for table in (alone, together):
        for ssrc in range(3):
            table.add(ssrc, 90_000, "vp8", nacks=True)
    sequence, packets = [65_530, 10, 30_000], []
    for number, (who, step) in enumerate(steps):
        sequence[who] = sequence[who] + step & 0xFFFF
        packets.append((who, sequence[who], number * 2999 & 0xFFFFFFFF, 1_790_000_000 + number / 50))
    for packet in packets:
        alone.take(batch([packet], 1_789_999_999.9))
    for at in range(0, len(packets), 11):
        together.take(batch(packets[at : at + 11], 1_789_999_999.9))
    for row in range(3):
        assert alone.so_far(row) == together.so_far(row)
        assert alone.jitter[row] == pytest.approx(together.jitter[row])
        assert alone.delay(row) == (pytest.approx(together.delay(row)) if alone.received[row] else (None, None))
        assert (alone.late[row], alone.missing.get(row)) == (together.late[row], together.missing.get(row))


@given(st.dictionaries(st.integers(0, 2**62), st.integers(0, 9)), st.lists(st.integers(0, 2**62)))
def test_a_lookup_is_a_dictionary(known: dict[int, int], others: list[int]) -> None:
    lookup = Lookup()
    for key, value in known.items():
        lookup[key] = value
    asked = [*known, *others]
    assert lookup.find(np.array(asked, np.int64)).tolist() == [known.get(key, -1) for key in asked]


def test_lateness_is_told_in_tenths_of_milliseconds() -> None:
    late = Lateness()
    for number in range(100):
        late.add(number / 10_000)
    assert late.within(0.005) == pytest.approx(0.5, abs=0.02)
    assert late.quantile(0.95) == pytest.approx(0.0095, abs=0.0002)
    assert Lateness().within(0.005) == 1.0


def test_times_are_written_as_the_standards_want_them() -> None:
    assert compact(-2_208_988_800 + 1.5) == 0x00018000
    assert absolute_send_time(-2_208_988_800 + 1.0) == 1 << 18
