"""The network tap: packets of the servers' sockets are sorted, those of others are nobody's business."""

import struct
from collections import Counter
from pathlib import Path

import pytest

from harness.model.errors import WireError
from harness.targets.protocol import WireTap
from harness.vantage import wire
from harness.vantage.wire import Capture, matched, traffic
from tests.wire.test_demux import CHANNEL, DTLS, RTCP, RTP, STUN, TLS
from tests.wire.test_pcap import capture, ethernet, ipv4, tcp, udp

TAP = WireTap("lo", (1,), (5349,))
SFU, BROWSER, RELAY = 20_000, 50_000, 5349


def datagrams(*payloads: bytes, source: int = BROWSER, target: int = SFU) -> bytes:
    return capture(*(ethernet(ipv4(17, udp(source, target, payload))) for payload in payloads))


def test_each_kind_is_counted() -> None:
    seen = traffic(datagrams(STUN, DTLS, DTLS, RTP, RTCP, b"what is this"), TAP, {SFU})
    assert {kind: count for kind, count in seen.kinds.items() if count} == {
        "stun": 1, "dtls": 2, "rtp": 1, "rtcp": 1, "unknown": 1,
    }  # fmt: skip
    assert (seen.packets, seen.plain_rtcp, seen.media) == (6, 1, [(RTP, "10.1.2.3:20000")])


def test_socket_of_somebody_else_is_left_out() -> None:
    assert traffic(datagrams(b"mdns, dns and what not", source=5353, target=5353), TAP, {SFU}).packets == 0


def test_what_a_server_sends_elsewhere_is_its_own() -> None:
    [(packet, where)] = traffic(datagrams(RTP, source=SFU, target=40_004), TAP, {SFU}).media
    assert (packet, where) == (RTP, "10.1.2.3:40004")


def test_media_inside_the_relay_are_found_in_datagrams_and_streams() -> None:
    padded = CHANNEL + bytes(-len(CHANNEL) % 4)
    stream = STUN + padded + padded
    parts = [stream[:30], stream[30:61], stream[61:]]
    sequences = [4_294_967_290, 24, 55]  # goes round at 2^32
    frames = [
        ethernet(ipv4(6, tcp(BROWSER, RELAY, part, sequence=sequence)))
        for part, sequence in zip(parts, sequences, strict=True)
    ]
    seen = traffic(capture(frames[0], frames[2], frames[1], frames[1]), TAP, {SFU})
    assert (seen.kinds["stun"], seen.kinds["turn-channel"]) == (1, 2)
    assert [packet for packet, _ in seen.media] == [RTP, RTP]
    assert [packet for packet, _ in traffic(datagrams(CHANNEL), TAP, {SFU}).media] == [RTP]


def test_tls_to_the_relay_is_known_and_nothing_of_it_is_media() -> None:
    seen = traffic(capture(ethernet(ipv4(6, tcp(BROWSER, RELAY, TLS + TLS)))), TAP, {SFU})
    assert (seen.kinds["tls"], seen.media) == (2, [])


def test_cut_capture_is_an_error() -> None:
    with pytest.raises(WireError):
        traffic(datagrams(RTP)[:-1], TAP, {SFU})


def test_long_packet_is_an_error_where_its_lengths_lie() -> None:
    lying = bytearray(datagrams(RTP))
    struct.pack_into("!H", lying, 24 + 16 + 14 + 20 + 4, 9000)
    with pytest.raises(WireError, match="datagram of 9000"):
        traffic(bytes(lying), TAP, {SFU})


def test_machine_without_tcpdump_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "find_program", lambda name: None)
    seen = Capture(TAP, tmp_path / "call.pcap")
    seen.start()
    seen.stop()
    assert "tcpdump is not on this machine" in seen.trouble


def test_without_the_right_to_capture_the_reason_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing = tmp_path / "tcpdump"
    refusing.write_text('#!/bin/sh\necho "tcpdump: lo: You don\'t have permission" >&2\nexit 1\n')
    refusing.chmod(0o755)
    monkeypatch.setattr(wire, "find_program", lambda name: str(refusing))
    seen = Capture(TAP, tmp_path / "call.pcap")
    seen.start()
    seen.stop()
    assert seen.trouble == "the network could not be captured (tcpdump: lo: You don't have permission)"


def test_ports_of_a_process_that_is_gone_are_no_error(tmp_path: Path) -> None:
    seen = Capture(WireTap("lo", (2**22 + 1,), ()), tmp_path / "call.pcap")
    seen.note_ports()
    assert seen.ports == set()


def test_held_packets_are_found_on_the_wire_by_their_sizes() -> None:
    held = Counter({100: 3, 900: 2})
    assert matched(held, Counter({116: 3, 916: 1, 60: 40})) == 4
    assert matched(held, Counter({110: 3, 910: 2})) == 5
    assert matched(held, Counter()) == 0


def test_only_packets_to_the_server_can_be_what_it_holds() -> None:
    assert traffic(datagrams(RTP, RTP), TAP, {SFU}).inbound == Counter({len(RTP): 2})
    assert traffic(datagrams(RTP, source=SFU, target=BROWSER), TAP, {SFU}).inbound == Counter()
