"""The checks of the frame cipher on evidence in which one thing is otherwise."""

import pytest

from harness.model.observations import Declared, FrameForm, OpenedFrames
from harness.model.outcome import Outcome
from harness.wire.frame_profiles import PROFILES
from tests.crypto_checks.changing import clean_evidence, planned, recorded
from tests.flaws.plan import RunPlan, StreamPlan, Way
from tests.flaws.sealing import CIPHER, sealed_with

CLEAN_STREAM = {"call": "kernen-1", "party": "clerk", "media": "audio"}


def opened() -> OpenedFrames:
    """What was opened of one stream of the clean run."""
    return next(
        found.seen
        for found in clean_evidence().of(OpenedFrames, call="kernen-1", party="clerk")
        if found.seen.media == "audio"
    )


def test_one_clear_byte_in_every_frame_is_more_than_none() -> None:
    finding = planned("E04", sealed_with(clear=1))
    assert finding.outcome is Outcome.FAIL
    assert finding.figures["frames_with_more"] == 500
    assert finding.sentence.en.startswith("60 of 60 encrypted frames show up to ")
    assert "where the target declares 0: the citizen's audio in call winterbach-1" in finding.sentence.en


def test_a_single_frame_with_a_clear_head_is_seen() -> None:
    def one_stream(run: RunPlan) -> None:
        run.regular[0].streams[0].seal.clear = 20
        run.regular[0].streams[0].ways[1:] = [Way.SWALLOWED] * 59

    finding = planned("E04", one_stream)
    assert (finding.outcome, finding.figures["frames_with_more"]) == (Outcome.FAIL, 1)


@pytest.mark.parametrize(("clear", "outcome"), [(0, "pass"), (1, "pass"), (2, "fail"), (12, "fail")])
def test_a_product_may_show_as_many_bytes_as_its_profile_says(clear: int, outcome: str) -> None:
    def as_a_product(run: RunPlan) -> None:
        told = PROFILES["livekit"].clear
        update = {"clear_bytes": (told.key_frame, told.delta_frame, told.audio)}
        run.beside = [seen.model_copy(update=update) if isinstance(seen, Declared) else seen for seen in run.beside]
        sealed_with(clear=clear)(run)

    finding = planned("E04", as_a_product)
    assert finding.outcome == outcome
    assert finding.sentence.en.startswith(
        "500 encrypted frames in 10 streams: no more bytes at their head are clear than declared (10, 3, 1)."
        if outcome == "pass"
        else "60 of 60 encrypted frames show up to "
    )


def test_what_the_target_does_not_declare_is_not_taken_for_none() -> None:
    finding = recorded("E04", Declared, {"clear_bytes": None})
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert finding.sentence.en == "Not judged: the target does not declare which bytes of its frames are clear."


def test_without_anything_that_repeats_block_patterns_are_not_judged() -> None:
    def unique(run: RunPlan) -> None:
        for stream in run.streams():
            stream.ways = [Way.SWALLOWED if index % 10 == 5 else way for index, way in enumerate(stream.ways)]

    finding = planned("C08", unique)
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert finding.sentence.en.startswith("Not judged: nothing came twice in picture or sound")


def test_a_pattern_in_one_stream_is_enough() -> None:
    def one_stream(run: RunPlan) -> None:
        run.regular[1].streams[0].seal.blocks = True

    finding = planned("C08", one_stream)
    assert (finding.outcome, finding.figures["repeats"]) == (Outcome.FAIL, 15)


@pytest.mark.parametrize("check", ["C01", "C02", "C03", "C05", "C10"])
@pytest.mark.parametrize(
    "update",
    [
        {"keys": (0,)},
        {"formed": ()},
        {"forms": ()},
        {"formed": (3,) * 60},
        {"formed": (-1,) * 60},
        {"keys": (-1,) * 60, "formed": (-1,) * 60},
    ],
)
def test_columns_that_do_not_fit_are_missing_evidence(check: str, update: dict[str, object]) -> None:
    finding = recorded(check, OpenedFrames, update, **CLEAN_STREAM)
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert finding.sentence.en.startswith(
        "Not judged: the keys recorded open only 0.0 % of the sealed frames: the clerk's audio in call kernen-1"
    )


@pytest.mark.parametrize(
    ("tag", "closed", "outcome"),
    [
        (0, range(55, 60), Outcome.PASS),  # the last tenth of a second
        (0, range(20, 25), Outcome.INCONCLUSIVE),
        (16, range(55, 60), Outcome.INCONCLUSIVE),  # a tag says of each frame whether a key opens it
    ],
)
def test_end_of_a_stream_without_tags_need_not_be_known(tag: int, closed: range, outcome: Outcome) -> None:
    columns = {
        "keys": tuple(-1 if index in closed else 0 for index in range(60)),
        "formed": tuple(-1 if index in closed else 0 for index in range(60)),
        "forms": (FrameForm(suite="0005", tag_bytes=tag),),
    }
    assert recorded("C02", OpenedFrames, columns, **CLEAN_STREAM).outcome is outcome


def test_evidence_of_before_there_were_forms_says_nothing_of_tags_and_suites() -> None:
    former = {"forms": (), "formed": ()}
    for check in ("C05", "C10"):
        assert recorded(check, OpenedFrames, former, **CLEAN_STREAM).sentence.en == (
            "Not judged: the notes in what form the frames are sealed are missing: the clerk's audio in call kernen-1."
        )
    for check in ("C01", "C02", "C03"):
        assert recorded(check, OpenedFrames, former, **CLEAN_STREAM).outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("tag", "outcome"), [(0, "fail"), (7, "fail"), (8, "weak"), (15, "weak"), (16, "pass"), (32, "pass")]
)
def test_tags_are_judged_by_their_length(tag: int, outcome: str) -> None:
    form = FrameForm(suite="0005", tag_bytes=tag)
    assert recorded("C05", OpenedFrames, {"forms": (form,)}, **CLEAN_STREAM).outcome == outcome


@pytest.mark.parametrize(
    ("suite", "outcome"),
    [
        ("0001", "weak"),
        ("0002", "weak"),
        ("0003", "weak"),
        ("0004", "pass"),
        ("0005", "pass"),
        ("0006", "fail"),
        ("", "fail"),
    ],
)
def test_suites_are_judged_by_their_number(suite: str, outcome: str) -> None:
    form = FrameForm(suite=suite, tag_bytes=16)
    assert recorded("C10", OpenedFrames, {"forms": (form,)}, **CLEAN_STREAM).outcome == outcome


def test_a_form_that_no_frame_has_says_nothing() -> None:
    forms = (*opened().forms, FrameForm(suite="f001", tag_bytes=0))
    for check in ("C05", "C10"):
        assert recorded(check, OpenedFrames, {"forms": forms}, **CLEAN_STREAM).outcome is Outcome.PASS


@pytest.mark.parametrize("update", [{"kids": (8,) * 60}, {"ctrs": tuple(range(1, 61))}])
def test_a_header_must_be_that_of_the_numbers_that_opened_the_frame(update: dict[str, object]) -> None:
    finding = recorded("C01", OpenedFrames, update, **CLEAN_STREAM)
    assert (finding.outcome, finding.figures["headers_not_canonical"]) == (Outcome.FAIL, 60)


def test_a_key_of_two_people_in_two_calls_is_one_for_two_senders() -> None:
    finding = recorded(
        "C03",
        OpenedFrames,
        {"key_ids": opened().key_ids},
        call="winterbach-1",
        party="citizen",
        media="video",
        segment=1,
    )
    assert finding.outcome is Outcome.FAIL
    assert finding.figures["keys_of_two_senders"] == 1


def test_keystream_is_compared_between_calls() -> None:
    def one_key(run: RunPlan) -> None:
        pair: list[StreamPlan] = [call.streams[0] for call in run.regular]
        pair[1].key, pair[1].first_counter = pair[0].key, pair[0].first_counter + 30

    finding = planned("C09", one_key)
    assert finding.outcome is Outcome.FAIL
    assert "in call winterbach-1 and the citizen's audio in call kernen-1" in finding.sentence.en


def test_frames_of_unknown_content_are_a_gap_and_not_a_pass() -> None:
    def unseen(run: RunPlan) -> None:
        stream = run.regular[0].streams[0]
        stream.ways[20:40] = [Way.UNKNOWN] * 20

    for check in ("C08", "C09", "E04"):
        assert planned(check, unseen).outcome is Outcome.INCONCLUSIVE


@pytest.mark.parametrize(("first", "outcome"), [(55, Outcome.PASS), (54, Outcome.INCONCLUSIVE)])
def test_only_of_the_last_moment_a_page_may_have_kept_its_notes(first: int, outcome: Outcome) -> None:
    def clear_but_for_five(run: RunPlan) -> None:  # of which nobody knows what they are
        for stream in run.regular[1].streams:
            if stream.media == "audio":
                stream.ways = [Way.LEFT_ALONE] * 60
                stream.ways[first : first + 5] = [Way.UNKNOWN] * 5

    for check in ("C08", "C09", "E04"):
        assert planned(check, clear_but_for_five).outcome is outcome, check


def test_every_flaw_of_the_cipher_names_a_check_of_it() -> None:
    assert all(set(fails) | set(weak) for _, fails, weak in CIPHER.values())
