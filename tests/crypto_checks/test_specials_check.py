"""E07: what is on the list may pass, what is not may not, whoever made it; and what is another check's stays there."""

from collections.abc import Callable

import pytest

from crypto_checks.catalogue import by_id
from harness.model.evidence import Evidence
from harness.model.observations import Declared, FramesAttacked, OpenedFrames, ServerFrames
from harness.model.outcome import Outcome
from harness.model.verdict import Finding
from harness.wire.frames import Frame, pack_frames, unpack_frames
from harness.wire.specials import SILENCE
from tests.crypto_checks.changing import clean_evidence, planned, recorded
from tests.flaws.attacks import accepting
from tests.flaws.beside import EXTRAS
from tests.flaws.plan import RunPlan, Way
from tests.flaws.seeded import FLAWS
from tests.flaws.seeded_beside import alter

WHERE = {"call": "kernen-1", "party": "clerk", "media": "audio"}


def silent(way: Way, *calls: str) -> Callable[[RunPlan], None]:
    """Six frames of silence in each stream of sound of the calls, which went that way."""

    def change(run: RunPlan) -> None:
        for stream in run.streams():
            if stream.media == "audio" and stream.call in calls:
                stream.silent = range(12, 18)
                stream.ways[12:18] = [way] * 6

    return change


def declaring(*frames: str) -> Callable[[RunPlan], None]:
    return alter(Declared, {"clear_frames": frames})


def both(*changes: Callable[[RunPlan], None]) -> Callable[[RunPlan], None]:
    def change(run: RunPlan) -> None:
        for each in changes:
            each(run)

    return change


def held(data: bytes, key: int = -1) -> Finding:
    """What E07 says when frame 20 of the clerk's sound is another at the media server, and which key opened it."""
    clean = clean_evidence()
    blobs, records = dict(clean.blobs), list(clean.records)
    for index, record in enumerate(records):
        seen = record.seen
        if any(getattr(seen, name, None) != value for name, value in WHERE.items()):
            continue
        if isinstance(seen, ServerFrames):
            frames = unpack_frames(blobs[seen.blob.path])
            frames[20] = Frame(frames[20].timestamp, frames[20].at, data)
            blobs[seen.blob.path] = pack_frames(frames)
        if isinstance(seen, OpenedFrames):
            keys = (*seen.keys[:20], key, *seen.keys[21:])
            records[index] = record.model_copy(update={"seen": seen.model_copy(update={"keys": keys})})
    return by_id("E07").judge(Evidence(records, blobs))


def test_sealed_silence_is_as_it_should_be() -> None:
    finding = planned("E07", silent(Way.SEALED, "kernen-1"))
    assert finding.outcome is Outcome.PASS
    assert finding.sentence.en.startswith(
        "Of the 500 frames in 10 streams that the media server held no short one is in the clear; the encoders made 12 "
        "so short; of 2000 "
    )
    assert "so kurze erzeugten die Encoder 12-mal;" in finding.sentence.de


def test_silence_on_the_list_may_be_clear_and_slipped_in() -> None:
    finding = planned("E07", both(FLAWS["clear-silence"].change, declaring("f8fffe")))
    assert finding.outcome is Outcome.PASS
    assert finding.sentence.en == (
        "Of the 500 frames in 10 streams that the media server held no short one is in the clear but 30 that the "
        "target lists; the encoders made 30 so short."
    )
    assert "ist kein kurzer unverschlüsselt außer 30, die das Ziel angibt; so kurze" in finding.sentence.de


@pytest.mark.parametrize("listed", ["", "fcfffe", "f8ffff", "F8FFFE", "f8"])
def test_list_is_exact(listed: str) -> None:
    assert planned("E07", both(silent(Way.LEFT_ALONE, "kernen-1"), declaring(listed))).outcome is Outcome.FAIL


def test_silence_on_the_list_is_left_alone_by_other_checks_too() -> None:
    change = both(silent(Way.LEFT_ALONE, EXTRAS), declaring("f8fffe"))
    assert planned("E05", change).outcome is Outcome.PASS


@pytest.mark.parametrize("check", ["E01", "E03", "E05", "E11", "E12", "K10", "K11", "K12", "C07"])
def test_clear_silence_in_regular_calls_moves_no_other_check(check: str) -> None:
    assert planned(check, FLAWS["clear-silence"].change).outcome is Outcome.PASS


def test_clear_silence_that_regular_calls_do_not_show_is_still_seen() -> None:
    change = silent(Way.LEFT_ALONE, EXTRAS)
    assert planned("E07", change).outcome is Outcome.PASS
    finding = planned("E05", change)
    assert finding.outcome is Outcome.FAIL
    assert "held 6 of 60 audio frames" in finding.sentence.en


def test_silence_that_is_sent_before_a_key_is_there_is_still_seen() -> None:
    def change(run: RunPlan) -> None:
        for stream in run.streams(fault="key-withheld"):
            if stream.media == "audio":
                stream.silent, stream.ways = range(60), [Way.FORWARDED] * 60

    assert planned("K12", change).outcome is Outcome.FAIL


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (SILENCE, "mostly f8fffe, silence;"),
        (b"\xfc\xff\xfe", "mostly fcfffe, silence;"),
        (b"\x78", "mostly 78, a pause;"),
        (b"", "mostly –, empty;"),
    ],
)
def test_silence_that_no_encoder_was_seen_to_make_is_in_the_clear_as_well(data: bytes, said: str) -> None:
    finding = held(data)
    assert finding.outcome is Outcome.FAIL
    assert finding.sentence.en.startswith("The media server held 1 of 60 audio frames of the clerk in the clear ")
    assert said in finding.sentence.en


def test_short_frame_that_a_key_opened_is_sealed() -> None:
    assert held(b"\x70", key=0).outcome is Outcome.PASS
    assert held(b"\x70\x01\x02\x03").outcome is Outcome.PASS  # and of some others nobody can know what they are


def test_nothing_is_judged_by_a_list_that_nobody_gave() -> None:
    change = both(FLAWS["clear-silence"].change, alter(Declared, {"clear_frames": None}))
    finding = planned("E07", change)
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert finding.sentence.en == ("Not judged: the target does not declare which short frames may be in the clear.")


def test_silence_slipped_in_is_tried_on_sound_only() -> None:
    finding = planned("E07", lambda run: None)
    assert finding.figures["slipped_in"] == 2000
    gone = recorded("E07", FramesAttacked, {"delivered": 0}, attack="silence", party="clerk")
    assert gone.outcome is Outcome.INCONCLUSIVE
    assert gone.sentence.en.endswith("no frames of silence in the clear were delivered: audio on the clerk's page, "
                                     "call winterbach-7.")  # fmt: skip


def test_page_that_passes_every_plain_frame_on_is_left_to_c07() -> None:
    change = accepting(plain=(0, 1000, 0), silence=(0, 1000, 0))
    assert planned("E07", change).outcome is Outcome.PASS
    assert planned("C07", change).outcome is Outcome.FAIL
    assert planned("C07", accepting(silence=(0, 1000, 0))).outcome is Outcome.PASS


def test_medium_that_leaks_is_left_to_e01_with_its_silence() -> None:
    finding = planned("E07", both(silent(Way.SEALED, "winterbach-1", "kernen-1"), FLAWS["plain-audio"].change))
    assert finding.outcome is Outcome.PASS
    assert finding.sentence.en.startswith("Of the 200 frames in 5 streams (audio: E01 judges that) that the media ")
    assert "(Audio beurteilt E01)" in finding.sentence.de


def test_silence_in_a_clear_beginning_is_left_to_e03() -> None:
    change = both(silent(Way.SEALED, "winterbach-1", "kernen-1"), FLAWS["late-transform"].change)

    def begins(run: RunPlan) -> None:
        change(run)
        for stream in run.streams(fault=""):
            stream.silent = range(3, 6) if stream.media == "audio" else range(0)

    assert planned("E07", begins).outcome is Outcome.PASS
    assert planned("E03", begins).outcome is Outcome.FAIL


def test_whole_stream_of_silence_is_judged() -> None:
    def change(run: RunPlan) -> None:
        for stream in run.streams(fault=""):
            if (stream.call, stream.party, stream.media) == ("kernen-1", "clerk", "audio"):
                stream.silent, stream.ways = range(60), [Way.LEFT_ALONE] * 60

    finding = planned("E07", change)
    assert finding.outcome is Outcome.FAIL
    assert "held 60 of 60 audio frames of the clerk" in finding.sentence.en
