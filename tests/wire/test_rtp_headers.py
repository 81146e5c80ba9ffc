"""RTP headers as columns: the same as packet by packet, for every capture that is whole, and an error for others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import WireError
from harness.wire.demux import kind_of
from harness.wire.pcap import packets
from harness.wire.rtp_headers import rtp_headers
from tests.wire.test_pcap import capture, ethernet, ipv4, ipv6, tcp, udp

RTP = st.tuples(st.sampled_from([b"\x80", b"\x90", b"\xbf"]), st.binary(min_size=0, max_size=40)).map(b"".join)
BODY = RTP | st.binary(max_size=40)
FRAME = st.one_of(
    BODY.map(lambda body: ethernet(ipv4(17, udp(7, 8, body)))),
    BODY.map(lambda body: ethernet(ipv4(17, udp(7, 8, body))) + bytes(6)),  # padded by the network card
    BODY.map(lambda body: ethernet(ipv4(17, udp(7, 8, body), 0x2000))),
    BODY.map(lambda body: ethernet(ipv6(17, udp(7, 8, body)), 0x86DD)),
    BODY.map(lambda body: bytes(12) + b"\x81\x00\x00\x05\x08\x00" + ipv4(17, udp(7, 8, body))),
    BODY.map(lambda body: ethernet(ipv4(6, tcp(7, 8, body)))),
    st.binary(max_size=30),  # an error, or of another protocol
    st.binary(min_size=14, max_size=60).map(lambda body: body[:12] + b"\x08\x06" + body[14:]),
)


@given(st.lists(FRAME, max_size=8), st.sampled_from("<>"), st.booleans(), st.data())
def test_columns_are_what_the_packets_say(frames: list[bytes], order: str, nano: bool, data: st.DataObject) -> None:
    whole = capture(*frames, order=order, nano=nano)
    whole = whole[: data.draw(st.sampled_from([len(whole), *range(len(whole))]))]
    whole = _spoiled(whole, data) if data.draw(st.booleans()) else whole
    try:
        found = [
            (packet.at, packet.payload)
            for packet in packets(whole)
            if packet.protocol == "udp" and kind_of(packet.payload) == "rtp" and len(packet.payload) >= 12
        ]
    except WireError as error:
        with pytest.raises(WireError, match=str(error).split(":")[0]):
            rtp_headers(whole)
        return
    headers = rtp_headers(whole)
    assert headers.at.tolist() == [at for at, _ in found]
    assert headers.size.tolist() == [len(body) for _, body in found]
    assert headers.sequence.tolist() == [int.from_bytes(body[2:4], "big") for _, body in found]
    assert headers.timestamp.tolist() == [int.from_bytes(body[4:8], "big") for _, body in found]
    assert headers.ssrc.tolist() == [int.from_bytes(body[8:12], "big") for _, body in found]
    assert headers.payload_type.tolist() == [body[1] & 127 for _, body in found]
    assert headers.marker.tolist() == [body[1] > 127 for _, body in found]
    assert len(headers) == len(found)


def _spoiled(whole: bytes, data: st.DataObject) -> bytes:
    """One byte behind the file's header is another."""
    if len(whole) <= 24:
        return whole
    at = data.draw(st.integers(24, len(whole) - 1))
    return whole[:at] + bytes([data.draw(st.integers(0, 255))]) + whole[at + 1 :]


def test_an_empty_capture_has_no_headers() -> None:
    assert len(rtp_headers(capture())) == 0
