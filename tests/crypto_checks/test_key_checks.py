"""C02, K04, K07, K08, K12 at their edges: grace, unknown origins, controls, fragments, partial searches."""

import pytest

from harness.model.observations import CallFact, Hit, KeySeen, LinkSeen, OpenedFrames, SearchResult, TapStatus
from harness.model.outcome import Outcome
from tests.crypto_checks.changing import planned, recorded
from tests.flaws.beside import key_id
from tests.flaws.plan import RunPlan, Way
from tests.flaws.seeded import plain_media


def test_no_key_in_a_plain_run_is_not_applicable() -> None:
    def change(run: RunPlan) -> None:
        plain_media(run)
        for call in run.calls:
            call.keys = False

    for check in ("K04", "K07", "K08"):
        finding = planned(check, change)
        assert finding.outcome is Outcome.NOT_APPLICABLE
        assert finding.sentence.en == (
            "No frame of this run was encrypted, so there is no key that could be found; E01 judges that."
        )


def test_no_key_in_a_sealed_run_is_inconclusive() -> None:
    def change(run: RunPlan) -> None:
        for call in run.calls:
            call.keys = False

    for check in ("K04", "K07", "K08"):
        finding = planned(check, change)
        assert finding.outcome is Outcome.INCONCLUSIVE
        assert "no key was recorded in call winterbach-1" in finding.sentence.en


def test_keys_that_open_too_little_prove_nothing_about_counters() -> None:
    keys = (0,) * 59 + (-1,)
    finding = recorded("C02", OpenedFrames, {"keys": keys}, call="kernen-1", party="clerk", media="audio")
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert finding.sentence.en == (
        "Not judged: the keys recorded open only 98.3 % of the sealed frames: the clerk's audio in call kernen-1."
    )


@pytest.mark.parametrize("update", [{"keys": (7,) * 60}, {"ctrs": (1,)}])
def test_malformed_columns_are_missing_evidence(update: dict[str, object]) -> None:
    finding = recorded("C02", OpenedFrames, update, call="kernen-1", party="clerk", media="audio")
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "the keys recorded open only 0.0 %" in finding.sentence.en


def test_counter_repeated_between_fault_call_and_regular_call_is_found() -> None:
    def change(run: RunPlan) -> None:
        for stream in run.streams(fault="worker-killed"):
            stream.key = f"key of the {stream.party} in kernen-1"

    finding = planned("C02", change)
    assert finding.outcome is Outcome.FAIL
    assert finding.sentence.en == (
        "140 times a key encrypted with a counter that it had used before (first in call kernen-1: KID 7, CTR 0)."
    )


def test_page_keys_in_two_calls_are_not_media_keys() -> None:
    finding = recorded("K04", KeySeen, {"key_id": "00" * 8}, scope="page")
    assert finding.outcome is Outcome.PASS


def test_one_regular_call_says_nothing_about_two_appointments() -> None:
    def change(run: RunPlan) -> None:
        del run.calls[1]

    finding = planned("K04", change)
    assert finding.sentence.en == "Not judged: two regular calls are needed for this."


@pytest.mark.parametrize("place", ["http", "url", "websocket", "mail", "log", "database", "memory"])
def test_search_without_its_control_proves_nothing(place: str) -> None:
    finding = recorded("K07", SearchResult, {"control_found": 0}, call="kernen-1", place=place)
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert f"did not find its own control mark (the {place} of kernen-1), call kernen-1." in finding.sentence.en


def test_search_for_some_of_the_keys_proves_nothing() -> None:
    one = (key_id("key of the clerk in kernen-1"),)
    finding = recorded("K07", SearchResult, {"keys": one}, call="kernen-1", place="log")
    assert finding.sentence.en == "Not judged: 1 of 2 keys were not searched for in the logs, call kernen-1."
    # Memory is a snapshot: a key made after it cannot be in it.
    assert recorded("K07", SearchResult, {"keys": one}, call="kernen-1", place="memory").outcome is Outcome.PASS
    assert recorded("K07", SearchResult, {"keys": ()}, call="kernen-1", place="memory").outcome is Outcome.INCONCLUSIVE


def test_hit_outweighs_a_blind_search() -> None:
    hit = Hit(key_id="ab", encoding="hex", where="<script>alert(1)</script>")
    update = {"hits": (hit,), "control_found": 0}
    finding = recorded("K07", SearchResult, update, call="kernen-1", place="memory")
    assert finding.outcome is Outcome.FAIL
    assert finding.sentence.en == "1 key was where servers can read: in the servers' memory (hex)."


def test_secret_of_a_link_that_a_mail_gateway_rewrites_travels() -> None:
    def change(run: RunPlan) -> None:
        run.calls[1].fragment = ("k",)
        run.calls[1].hits["mail-rewritten"] = [Hit(key_id="ab", encoding="base64url", where="mail 1")]

    finding = planned("K08", change)
    assert finding.outcome is Outcome.FAIL
    assert finding.sentence.en == (
        "A secret in an address travelled to the server: found in the mails' rewritten links (base64url)."
    )


def test_query_names_are_told_with_a_hit() -> None:
    def change(run: RunPlan) -> None:
        run.calls[1].hits["url"] = [Hit(key_id="ab", encoding="raw", where="request line")]

    assert "; the link's query carried" not in planned("K08", change).sentence.en
    finding = recorded("K08", SearchResult, {"hits": (Hit(key_id="ab", encoding="raw", where="x"),)}, place="url")
    assert finding.outcome is Outcome.FAIL


def test_fragment_that_stayed_in_the_browser_passes() -> None:
    finding = recorded("K08", LinkSeen, {"fragment": ("k",)})
    assert finding.outcome is Outcome.PASS
    assert finding.sentence.en == (
        "2 invitation links: what their fragments carried stayed in the browser, even with # rewritten to %23."
    )


def test_frames_on_their_way_when_the_worker_died_are_forgiven() -> None:
    def change(run: RunPlan, late: int = 0) -> None:
        for stream in run.streams(fault="worker-killed"):
            if (stream.party, stream.media) == ("citizen", "audio"):
                begin = 25 + late  # frame 25 arrives 0.02 s after the worker died
                stream.ways[begin : begin + 5] = [Way.BARE] * 5

    assert planned("K12", change).outcome is Outcome.PASS
    assert planned("K12", lambda run: change(run, late=20)).outcome is Outcome.FAIL


def test_frames_of_unknown_origin_after_a_fault_are_no_proof() -> None:
    def change(run: RunPlan) -> None:
        for stream in run.streams(fault="key-withheld"):
            if (stream.party, stream.media) == ("citizen", "audio"):
                stream.ways[30:] = [Way.UNKNOWN] * 30

    finding = planned("K12", change)
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert finding.sentence.en == (
        "Not judged: the origin of 30 frames after the fault is unknown: the citizen's audio in call winterbach-4."
    )


def test_tap_that_says_nothing_in_a_fault_call_is_no_proof() -> None:
    finding = recorded("K12", TapStatus, {"vantage": "glass"}, call="winterbach-4", vantage="sfu")
    assert finding.sentence.en == "Not judged: the tap at the media server says nothing, call winterbach-4."


@pytest.mark.parametrize("fault", ["worker-killed", "script-blocked", "key-withheld"])
def test_fault_that_was_never_tried_is_named(fault: str) -> None:
    def change(run: RunPlan) -> None:
        run.calls = [call for call in run.calls if call.fault != fault]

    finding = planned("K12", change)
    assert finding.sentence.en == f"Not judged: no call with the fault “{fault.replace('-', ' ')}”."


def test_worker_killed_before_anything_was_sent_is_no_proof() -> None:
    finding = recorded("K12", CallFact, {"fault_at": 1199.0}, fault="worker-killed")
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert finding.sentence.en == (
        "Not judged: before the fault there was no audio of the citizen, call winterbach-2; and 3 more gaps."
    )


def test_fault_without_a_time_is_no_proof() -> None:
    finding = recorded("K12", CallFact, {"fault_at": None}, fault="script-blocked")
    assert finding.sentence.en == "Not judged: the time of the fault is missing, call winterbach-3."


def test_blocked_script_that_leaves_the_page_sending_is_found() -> None:
    def change(run: RunPlan) -> None:
        for call in run.calls:
            if call.fault == "script-blocked":
                call.streams = [stream for stream in run.calls[0].streams if not stream.segment][:1]
                call.streams[0].call, call.streams[0].began = call.name, call.began
                call.streams[0].ways = [Way.BARE] * 60
        run.calls[0].streams = run.calls[0].streams[1:]

    finding = planned("K12", change)
    assert finding.outcome is Outcome.FAIL
    assert finding.sentence.en == (
        "Although its encryption script was blocked the citizen's page went on sending: 60 clear audio frames "
        "reached the "
        "server (call winterbach-3)."
    )
