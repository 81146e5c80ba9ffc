"""E05, E08, E09, K07, K09 and A03 at their edges: unknown streams, what others judge, controls."""

import pytest

from crypto_checks.catalogue import by_id
from harness.model.evidence import Evidence
from harness.model.observations import (
    CanaryText,
    Displayed,
    Hit,
    KeySeen,
    MediaReceivers,
    Recognition,
    SearchResult,
    SenderFrames,
    ServerFrames,
    TextChannel,
    TrackChange,
)
from harness.model.outcome import Outcome
from tests.crypto_checks.changing import clean_evidence, planned, recorded, repacked
from tests.flaws.beside import EXTRAS, key_id
from tests.flaws.plan import RunPlan, Way
from tests.flaws.seeded import bare_audio
from tests.flaws.seeded_beside import clear_after_unmute, plain_screen

SCREEN = {"call": EXTRAS, "party": "clerk", "media": "screen"}


def test_stream_of_which_the_senders_page_knows_nothing_fails() -> None:
    clean = clean_evidence()
    records = [
        record
        for record in clean.records
        if not (isinstance(record.seen, SenderFrames) and record.seen.call == EXTRAS and record.seen.media == "screen")
    ]
    finding = by_id("E05").judge(Evidence(records, clean.blobs))
    assert finding.outcome is Outcome.FAIL
    assert finding.sentence.en == (
        f"A stream at the media server is unknown to its sender: 30 screen frames of the clerk (call {EXTRAS})."
    )
    assert finding.sentence.de == (
        f"Ein Strom am Medienserver ist der sendenden Seite unbekannt: 30 Bildschirm-Frames der Amtsseite (Gespräch "
        f"{EXTRAS})."
    )


def test_stream_is_not_unknown_where_the_tap_in_the_page_saw_nothing_at_all() -> None:
    clean = clean_evidence()
    records = [
        record
        for record in clean.records
        if not (isinstance(record.seen, SenderFrames) and record.seen.call == EXTRAS and record.seen.party == "clerk")
    ]
    finding = by_id("E05").judge(Evidence(records, clean.blobs))
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert f"the encoder's frames are missing: the clerk's audio in call {EXTRAS}" in finding.sentence.en


def test_clear_frames_are_found_without_any_regular_call() -> None:
    def change(run: RunPlan) -> None:
        clear_after_unmute(run)
        run.calls = [call for call in run.calls if call.focus]

    assert planned("E05", change).outcome is Outcome.FAIL


def test_clear_beginning_of_a_screen_fails_where_regular_calls_begin_sealed() -> None:
    def change(run: RunPlan) -> None:
        for stream in run.streams():
            if stream.media == "screen":
                stream.ways[:4] = [Way.BARE] * 4

    finding = planned("E05", change)
    assert finding.outcome is Outcome.FAIL
    assert "held 4 of 30 screen frames of the clerk in the clear" in finding.sentence.en


def test_medium_that_leaks_in_regular_calls_is_left_to_e01_and_said_so() -> None:
    finding = planned("E05", bare_audio)
    assert finding.outcome is Outcome.PASS
    assert finding.sentence.en.endswith("1 shared screen and 1 unmuted track (audio: E01 judges that).")
    assert finding.sentence.de.endswith(
        "1 geteilter Bildschirm und 1 wieder eingeschaltete Spur (Audio beurteilt E01)."
    )


def test_plain_screen_is_found_beside_plain_audio() -> None:
    def change(run: RunPlan) -> None:
        bare_audio(run)
        plain_screen(run)

    finding = planned("E05", change)
    assert finding.outcome is Outcome.FAIL
    assert "30 of 30 screen frames" in finding.sentence.en


def test_nothing_after_an_unmute_is_no_proof() -> None:
    finding = recorded("E05", TrackChange, {"at": 9999.0}, change="unmuted")
    assert finding.sentence.en == (
        f"Not judged: after unmuting nothing reached the media server: the citizen's audio in call {EXTRAS}."
    )
    assert finding.sentence.de == (
        "Nicht beurteilt: nach dem Aufheben der Stummschaltung kam nichts am Medienserver an: Audio der Bürgerseite "
        f"im Gespräch {EXTRAS}."
    )


def test_tap_that_saw_half_of_the_screen_is_no_proof() -> None:
    finding = repacked("E05", SenderFrames, lambda frames: frames[:12], **SCREEN, stage="before")
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "saw only 12 of the 30 frames" in finding.sentence.en


def test_extras_do_not_move_the_checks_of_regular_calls() -> None:
    def change(run: RunPlan) -> None:
        for call in run.calls:
            if call.focus:
                call.streams, call.keys = [], False
                call.sdp, call.srtp_cipher = "", "NULL"

    for check in ("E01", "E02", "E03", "E12", "C02", "K04", "K07", "K08", "K12", "T01", "T02", "T03"):
        assert planned(check, change).outcome is Outcome.PASS, check


def test_what_is_sought_beside_keys_moves_no_check_on_keys() -> None:
    hit = {"hits": ({"key_id": "ab", "encoding": "raw", "where": "x"},)}
    for subject in ("texts", "names", "secrets"):
        for check in ("K07", "K08", "E09"):
            assert recorded(check, SearchResult, hit | {"control_found": 0}, subject=subject).outcome is Outcome.PASS


def test_text_that_arrived_nowhere_proves_nothing() -> None:
    finding = recorded("E08", CanaryText, {"arrived": ("citizen",)}, what="chat")
    assert finding.sentence.en == f"Not judged: the text of the chat arrived on no other page, call {EXTRAS}."
    assert finding.sentence.de == (
        f"Nicht beurteilt: der Text des Chats kam auf keiner anderen Seite an, Gespräch {EXTRAS}."
    )


def test_memory_may_know_only_the_texts_of_its_moment() -> None:
    one = {"keys": (key_id("form"),)}
    assert recorded("E08", SearchResult, one, subject="texts", place="memory").outcome is Outcome.PASS
    finding = recorded("E08", SearchResult, one, subject="texts", place="log")
    assert finding.sentence.en == f"Not judged: 3 of 4 texts were not searched for in the logs, call {EXTRAS}."


def test_texts_and_pictures_are_told_together() -> None:
    def change(run: RunPlan) -> None:
        for index, seen in enumerate(run.beside):
            if isinstance(seen, SearchResult) and (seen.subject, seen.place) == ("texts", "http"):
                hits = tuple({"key_id": key_id(name), "encoding": "raw", "where": "x"} for name in ("form", "chat"))
                run.beside[index] = SearchResult.model_validate(seen.model_dump() | {"hits": hits})
            if isinstance(seen, Recognition) and seen.party == "guest":
                run.beside[index] = seen.model_copy(update={"found": 1})

    finding = planned("E08", change)
    assert finding.sentence.en == (
        "Text of the form and text of the chat were readable to servers: in the web requests; 1 picture of the guest "
        "was uploaded to a server and recognised there."
    )
    assert finding.sentence.de == (
        "Text des Formulars und Text des Chats waren für Server lesbar: in den Webanfragen; 1 Bild der Gastseite wurde "
        "auf einen Server hochgeladen und dort erkannt."
    )


def test_holder_of_a_key_whom_no_page_displays_fails() -> None:
    finding = recorded("E09", KeySeen, {"party": "recorder"}, call=EXTRAS, party="guest")
    assert finding.outcome is Outcome.FAIL
    assert (
        finding.sentence.en
        == f"A key of call {EXTRAS} is held by the party “recorder”, whom no page displays as present."
    )
    assert finding.sentence.de == (
        f"Ein Schlüssel des Gesprächs {EXTRAS} liegt bei der Seite „recorder“, die auf keiner Seite als anwesend "
        "erscheint."
    )


@pytest.mark.parametrize(
    ("kind", "update", "where", "sentence"),
    [
        (
            MediaReceivers,
            {"forwarders": 1},
            {"party": "clerk", "moment": 1},
            "The media of the clerk was forwarded by the media server to 1 more place",
        ),
        (
            MediaReceivers,
            {"receivers": ("clerk", "guest")},
            {"party": "citizen", "moment": 1},
            (
                "The media of the citizen went from the media server also to the guest, whom not every "
                "page displays as present"
            ),
        ),
        (
            MediaReceivers,
            {"receivers": ()},
            {"party": "citizen", "moment": 1},
            "The media of the citizen did not go to the clerk, although every page displays them as present",
        ),
        (
            Displayed,
            {"people": ("citizen", "clerk", "guest")},
            {"party": "citizen", "moment": 1},
            "The pages do not display the same people as present",
        ),
    ],
)
def test_each_way_to_take_part_unseen_is_told(
    kind: type[MediaReceivers] | type[Displayed], update: dict[str, object], where: dict[str, object], sentence: str
) -> None:
    finding = recorded("K09", kind, update, **where)
    assert finding.outcome is Outcome.FAIL
    assert finding.sentence.en == f"{sentence} (call {EXTRAS}, moment 1)."


@pytest.mark.parametrize(
    ("update", "english", "german"),
    [
        ({"arrived": False}, "did not arrive at the clerk", "kam bei der Amtsseite nicht an"),
        ({"by_keyboard": False}, "could not be written by keyboard", "ließ sich nicht mit der Tastatur schreiben"),
    ],
)
def test_each_way_a_text_channel_fails_is_told(update: dict[str, object], english: str, german: str) -> None:
    finding = recorded("A03", TextChannel, update, what="caption")
    assert finding.sentence.en == f"A caption of the citizen {english} (call {EXTRAS})."
    assert finding.sentence.de == f"Ein Untertitel der Bürgerseite {german} (Gespräch {EXTRAS})."


def test_damaged_screen_is_missing_evidence() -> None:
    finding = recorded("E05", ServerFrames, {"frames": 7}, media="screen")
    assert finding.outcome is Outcome.INCONCLUSIVE


def test_key_beside_the_recordings_of_any_call_fails_k07_and_e09() -> None:
    hit = {"hits": (Hit(key_id="ab", encoding="base64", where="citizen.key"),), "control_found": 0}
    for check in ("K07", "E09"):
        assert recorded(check, SearchResult, hit, place="recorder").outcome is Outcome.FAIL
    assert recorded("K08", SearchResult, hit, place="recorder").outcome is Outcome.PASS


def test_blind_search_beside_the_recordings_proves_nothing() -> None:
    finding = recorded("E09", SearchResult, {"control_found": 0}, place="recorder")
    assert finding.sentence.en == (
        "Not judged: the search in the server's recordings did not find its own control mark (the recorder of "
        f"{EXTRAS}), call {EXTRAS}."
    )
    # A regular call is judged by K07: its recordings need no search, but one that was made has to be able to see.
    moved = recorded("K07", SearchResult, {"control_found": 0, "call": "kernen-1"}, place="recorder")
    assert moved.outcome is Outcome.INCONCLUSIVE


def test_screen_that_shares_the_cameras_counter_repeats_it() -> None:
    def change(run: RunPlan) -> None:
        for stream in run.streams():
            if stream.media == "screen":
                stream.first_counter = 200

    finding = planned("C02", change)
    assert finding.outcome is Outcome.FAIL
    assert finding.sentence.en.startswith("30 times a key encrypted with a counter that it had used before")
