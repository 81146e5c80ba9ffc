"""What is written of a call's packets: counts that can be believed, or why there are none."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.call import Call
from harness.model.observations import TapStatus, WireTraffic
from harness.store import RunStore
from harness.targets.protocol import StreamName, WireTap
from harness.vantage.sfu import ServerStream
from harness.vantage.tapped import Tapped
from harness.vantage.wire import Capture
from harness.wire.frames import Frame
from harness.wire.mjr import build_mjr
from harness.wire.rtp import RtpPacket, build_rtp
from harness.writing.wire import write_wire
from tests.wire.test_pcap import capture, ethernet, ipv4, udp

SFU, BROWSER, ELSEWHERE = 20_000, 50_000, 40_004
SEALED = bytes((index * 37 + 11) % 256 for index in range(200))  # a frame as the server held it
HELD = [RtpPacket(98, number, 0, 1, SEALED[number : number + 120]) for number in range(10)]
SRTP = [build_rtp(packet._replace(payload=bytes(len(packet.payload)) + b"16 bytes of tag!")) for packet in HELD]


class Store:
    def __init__(self) -> None:
        self.seen: list[Any] = []

    def add(self, seen: Any) -> None:
        self.seen.append(seen)


def to_server(payload: bytes) -> bytes:
    return ethernet(ipv4(17, udp(BROWSER, SFU, payload)))


def away(payload: bytes) -> bytes:
    return ethernet(ipv4(17, udp(SFU, ELSEWHERE, payload)))


def written(tmp_path: Path, data: bytes, trouble: str = "") -> list[Any]:
    recordings = tmp_path / "recordings"
    recordings.mkdir()
    (recordings / "stream.mjr").write_bytes(build_mjr("video", "vp9", 0.0, [(0.0, packet) for packet in HELD]))
    wire = Capture(WireTap("lo", (), ()), tmp_path / "call.pcap", trouble=trouble, ports={SFU})
    wire.file.write_bytes(data)
    call = SimpleNamespace(
        label="winterbach-1",
        wire=wire,
        appointment=SimpleNamespace(id="a"),
        people={"citizen": SimpleNamespace(tapped=Tapped())},
        deployment=SimpleNamespace(
            observables=SimpleNamespace(recordings=recordings),
            stream_of=lambda file: StreamName("a", "citizen", 0),
        ),
    )
    store = Store()
    streams = [ServerStream("citizen", "video", 0, "vp9", [Frame(0, 0.0, SEALED)], 0)]
    write_wire(cast(RunStore, store), cast(Call, call), streams)
    assert trouble or not wire.file.exists(), "the capture is not kept"
    return store.seen


def test_sealed_packets_are_matched_and_none_is_readable(tmp_path: Path) -> None:
    tap, seen = written(tmp_path, capture(*map(to_server, SRTP)))
    assert (tap.vantage, tap.state) == ("wire", "ok")
    assert isinstance(seen, WireTraffic)
    assert (seen.held, seen.matched, seen.compared, seen.readable, seen.readable_to) == (10, 10, 10, 0, ())
    assert seen.kinds["rtp"] == seen.packets == 10


def test_copy_without_srtp_is_readable_and_its_way_is_named(tmp_path: Path) -> None:
    copies = [away(build_rtp(packet)) for packet in HELD[:4]]
    _, seen = written(tmp_path, capture(*map(to_server, SRTP), *copies))
    assert (seen.readable, seen.readable_to, seen.matched) == (4, (f"10.1.2.3:{ELSEWHERE}",), 10)


def test_wire_that_saw_little_says_so(tmp_path: Path) -> None:
    _, seen = written(tmp_path, capture(*map(to_server, SRTP[:3])))
    assert (seen.held, seen.matched) == (10, 3)


def test_silence_is_a_silent_tap(tmp_path: Path) -> None:
    [tap] = written(tmp_path, capture())
    assert tap == TapStatus(call="winterbach-1", vantage="wire", state="silent")


@pytest.mark.parametrize(
    ("data", "trouble", "reason"),
    [
        (b"", "", "the capture cannot be read"),
        (b"no capture", "", "does not begin as one"),
        (capture(), "tcpdump is not on this machine", "tcpdump is not on this machine"),
    ],
)
def test_capture_that_failed_says_why(tmp_path: Path, data: bytes, trouble: str, reason: str) -> None:
    [tap] = written(tmp_path, data, trouble)
    assert tap.state == "failed"
    assert reason in tap.reason


def test_call_without_a_network_tap_writes_nothing() -> None:
    store = Store()
    write_wire(cast(RunStore, store), cast(Call, SimpleNamespace(wire=None)), [])
    assert store.seen == []
