"""RTCP of the pump's connections: reports at their time, and an answer to what the other side reports or asks for."""

import random

import pylibsrtp

from load.pump import rtcp, rtcp_build
from load.pump.clock import compact, now, ntp
from load.pump.connection import Connection, Heard
from load.pump.errors import RtcpError
from load.pump.receiver import Inbound
from load.pump.resend import Resender

EVERY = 1.0  # seconds between reports, by chance half as much more or less (RFC 3550, section 6.3.1)
SOUND = 5  # a browser reports the sound that it sends in every fifth round only
ESTIMATE = 2_000_000  # bits a second that a bot says it can take: more than one camera sends
_AGAIN, _GIVE_UP = 0.1, 1.0  # seconds after which a packet is missed aloud again, and no more


class Reports:
    """What is said and heard on all connections."""

    def __init__(self, inbound: Inbound) -> None:
        self._inbound = inbound
        self.resender = Resender()
        self.malformed = 0  # RTCP that was none, or did not authenticate
        self.given_up = 0  # missed packets that never came: a key frame was asked for instead
        self._asked: dict[tuple[int, int], float] = {}

    def send_now(self, connection: Connection, packet: bytes) -> None:
        """Seal and send at once; a full socket is the same as a loss on the way."""
        try:
            connection.lane.socket.sendto(connection.sealing.control_out(packet), connection.peer)
        except BlockingIOError:
            return

    def periodic(self, connection: Connection) -> float:
        """Say what is due, and return in how many seconds the next is."""
        moment = now()
        connection.rounds += 1
        for packet in self._sent(
            connection, moment
        ):  # one compound each, as browsers do: servers read the first report
            self.send_now(connection, packet)
        if connection.inbound:
            packet = rtcp_build.receiver_report(connection.ssrc, self._blocks(connection, moment))
            media = [ssrc for ssrc, row in connection.inbound.items() if self._inbound.nacks[row]]
            if media:
                packet += rtcp_build.estimate(connection.ssrc, ESTIMATE, media)
            self.send_now(connection, packet)
        return EVERY * (0.5 + random.random())

    def _sent(self, connection: Connection, moment: float) -> list[bytes]:
        packets = []
        for ssrc, (table, row) in connection.outbound.items():
            agreed = table.agreed[row]
            if agreed is None or (table.loop.kind == "audio" and connection.rounds % SOUND):
                continue
            timestamp, sent, octets = table.so_far(row)
            if not sent:
                continue
            spoken = timestamp + round((moment - float(table.due[row])) * table.loop.clock)
            packets.append(
                rtcp_build.sender_report(ssrc, ntp(moment), spoken, sent, octets)
                + rtcp_build.source_description(ssrc, agreed.cname)
            )
        return packets

    def _blocks(self, connection: Connection, moment: float) -> list[rtcp.Report]:
        blocks = []
        for ssrc, row in connection.inbound.items():
            base, highest, received, jitter = self._inbound.so_far(row)
            if not received:
                continue
            expected = highest - base + 1
            before = connection.reported.get(ssrc, (0, 0))
            connection.reported[ssrc] = expected, received
            due, missed = expected - before[0], expected - before[0] - (received - before[1])
            fraction = max(0, min(255, 256 * missed // due)) if due > 0 else 0
            last, came = connection.sender_reports.get(ssrc, (0, moment))
            since = round((moment - came) * 65536) if last else 0
            blocks.append(rtcp.Report(ssrc, fraction, expected - received, highest, jitter, last, since))
        return blocks

    def miss(self, connection: Connection) -> None:
        """Ask again for what is missing, and for a key frame where that has been in vain."""
        moment = now()
        for ssrc, row in connection.inbound.items():
            holes = self._inbound.missing.get(row)
            if not holes:
                continue
            old = [number for number, since in holes.items() if moment - since > _GIVE_UP]
            for number in old:
                del holes[number]
            if old:
                self.given_up += len(old)
                self.ask_key_frame(connection, ssrc)
            if holes and moment - self._asked.get((connection.number, ssrc), 0.0) > _AGAIN:
                self._asked[connection.number, ssrc] = moment
                numbers = [number & 0xFFFF for number in sorted(holes)]
                report = rtcp_build.receiver_report(connection.ssrc, ())
                self.send_now(connection, report + rtcp_build.missing(connection.ssrc, ssrc, numbers))

    def ask_key_frame(self, connection: Connection, ssrc: int) -> None:
        """PLI."""
        report = rtcp_build.receiver_report(connection.ssrc, ())
        self.send_now(connection, report + rtcp_build.picture_loss(connection.ssrc, ssrc))

    def hear(self, connection: Connection, sealed: bytes, came: float) -> None:
        """Act on what the other side says."""
        try:
            packets = rtcp.parse(connection.sealing.control_in(sealed))
        except (RtcpError, pylibsrtp.Error, ValueError):
            self.malformed += 1
            return
        for packet in packets:
            self._act(connection, packet, came)

    def _act(self, connection: Connection, packet: rtcp.Packet, came: float) -> None:
        match packet:
            case rtcp.SenderReport():
                connection.sender_reports[packet.ssrc] = packet.ntp >> 16 & 0xFFFFFFFF, came
                self._reported(connection, packet.reports, came)
            case rtcp.ReceiverReport():
                self._reported(connection, packet.reports, came)
            case rtcp.Nack() if packet.media in connection.outbound:
                heard = connection.heard.setdefault(packet.media, Heard())
                heard.nacked += len(packet.lost)
                for sequence in packet.lost:
                    self._send_again(connection, packet.media, sequence)
            case rtcp.KeyFrameAsked() if packet.media in connection.outbound:
                table, row = connection.outbound[packet.media]
                connection.heard.setdefault(packet.media, Heard()).key_asked += 1
                table.key_wanted[row] = table.loop.kind == "video"
            case rtcp.Remb():
                connection.remb = packet.bitrate
            case rtcp.TransportFeedback():
                connection.feedback += 1
            case rtcp.Bye():
                connection.ended += packet.ssrcs

    def _send_again(self, connection: Connection, ssrc: int, sequence: int) -> None:
        table, row = connection.outbound[ssrc]
        packet = self.resender.packet(table, row, sequence)
        if packet is not None:
            try:
                connection.lane.socket.sendto(connection.sealing.media_out(packet), connection.peer)
            except BlockingIOError:
                return

    def _reported(self, connection: Connection, reports: tuple[rtcp.Report, ...], came: float) -> None:
        for report in reports:
            if report.ssrc not in connection.outbound:
                continue
            heard = connection.heard.setdefault(report.ssrc, Heard())
            clock = connection.outbound[report.ssrc][0].loop.clock
            heard.reports += 1
            heard.lost, heard.fraction, heard.jitter = report.lost, report.fraction / 256, report.jitter / clock
            if report.lsr:  # RFC 3550, section 6.4.1
                trip = (compact(came) - report.lsr - report.dlsr & 0xFFFFFFFF) / 65536
                heard.round_trip = trip if trip < 60 else heard.round_trip
