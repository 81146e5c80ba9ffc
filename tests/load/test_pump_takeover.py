"""The pump's hold on aiortc and aioice: their insides are where it looks for them, and a real handshake ends in it."""

import asyncio

import numpy as np
import pytest
from aioice.ice import Connection as Agent
from aioice.ice import StunProtocol
from aiortc import (
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
    rtcdtlstransport,
    rtcpeerconnection,
    rtcrtpreceiver,
)
from aiortc.rate import RemoteBitrateEstimator
from aiortc.rtcdtlstransport import RTCCertificate
from pylibsrtp import Session

from load.pump import media, takeover
from load.pump.aiortc_parts import EstimatorLater, video_codec
from load.pump.connection import Connection
from load.pump.errors import PumpError
from load.pump.lane import Line
from load.pump.pump import Pump
from load.pump.srtp import ffi, lib
from load.pump.takeover import Takeover, check_versions

LOOPS = (media.opus(0.5), media.video("vp8", 0.5))


def test_the_installed_releases_are_those_that_takeover_was_written_for() -> None:
    check_versions()


def test_another_release_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(takeover.PINNED, "aiortc", "1.0")
    with pytest.raises(PumpError, match="reaches into aiortc 1.0; installed is .* look at load/pump/takeover.py"):
        check_versions()


def test_the_estimator_that_is_made_later_is_the_one_that_aiortc_makes() -> None:
    assert {"RemoteBitrateEstimator", "NackGenerator"} <= vars(rtcrtpreceiver).keys()
    later = EstimatorLater()
    assert later.add(arrival_time_ms=1, abs_send_time=1, payload_size=100, ssrc=7) is None
    assert isinstance(later._made, RemoteBitrateEstimator)


def test_libsrtp_is_called_with_the_arguments_that_it_has() -> None:
    wanted = "<ctype 'srtp_err_status_t(*)(struct srtp_ctx_t_ *, void *, int *)'>"
    assert [str(ffi.typeof(each)) for each in (lib.srtp_protect, lib.srtp_unprotect)] == [wanted, wanted]
    assert hasattr(Session(), "_srtp")


def test_the_insides_are_where_the_pump_looks_for_them() -> None:
    async def run() -> None:
        peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        assert vars(rtcpeerconnection)["RTCCertificate"] is RTCCertificate
        transceiver = peer.addTransceiver("audio")
        transports = peer._RTCPeerConnection__iceTransports  # type: ignore[attr-defined]
        [agent] = [transport._connection for transport in transports]
        assert isinstance(agent, Agent)
        for name in (
            "_local_candidates",
            "_local_candidates_start",
            "_local_candidates_end",
            "_protocols",
            "_nominated",
        ):
            assert hasattr(agent, name), name
        dtls = transceiver.sender.transport
        assert {"_tx_srtp", "_rx_srtp", "_role"} <= vars(dtls).keys()
        assert callable(dtls._set_role)
        assert {"Session", "Policy"} <= vars(rtcdtlstransport).keys()
        assert hasattr(dtls.transport, "_connection")
        assert {"_ssrc", "_rtx_ssrc"} <= vars(transceiver.sender).keys()
        assert callable(StunProtocol.datagram_received)
        await peer.close()

    asyncio.run(run())


def test_a_certificate_is_made_once_for_all_and_the_class_is_left_as_it_was() -> None:
    async def run() -> None:
        pump = Pump(LOOPS, 2, host="127.0.0.1")
        one, two = Takeover(pump), Takeover(pump)
        prints = []
        for each in (one, two):
            each.peer.addTransceiver("audio")
            offer = await each.peer.createOffer()
            each.hook()
            await each.peer.setLocalDescription(offer)
            prints.append([line for line in each.peer.localDescription.sdp.splitlines() if "a=fingerprint" in line])
            await each.close()
        pump.stop()
        assert prints[0] == prints[1] != []
        assert vars(rtcpeerconnection)["RTCCertificate"] is RTCCertificate

    asyncio.run(run())


async def _handshake(offering: RTCPeerConnection, answering: RTCPeerConnection, hooks: list[Takeover]) -> None:
    offer = await offering.createOffer()
    for hook in hooks:
        if hook.peer is offering:
            hook.hook()
    await offering.setLocalDescription(offer)
    await answering.setRemoteDescription(RTCSessionDescription(offering.localDescription.sdp, "offer"))
    for hook in hooks:
        if hook.peer is answering:
            hook.listen()
            hook.hook()
    await answering.setLocalDescription(await answering.createAnswer())
    listens = any(hook.peer is answering for hook in hooks)
    assert f"a=setup:{'passive' if listens else 'active'}" in answering.localDescription.sdp
    await offering.setRemoteDescription(RTCSessionDescription(answering.localDescription.sdp, "answer"))


def test_two_peers_shake_hands_in_one_lane_and_the_pump_carries_their_media() -> None:
    async def run() -> None:
        # A connection a lane: these two answer each other, so that they cannot share one.
        pump = Pump(LOOPS, 2, host="127.0.0.1", per_lane=1)
        pump.start()
        here: asyncio.Future[Connection] = asyncio.get_running_loop().create_future()
        there: asyncio.Future[Connection] = asyncio.get_running_loop().create_future()
        one, two = Takeover(pump, here.set_result), Takeover(pump, there.set_result)
        one.peer.addTransceiver("audio", direction="sendonly")
        one.peer.addTransceiver("video", direction="sendonly").setCodecPreferences(video_codec("vp8"))
        await _handshake(one.peer, two.peer, [one, two])
        sending, receiving = await asyncio.wait_for(asyncio.gather(here, there), 10)
        came = asyncio.Event()
        for row in receiving.inbound.values():
            pump.when_received(row, came.set)
        await asyncio.wait_for(came.wait(), 10)
        assert {each.kind for each in pump.sent(sending)} == {"audio", "video"}
        assert pump.joining == 0
        # Whoever loses the other side's consent closes its line: then nothing more may be sent.
        [line] = sending.lane.lines
        line.close()
        assert all(np.isinf(table.due[row]) for table, row in sending.outbound.values())
        await one.close()
        await two.close()
        assert pump.faults == []
        pump.stop()

    asyncio.run(run())


def test_a_stock_peer_understands_what_the_pump_sends() -> None:
    async def run() -> None:
        pump = Pump(LOOPS, 1, host="127.0.0.1")
        pump.start()
        one, stock = Takeover(pump), RTCPeerConnection(RTCConfiguration(iceServers=[]))
        one.peer.addTransceiver("audio", direction="sendonly")
        heard: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        @stock.on("track")
        def track(_: object) -> None:
            async def take(packet: object, arrival_time_ms: int) -> None:
                if not heard.done():
                    heard.set_result(packet.extensions.mid)  # type: ignore[attr-defined]

            stock.getReceivers()[0]._handle_rtp_packet = take  # type: ignore[method-assign]

        await _handshake(one.peer, stock, [one])
        assert await asyncio.wait_for(heard, 10) == "0"
        await one.close()
        await stock.close()
        pump.stop()

    asyncio.run(run())


def test_two_connections_to_one_port_are_refused_in_a_shared_lane() -> None:
    async def run() -> None:
        pump = Pump(LOOPS, 2, host="127.0.0.1")
        lane = pump.lane()
        lines = [Line(lane, asyncio.DatagramProtocol()) for _ in "12"]
        lane.lines += lines
        lines[0].sendto(b"x", ("127.0.0.1", 9))
        with pytest.raises(PumpError, match="The server answers several connections on one port."):
            lines[1].sendto(b"x", ("127.0.0.1", 9))
        lines[0].close()
        lines[1].sendto(b"x", ("127.0.0.1", 9))
        pump.stop()

    asyncio.run(run())
