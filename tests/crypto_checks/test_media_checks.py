"""E01, E02, E03, E12 at their edges: what counts as clear, early, recognised, and counted."""

import pytest

from crypto_checks.catalogue import CATALOGUE
from harness.judge import judge, outcomes
from harness.model.evidence import Evidence
from harness.model.observations import ReceiverFrames, Recognition, SenderFrames, ServerFrames
from harness.model.outcome import Outcome
from harness.wire.frames import Frame, pack_frames, unpack_frames
from tests.crypto_checks.changing import planned, recorded, repacked
from tests.flaws.plan import RunPlan, StreamPlan, Way, clean_run
from tests.flaws.rendering import render


def stream(run: RunPlan, call: str, party: str, media: str, segment: int = 0) -> StreamPlan:
    name = (call, party, media, segment)
    return next(each for each in run.streams() if (each.call, each.party, each.media, each.segment) == name)


def test_one_clear_frame_among_sealed_ones_is_a_leak() -> None:
    def change(run: RunPlan) -> None:
        stream(run, "kernen-1", "clerk", "video").ways[20] = Way.FORWARDED

    finding = planned("E01", change)
    assert finding.outcome is Outcome.FAIL
    assert finding.sentence.en == (
        "The media server held 1 of 40 video frames of the clerk exactly as the encoder made them (call kernen-1)."
    )
    assert planned("E03", change).outcome is Outcome.PASS


def test_early_frames_are_left_to_e03_and_said_so() -> None:
    def change(run: RunPlan) -> None:
        stream(run, "kernen-1", "clerk", "video").ways[:5] = [Way.BARE] * 5

    finding = planned("E01", change)
    assert finding.outcome is Outcome.PASS
    assert (
        "None of the 495 frames (leaving out 5 at the beginning, which E03 judges) in 10 streams" in finding.sentence.en
    )
    assert "Keiner der 495 Frames (ohne 5 am Anfang, die E03 beurteilt) in 10 Strömen" in finding.sentence.de


def test_tap_that_saw_half_of_the_frames_is_no_evidence() -> None:
    where = {"call": "kernen-1", "party": "clerk", "media": "audio", "stage": "before"}
    finding = repacked("E01", SenderFrames, lambda frames: frames[:30], **where)
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert finding.sentence.en == (
        "Not judged: the tap in the browser saw only 30 of the 60 frames that the media server held: the clerk's "
        "audio in "
        "call kernen-1."
    )


def test_a_last_batch_that_the_tap_lost_does_not_look_sealed() -> None:
    def change(run: RunPlan) -> None:
        for each in run.streams():
            each.ways = [Way.BARE] * len(each.ways)

    run = clean_run()
    change(run)
    plain = render(run)
    tapped = [record for record in plain.records if record.seen.kind == "sender-frames"]
    blobs = dict(plain.blobs)
    records = list(plain.records)
    for record in tapped:
        assert isinstance(record.seen, SenderFrames)
        frames = unpack_frames(blobs[record.seen.blob.path])[:-3]
        blobs[record.seen.blob.path] = pack_frames(frames)
        update = {"seen": record.seen.model_copy(update={"frames": len(frames)})}
        records[records.index(record)] = record.model_copy(update=update)
    judged = outcomes(judge(CATALOGUE, Evidence(records, blobs)))
    assert judged["E01"] is Outcome.FAIL
    assert judged["E03"] is judged["C02"] is judged["K12"] is Outcome.NOT_APPLICABLE


def test_a_part_of_the_encoders_bytes_is_not_called_the_whole() -> None:
    def half(frames: list[Frame]) -> list[Frame]:
        plain = {frame.timestamp: frame.data for frame in encoder}
        return [Frame(frame.timestamp, frame.at, plain[frame.timestamp][:20] + frame.data[20:]) for frame in frames]

    clean = render(clean_run())
    encoder = unpack_frames(clean.blobs["sent-kernen-1-clerk-video-app-before"])
    finding = repacked("E01", ServerFrames, half, call="kernen-1", party="clerk", media="video")
    assert finding.sentence.en == (
        "The media server held 40 of 40 video frames of the clerk with 16 or more bytes of the encoder's in them "
        "(call kernen-1)."
    )


def test_first_frames_of_unknown_origin_are_no_proof() -> None:
    def unknown(frames: list[Frame]) -> list[Frame]:
        return [Frame(frame.timestamp, frame.at, frame.data[::-1]) for frame in frames[:2]] + frames[2:]

    finding = repacked("E03", ServerFrames, unknown, call="kernen-1", party="clerk", media="video")
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert finding.sentence.en == (
        "Not judged: the tap in the browser did not know the first 2 frames: the clerk's video in call kernen-1."
    )


def test_a_connection_without_video_is_half_the_evidence() -> None:
    def change(run: RunPlan) -> None:
        run.calls[0].streams.remove(stream(run, "winterbach-1", "citizen", "video", segment=1))

    finding = planned("E01", change)
    assert finding.sentence.en == (
        "Not judged: the media server's frames are missing: the citizen's video in call winterbach-1, connection 2."
    )


def test_clear_first_frames_after_reconnect_are_named_so() -> None:
    def change(run: RunPlan) -> None:
        stream(run, "winterbach-1", "citizen", "audio", segment=1).ways[:1] = [Way.BARE]

    finding = planned("E03", change)
    assert finding.outcome is Outcome.FAIL
    assert finding.sentence.en == (
        "The first audio frame of the citizen after reconnecting reached the media server in the clear "
        "(call winterbach-1)."
    )
    assert finding.sentence.de == (
        "Der erste Audio-Frame der Bürgerseite nach dem Wiederverbinden kam unverschlüsselt beim Medienserver an "
        "(Gespräch winterbach-1)."
    )


@pytest.mark.parametrize(("score", "outcome"), [(0.34, Outcome.PASS), (0.35, Outcome.FAIL)])
def test_speech_counts_as_recognised_from_the_threshold_on(score: float, outcome: Outcome) -> None:
    where = {"call": "kernen-1", "party": "clerk", "media": "audio", "place": "sfu-keyless"}
    assert recorded("E02", Recognition, {"score": score}, **where).outcome is outcome


@pytest.mark.parametrize(
    ("place", "update", "english"),
    [
        ("sfu-with-keys", {"score": 0.59}, "the positive control with the participants' keys failed: "),
        ("sfu-with-keys", {"place": "glass"}, "the positive control with the participants' keys is missing: "),
        ("sfu-keyless", {"looked": 0}, "the search without a key is missing: "),
        ("sfu-keyless", {"score": None}, "the search without a key is missing: "),
        ("sfu-keyless", {"part": "early"}, "the search without a key is missing: "),
    ],
)
def test_silence_of_a_decoder_without_positive_control_proves_nothing(
    place: str, update: dict[str, object], english: str
) -> None:
    finding = recorded("E02", Recognition, update, call="kernen-1", party="clerk", media="audio", place=place)
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert finding.sentence.en == f"Not judged: {english}the clerk's audio in call kernen-1."


def test_transform_that_drops_frames_is_counted() -> None:
    def change(run: RunPlan) -> None:
        stream(run, "kernen-1", "citizen", "video").ways[10:13] = [Way.SWALLOWED] * 3

    finding = planned("E12", change)
    assert finding.outcome is Outcome.FAIL
    assert finding.sentence.en == (
        "The citizen's video in call kernen-1: 40 frames went into the transform, 37 came out and the media server "
        "held 37."
    )


def test_two_frames_on_their_way_are_tolerated() -> None:
    def change(run: RunPlan) -> None:
        stream(run, "kernen-1", "citizen", "video").ways[10:12] = [Way.SWALLOWED] * 2

    assert planned("E12", change).outcome is Outcome.PASS


def test_frames_that_never_come_back_are_counted() -> None:
    left = tuple(index for index in range(60) if not 20 <= index < 30)
    finding = recorded("E12", ReceiverFrames, {"after": left}, call="kernen-1", party="clerk", media="audio")
    assert finding.outcome is Outcome.FAIL
    assert finding.sentence.en == (
        "The citizen's audio in call kernen-1: the media server held 60 frames, 60 reached the transform of the clerk "
        "and 50 left it."
    )


def test_receiver_that_opens_nothing_is_counted() -> None:
    finding = recorded("E12", ReceiverFrames, {"after": ()}, call="kernen-1", party="clerk", media="audio")
    assert finding.outcome is Outcome.FAIL
    assert "and 0 left it" in finding.sentence.en


@pytest.mark.parametrize(("call", "outcome"), [("winterbach-1", Outcome.PASS), ("kernen-1", Outcome.FAIL)])
def test_only_a_receiver_that_reconnected_may_miss_what_was_sent_meanwhile(call: str, outcome: Outcome) -> None:
    where = {"call": call, "party": "citizen", "media": "audio"}
    [whole] = [found.seen for found in render(clean_run()).of(ReceiverFrames, call=call, party="citizen")][:1]
    before = whole.before[:20] + whole.before[40:]
    finding = recorded("E12", ReceiverFrames, {"before": before, "after": tuple(range(len(before)))}, **where)
    assert finding.outcome is outcome
