"""Certificates as pages and the media server tell of them, and fingerprints that are swapped on their way."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Error, Page

from harness.mitm.fingerprints import FingerprintMitm
from harness.targets.protocol import Observables
from harness.vantage.certificates import PageConnection, compared, connections_of, newly_taken, parse_connections
from harness.vantage.receivers import Snapshot
from harness.vantage.sfu import held_packets
from harness.wire.janus_admin import SfuHandle
from harness.wire.mjr import build_mjr
from tests.flaws.certificates import BETWEEN, JANUS, print_of
from tests.harness.test_sfu_tap import Recorded, packets

OWN, OTHERS = print_of("page"), print_of("other page")
SENDS = PageConnection(0, ("sends",), True, True, True, (OWN,), (JANUS,), JANUS, 40)


def sdp(fingerprint: str) -> str:
    return f"v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=fingerprint:sha-256 {fingerprint.lower()}\r\n"


SAID: dict[str, Any] = {
    "number": 0, "sends": True, "receives": False, "reached": True, "stood": True, "open": True,
    "own": sdp(OWN), "told": sdp(JANUS), "wire": JANUS.lower(), "packets": 40,
}  # fmt: skip


def handle(kind: Any, fingerprint: str, *, connected: bool = True) -> SfuHandle:
    return SfuHandle(kind, 3, 1, (1,), fingerprint, connected, JANUS)


class Says:
    """A page that answers every question alike."""

    def __init__(self, answer: object) -> None:
        self._answer = answer

    def evaluate(self, expression: str) -> object:
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


def test_connections_are_read_with_their_certificates() -> None:
    assert parse_connections(json.dumps([SAID])) == [SENDS]
    both = parse_connections(json.dumps([SAID | {"receives": True, "wire": "", "told": ""}]))
    assert both == [replace(SENDS, directions=("sends", "receives"), shown="", told=())]


@pytest.mark.parametrize(
    "answer",
    [None, "", "[", "{}", '[{"number": 0}]', json.dumps([SAID | {"packets": "many"}]), "[" * 5000, Error("closed")],
)
def test_page_that_says_nonsense_has_no_connections(answer: object) -> None:
    assert connections_of(cast(Page, Says(answer))) == []


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_hostile_page_is_no_crash(value: object) -> None:
    for name in SAID:
        parse_connections(json.dumps([SAID | {name: value}]))


def test_open_connections_are_compared_with_the_servers_word() -> None:
    server = Snapshot((handle("publisher", OWN), handle("subscriber", OTHERS)), {})
    [record] = compared("clerk", [SENDS, replace(SENDS, number=1, open=False)], server)
    assert (record.told, record.shown, record.own, record.packets) == ((JANUS,), JANUS, OWN, 40)
    assert (record.servers, record.met) == ((JANUS,), True)
    half = Snapshot((handle("publisher", OWN, connected=False),), {})
    assert [record.met for record in compared("clerk", [SENDS], half)] == [False]
    assert [(record.met, record.servers) for record in compared("clerk", [SENDS], None)] == [(None, ())]


def test_connections_that_the_server_has_taken_meanwhile_are_told_by_direction() -> None:
    stranger = handle("subscriber", BETWEEN)
    server = Snapshot((handle("publisher", OWN), stranger, handle("subscriber", OTHERS, connected=False)), {})
    assert newly_taken(server, [OWN]) == {"sends": set(), "receives": {BETWEEN}}
    assert newly_taken(server, []) == {"sends": {OWN}, "receives": {BETWEEN}}


def test_recorded_packets_are_counted_by_party_and_segment(tmp_path: Path) -> None:
    (tmp_path / "a1-citizen-0-audio-0.mjr").write_bytes(build_mjr("audio", "opus", 100.0, packets(3)))
    (tmp_path / "a1-citizen-0-video-0.mjr").write_bytes(build_mjr("video", "vp9", 100.0, packets(2)))
    (tmp_path / "a1-citizen-1-audio-0.mjr").write_bytes(b"")
    (tmp_path / "b2-clerk-0-audio-0.mjr").write_bytes(build_mjr("audio", "opus", 100.0, packets(4)))
    deployment = Recorded(Observables(recordings=tmp_path))
    assert held_packets(deployment, "a1") == {("citizen", 0): 5, ("citizen", 1): 0}
    assert not held_packets(Recorded(Observables()), "a1")


def test_fingerprints_are_swapped_for_one_party_and_one_way_only() -> None:
    mitm = FingerprintMitm({})
    message = json.dumps({"type": "offer", "sdp": sdp(JANUS)})
    assert mitm._change("clerk", "to-page", message) == message
    mitm.begins("clerk", "to-page")
    for party, way in (("citizen", "to-page"), ("clerk", "to-server")):
        assert mitm._change(party, cast(Any, way), message) == message
    assert mitm.swapped == 0
    changed = mitm._change("clerk", "to-page", message)
    assert changed is not None
    assert JANUS.lower() not in changed
    assert len(changed) == len(message)
    assert changed == mitm._change("clerk", "to-page", message)
    assert mitm._change("clerk", "to-page", '{"type": "ping"}') == '{"type": "ping"}'
    assert mitm.swapped == 2
    mitm.ends()
    assert mitm._change("clerk", "to-page", message) == message
