"""Empty packets do not make a loss look smaller than it was, nor does a second stream beside the one that lost."""

from collections.abc import Mapping
from itertools import accumulate
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.evidence import Evidence
from harness.model.observations import AnyObservation, LinkCount, StatsSeries
from harness.model.outcome import Outcome
from harness.quality.plan import Trial
from quality_checks.catalogue import catalogue
from quality_checks.padding import expected_share
from tests.benchmarks.truth.made import line_of
from tests.quality_checks.calls import Defects, call, evidence

JUDGE = {each.id: each for each in catalogue()}["Q05"].judge
Second = tuple[int, int, int, int]  # packets expected, missed, of padding, sent again


@st.composite
def seconds(draw: st.DrawFn, most_padding: int = 200) -> Second:
    """One second in which so much was missed that a report tells of it."""
    expected = draw(st.integers(20, 2000))
    missed = draw(st.integers(-(-expected // 256), expected))
    return expected, missed, draw(st.integers(0, most_padding)), draw(st.integers(0, missed))


def played(each: list[Second]) -> tuple[StatsSeries, StatsSeries]:
    """What a sender and the reports to it say after each of these seconds, and before the first."""
    expected, missed, padding, again = (list(accumulate(column, initial=0)) for column in zip(*each, strict=True))
    sent = [float(sum(row)) for row in zip(expected, padding, again, strict=True)]
    shares = [0.0, *(floor(256 * lost / due) / 256 for due, lost, *_ in each)]
    columns = {"packetsSent": tuple(sent), "retransmittedPacketsSent": tuple(map(float, again))}
    told = {"packetsLost": tuple(map(float, missed)), "fractionLost": tuple(shares)}
    return series("outbound-rtp", columns), series("remote-inbound-rtp", told)


def series(of: str, columns: Mapping[str, tuple[float | None, ...]]) -> StatsSeries:
    at_ms = tuple(1000.0 * number for number in range(len(next(iter(columns.values())))))
    kind = {"call": "c", "party": "clerk", "media": "video", "stream": of, "of": of}
    return StatsSeries.model_validate({**kind, "at_ms": at_ms, "columns": columns})


@given(st.lists(seconds(), min_size=1, max_size=30))
def test_what_a_receiver_expected_is_known_to_one_step_of_its_reports(each: list[Second]) -> None:
    share = expected_share(*played(each))
    due, out = sum(row[0] for row in each), sum(row[0] + row[2] for row in each)
    coarse = min(floor(256 * lost / of) for of, lost, *_ in each)
    assert 0 < share <= 1
    assert share == 1 or abs(share * out / due - 1) <= 1 / coarse
    assert share < 1 or out <= due * (1 + 1 / coarse) + 1e-6


@given(st.lists(seconds(most_padding=0), min_size=1, max_size=30))
def test_a_sender_without_padding_is_believed_to_the_packet(each: list[Second]) -> None:
    assert expected_share(*played(each)) == 1.0


@given(st.lists(seconds(), min_size=1, max_size=20), st.sets(st.integers(0, 20)), st.sampled_from(("sent", "told")))
def test_samples_that_lack_a_number_are_left_out(each: list[Second], gone: set[int], where: str) -> None:
    sent, told = played(each)
    holed = sent if where == "sent" else told
    columns = {
        name: tuple(None if place in gone else value for place, value in enumerate(values))
        for name, values in holed.columns.items()
    }
    holed = holed.model_copy(update={"columns": columns})
    assert 0 < expected_share(*((holed, told) if where == "sent" else (sent, holed))) <= 1


@pytest.mark.parametrize("column", ["packetsLost", "fractionLost"])
def test_without_a_share_in_the_reports_nothing_is_taken_off(column: str) -> None:
    sent, told = played([(100, 10, 30, 10)] * 10)
    left = {name: values for name, values in told.columns.items() if name != column}
    assert expected_share(sent, told) == pytest.approx(1 / 1.3, rel=0.04)
    assert expected_share(sent, told.model_copy(update={"columns": left})) == 1.0


def test_the_share_of_one_second_is_not_taken_for_that_of_the_time_since_a_lost_report() -> None:
    clear, lossy = (100, 0, 0, 0), (100, 10, 0, 10)
    sent, told = played([*[lossy] * 6, clear, clear, *[lossy] * 12])
    kept = [place for place in range(21) if place not in (7, 8)]  # of three seconds the third one's share is told
    thinned = told.model_copy(
        update={
            "at_ms": tuple(told.at_ms[place] for place in kept),
            "columns": {name: tuple(values[place] for place in kept) for name, values in told.columns.items()},
        }
    )
    assert expected_share(sent, thinned) == 1.0


def judged(seen: list[AnyObservation]) -> str:
    found = JUDGE(evidence(seen))
    assert found.outcome is Outcome.FAIL
    return found.sentence.en


def test_a_loss_is_told_whole_however_much_padding_went_out() -> None:
    assert "at worst 10 % in the" in judged(call("padded", Defects(up_loss=0.1, sent_again=0.1, padded=0.12)))


def test_a_second_stream_beside_the_lossy_one_does_not_thin_its_loss() -> None:
    seen = call("shared", Defects(up_loss=0.1))
    beside = [
        each.model_copy(update={"stream": "screen", "columns": {**each.columns, "ssrc": (7.0,) * len(each.at_ms)}})
        for each in seen
        if isinstance(each, StatsSeries) and each.of == "outbound-rtp" and each.media == "video"
    ]
    assert len(beside) == 2
    of_pictures = [each for each in seen if not isinstance(each, StatsSeries) or each.media != "audio"]
    assert "at worst 10 % in the" in judged([*of_pictures, *beside])


def test_padding_alone_is_no_loss() -> None:
    quiet: Evidence = evidence(call("probed", Defects(padded=0.3)))
    assert JUDGE(quiet).outcome is Outcome.PASS


def test_the_truth_table_holds_the_same_against_the_links_own_count() -> None:
    counted = {"taken": 11_200, "given": 10_080, "lost": 1_120, "overflowed": 0, "duplicated": 0, "late_p95_ms": 0.1}
    links = [
        LinkCount.model_validate({"party": "citizen", "direction": way, "of": "measured", **counted})
        for way in ("up", "down")
    ]
    seen = line_of(Trial("loss-10", 1), *links, loss=0.1, up_loss=0.1, sent_again=0.1, padded=0.12)
    assert next(each.told / each.of for each in seen.lost if each.way == "up") == pytest.approx(0.1, rel=0.02)
