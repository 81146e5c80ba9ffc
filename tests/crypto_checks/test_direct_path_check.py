"""E11 where the evidence is not what it should be: it is never a pass, and the sentence says what is not known."""

from typing import Any

import pytest

from harness.model.observations import MediaPath, OpenedFrames, ReceiverFrames, SenderFrames
from harness.model.observations.frames import DIRECT as DIRECTLY
from harness.model.outcome import Outcome
from harness.wire.frames import Frame
from tests.crypto_checks.changing import planned, recorded, repacked
from tests.flaws.beside import DIRECT
from tests.flaws.plan import RunPlan, Way


@pytest.mark.parametrize(
    ("update", "where", "english"),
    [
        ({"peer": ""}, {"moment": 1}, "it is not shown that two people were connected directly, call kernen-2"),
        (
            {"peer": "guest"},
            {"moment": 1, "party": "clerk"},
            "it is not shown that two people were connected directly, call kernen-2",
        ),
        (
            {"peer": "clerk"},
            {"moment": 2, "party": "citizen"},
            "it is not shown that three people were connected by the media server afterwards, call kernen-2",
        ),
        (
            {"moment": 1, "peer": "", "party": "clerk"},
            {"moment": 2, "party": "guest"},
            "it is not shown that two people were connected directly, call kernen-2",
        ),
    ],
)
def test_path_that_is_not_shown_is_inconclusive(update: dict[str, Any], where: dict[str, Any], english: str) -> None:
    finding = recorded("E11", MediaPath, update, **where)
    assert (finding.outcome, finding.sentence.en) == (Outcome.INCONCLUSIVE, f"Not judged: {english}.")


def test_media_at_the_server_while_the_path_was_direct_is_inconclusive() -> None:
    def both_ways(run: RunPlan) -> None:
        for stream in run.streams():
            if stream.call == DIRECT and stream.party == "clerk":
                stream.began -= 5

    finding = planned("E11", both_ways)
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert finding.sentence.en == (
        "Not judged: already during the direct connection something reached the media server: the clerk's audio in "
        "call kernen-2; and 1 more gap."
    )


def test_one_clear_frame_on_the_direct_path_fails() -> None:
    def one(run: RunPlan) -> None:
        for stream in run.streams():
            if stream.direct and (stream.party, stream.media) == ("clerk", "video"):
                stream.ways[20] = Way.FORWARDED

    finding = planned("E11", one)
    assert finding.outcome is Outcome.FAIL
    assert finding.sentence.en == (
        "On the direct path 1 of 40 video frames of the clerk went out in the clear (call kernen-2)."
    )


def test_first_frames_after_the_change_count_too() -> None:
    def late(run: RunPlan) -> None:
        for stream in run.streams():
            if stream.call == DIRECT and not stream.direct and (stream.party, stream.media) == ("citizen", "audio"):
                stream.ways[:3] = [Way.FORWARDED] * 3

    finding = planned("E11", late)
    assert finding.outcome is Outcome.FAIL
    assert finding.sentence.de == (
        "Nach dem Wechsel vom direkten Weg hielt der Medienserver 3 von 60 Audio-Frames der Bürgerseite "
        "unverschlüsselt (Gespräch kernen-2)."
    )


def test_silence_on_the_direct_path_is_inconclusive() -> None:
    def silent(run: RunPlan) -> None:
        for stream in run.streams():
            if stream.direct:
                stream.ways = [Way.SWALLOWED] * len(stream.ways)

    finding = planned("E11", silent)
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "the frames that left the transform are missing: the citizen's audio" in finding.sentence.en


def test_frames_that_nobody_opened_prove_nothing() -> None:
    unopened = recorded("E11", ReceiverFrames, {"after": ()}, call=DIRECT, party="clerk", media="video")
    foreign = recorded("E11", OpenedFrames, {"keys": (-1,) * 60}, call=DIRECT, segment=DIRECTLY, media="audio")
    for finding, what in ((unopened, "that arrived and were opened"), (foreign, "opened with the keys")):
        assert finding.outcome is Outcome.INCONCLUSIVE
        assert what in finding.sentence.en


def test_other_frames_than_were_sent_prove_nothing() -> None:
    def others(frames: list[Frame]) -> list[Frame]:
        return [Frame(frame.timestamp, frame.at, bytes(reversed(frame.data))) for frame in frames]

    where = {"call": DIRECT, "party": "citizen", "path": "direct", "stage": "after", "media": "video"}
    finding = repacked("E11", SenderFrames, others, **where)
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "directly sent frames that arrived and were opened are missing: the citizen's video" in finding.sentence.en
