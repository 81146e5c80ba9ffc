"""Coming and going, codes and locks: what a violation, a late mend and a gap look like, and what is left to others."""

from typing import Any

import pytest

from crypto_checks.catalogue import by_id
from harness.model.evidence import Evidence
from harness.model.observations import (
    LockChange,
    LockSeen,
    MemberChange,
    OpenedFrames,
    OutsiderOpened,
    ReceiverFrames,
    RevealSeen,
    SafetyCodeSeen,
)
from harness.model.outcome import Outcome
from tests.crypto_checks.changing import planned, recorded
from tests.flaws.coming import late_keys, no_rotation_on_leave
from tests.flaws.plan import RunPlan, Way, clean_run
from tests.flaws.rendering import render
from tests.flaws.visiting import LEFT

KILLED_BEGAN = 1200.0


def opened(check: str, update: dict[str, Any], **where: Any) -> tuple[Outcome, str]:
    finding = recorded(check, OutsiderOpened, update, **where)
    return finding.outcome, finding.sentence.en


@pytest.mark.parametrize(
    ("check", "period"), [("K01", "present"), ("K02", "present")]
)  # keys that open nothing at all would open nothing before and after either
def test_keys_that_open_nothing_prove_nothing(check: str, period: str) -> None:
    outcome, said = opened(check, {"opened": 4}, period=period, party="clerk", media="video")
    assert outcome is Outcome.INCONCLUSIVE
    assert said == (
        "Not judged: the keys of the guest opened fewer than 5 frames while the guest was there, so the control is "
        "missing: the clerk's video in call winterbach-5."
    )


@pytest.mark.parametrize(("check", "period"), [("K01", "before"), ("K02", "leaving"), ("K02", "late")])
def test_too_few_frames_are_a_gap(check: str, period: str) -> None:
    outcome, said = opened(check, {"frames": 4}, period=period, party="citizen", media="audio")
    assert outcome is Outcome.INCONCLUSIVE
    assert said.startswith("Not judged: too few frames are recorded ")
    assert said.endswith("the citizen's audio in call winterbach-5.")


def test_one_frame_from_before_is_enough_to_fail() -> None:
    outcome, said = opened("K01", {"opened": 1}, period="before", party="citizen", media="audio")
    assert outcome is Outcome.FAIL
    assert "opened 1 of 120 frames" in said


def test_proven_reading_outweighs_a_gap() -> None:
    assert opened("K01", {"opened": 1, "frames": 1}, period="before", party="citizen")[0] is Outcome.FAIL


def test_late_keys_are_weak_only_when_it_is_seen_that_they_came() -> None:
    assert planned("K02", late_keys).outcome is Outcome.WEAK
    outcome, said = opened("K02", {"opened": 3, "last": 6.0}, period="late", party="clerk", media="audio")
    assert outcome is Outcome.INCONCLUSIVE
    assert "more than 10 s after the guest left" in said


def test_a_screen_that_was_read_counts_as_well() -> None:
    def change(run: RunPlan) -> None:
        seen = next(one for one in run.beside if isinstance(one, OutsiderOpened) and one.period == "before")
        run.beside.append(seen.model_copy(update={"media": "screen", "frames": 2, "opened": 2}))

    assert planned("K01", change).outcome is Outcome.FAIL


@pytest.mark.parametrize("check", ["K01", "K02", "K03"])
def test_stream_in_the_clear_is_left_to_others(check: str) -> None:
    def change(run: RunPlan) -> None:
        for stream in run.streams():
            if stream.media == "audio":
                stream.ways = [Way.LEFT_ALONE] * len(stream.ways)
        run.beside = [
            one.model_copy(update={"opened": 0}) if isinstance(one, OutsiderOpened) and one.media == "audio" else one
            for one in run.beside
        ]

    assert planned(check, change).outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("change", "english", "german"),
    [("joined", "nobody joined", "niemand kam dazu"), ("left", "nobody left", "niemand ging")],
)
def test_nobody_came_or_went(change: str, english: str, german: str) -> None:
    def without(run: RunPlan) -> None:
        run.beside = [one for one in run.beside if not (isinstance(one, MemberChange) and one.change == change)]

    sentence = planned("K03", without).sentence
    assert sentence.en == f"Not judged: {english} during a call."
    assert sentence.de == f"Nicht beurteilt: {german} während eines Gesprächs."


def test_frames_under_unknown_keys_tell_nothing_of_a_new_one() -> None:
    kids = {"kids": (-1,) * 60, "keys": (-1,) * 60, "ctrs": (-1,) * 60}
    finding = recorded("K03", OpenedFrames, kids, call="winterbach-5", party="clerk", media="audio")
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "the frames opened with the people's keys are missing: the clerk's audio" in finding.sentence.en


def test_a_key_id_that_comes_back_is_no_new_key() -> None:
    back = tuple(7 if number < 30 else 8 if number < 44 else 7 for number in range(60))
    finding = recorded("K03", OpenedFrames, {"kids": back}, call="winterbach-5", party="clerk", media="audio")
    assert finding.outcome is Outcome.FAIL
    assert finding.sentence.en.startswith("After the guest had left, ")


def test_who_falls_silent_at_once_has_not_kept_a_key() -> None:
    def change(run: RunPlan) -> None:
        no_rotation_on_leave(run)
        for stream in run.streams():
            if stream.call == "winterbach-5":
                stream.ways = [way for number, way in enumerate(stream.ways) if number * stream.interval < LEFT + 4.5]

    finding = planned("K03", change)
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "the frames opened with the people's keys are missing" in finding.sentence.en


def test_delay_of_the_new_keys_is_a_figure() -> None:
    figures = planned("K03", lambda run: None).figures
    assert 0.7 <= figures["slowest_left_s"] < 1.5


@pytest.mark.parametrize(
    ("length", "alphabet", "committed", "outcome"),
    [
        (5, 10, 1, Outcome.PASS),  # 16.6 bits
        (4, 10, 1, Outcome.FAIL),  # 13.3 bits: met by guessing, whoever commits
        (3, 10, 0, Outcome.FAIL),
        (18, 10, 0, Outcome.FAIL),  # 59.8 bits
        (19, 10, 0, Outcome.PASS),
        (15, 16, 0, Outcome.PASS),
        (8, 1, 0, Outcome.FAIL),
    ],
)
def test_length_or_commitment(length: int, alphabet: int, committed: int, outcome: Outcome) -> None:
    def change(run: RunPlan) -> None:
        for call in run.calls:
            call.code, call.committed = length, committed

    if alphabet == 10:
        assert planned("K06", change).outcome is outcome
    update = {"length": length, "alphabet": alphabet}
    finding = recorded("K06", SafetyCodeSeen, update, party="clerk", call="kernen-1")
    if committed:
        assert finding.outcome is outcome


@pytest.mark.parametrize("update", [{"bound": False}, {"committed": 0}, {"others": 0}])
def test_one_unbound_reveal_is_enough(update: dict[str, Any]) -> None:
    finding = recorded("K06", RevealSeen, update, party="clerk", call="kernen-1")
    assert finding.outcome is Outcome.FAIL
    assert "1 of 4 keys were revealed before everybody had committed" in finding.sentence.en


def lock(*changes: tuple[float, bool], call: str = "kernen-1", until: float = 1160.0) -> tuple[Outcome, str]:
    """What K11 says when the citizen's lock changed so, in seconds since the call began."""
    began = {"kernen-1": 1100.0, "winterbach-2": KILLED_BEGAN}[call]
    seen = tuple(LockChange(at=began + at, shown=shown) for at, shown in changes)
    finding = recorded("K11", LockSeen, {"changes": seen, "until": until}, call=call, party="citizen")
    return finding.outcome, finding.sentence.en


def test_lock_that_comes_a_moment_early_and_goes_a_moment_late_is_true() -> None:
    assert lock((-5, False), (-0.9, True), (2.2, False))[0] is Outcome.PASS


@pytest.mark.parametrize("span", [(-1.1, 1.0), (0.5, 2.5)])
def test_lock_without_anything_sealed_is_a_lie(span: tuple[float, float]) -> None:
    outcome, said = lock((-5, False), (span[0], True), (span[1], False))
    assert outcome is Outcome.FAIL
    assert said.startswith("The page of the citizen showed the call as encrypted for 1.")


@pytest.mark.parametrize(("pause", "outcome"), [(4.5, Outcome.PASS), (5.5, Outcome.FAIL)])
def test_short_pause_under_the_lock_is_no_lie(pause: float, outcome: Outcome) -> None:
    def change(run: RunPlan) -> None:
        for call in run.calls:
            for stream in call.streams:
                if stream.segment:
                    stream.began = call.began + 1.2 + pause

    run = clean_run()
    change(run)
    evidence = render(run)
    records = []
    for record in evidence.records:
        seen = record.seen
        if isinstance(seen, LockSeen) and (seen.call, seen.party) == ("winterbach-1", "citizen"):
            changes = (LockChange(at=1000.1, shown=True), LockChange(at=1002.2 + pause, shown=False))
            record = record.model_copy(update={"seen": seen.model_copy(update={"changes": changes})})
        records.append(record)
    finding = by_id("K11").judge(Evidence(records, evidence.blobs))
    assert finding.outcome is outcome, finding.sentence.en


def test_lock_that_outlives_the_worker_is_a_lie() -> None:
    assert lock((-5, False), (0.1, True), (1.4, False), call="winterbach-2")[0] is Outcome.PASS
    outcome, said = lock((-5, False), (0.1, True), (4.5, False), call="winterbach-2")
    assert outcome is Outcome.FAIL
    assert "(call winterbach-2)" in said


def test_lock_that_is_still_shown_when_the_page_closes_ends_there() -> None:
    assert lock((-5, False), (0.1, True), until=1102.0)[0] is Outcome.PASS
    assert lock((-5, False), (0.1, True), until=1103.0)[0] is Outcome.FAIL


def long_call(run: RunPlan, *, lock: str = "true") -> None:
    """A minute of sound, all of it sealed."""
    for call in run.calls:
        for stream in call.streams:
            if call.name == "kernen-1" and stream.media == "audio":
                stream.ways = [Way.SEALED] * 500


@pytest.mark.parametrize(("late", "outcome"), [(0.9, Outcome.PASS), (3.0, Outcome.WEAK), (6.0, Outcome.FAIL)])
def test_lock_that_comes_late_is_weak_and_one_that_does_not_come_is_a_lie(late: float, outcome: Outcome) -> None:
    run = clean_run()
    long_call(run)
    evidence = render(run)
    records = []
    for record in evidence.records:
        seen = record.seen
        if isinstance(seen, LockSeen) and (seen.call, seen.party) == ("kernen-1", "clerk"):
            changes = (
                LockChange(at=1095.0, shown=False),
                LockChange(at=1100.08 + late, shown=True),
                LockChange(at=1110.2, shown=False),
            )
            record = record.model_copy(update={"seen": seen.model_copy(update={"changes": changes})})
        records.append(record)
    finding = by_id("K11").judge(Evidence(records, evidence.blobs))
    assert finding.outcome is outcome, finding.sentence.en


def test_clear_frames_under_the_lock_are_named_first() -> None:
    def change(run: RunPlan) -> None:
        for call in run.calls:
            if call.name == "kernen-1":
                call.lock = "always"
        for stream in run.streams():
            if (stream.call, stream.party, stream.media) == ("kernen-1", "clerk", "audio"):
                stream.ways[20:30] = [Way.LEFT_ALONE] * 10

    sentence = planned("K11", change).sentence
    assert sentence.en == (
        "The page of the citizen showed the call as encrypted while 10 frames reached the media server in the clear "
        "(call kernen-1); so did 1 more page."
    )


def test_no_lock_over_clear_frames_is_the_truth() -> None:
    def change(run: RunPlan) -> None:
        for stream in run.streams():
            if stream.media == "audio":
                stream.ways = [Way.LEFT_ALONE if way is Way.SEALED else way for way in stream.ways]

    assert planned("K11", change).outcome is Outcome.PASS


def test_frames_whose_arrival_is_not_known_are_a_gap() -> None:
    finding = recorded("K11", ReceiverFrames, {"at": ()}, call="kernen-1", party="clerk", media="audio")
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert finding.sentence.en == "Not judged: when frames came to the clerk is not known, call kernen-1."
