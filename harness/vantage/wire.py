"""The network tap: tcpdump on the interface on which the media server and the relay are reached, during one call."""

import re
import signal
import subprocess
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import psutil

from harness.processes import die_with_parent
from harness.provision.needs import find_program
from harness.targets.protocol import WireTap
from harness.wire.demux import KINDS, UNKNOWN, inside_channel, is_plain_rtcp, kind_of, messages_of
from harness.wire.pcap import packets

MOST = 1_000_000  # packets of one call
_STOP_SECONDS = 10.0
LONGER = range(41)  # bytes by which a packet may be longer on the wire: SRTP's tag, and extensions not recorded
_DROPPED = re.compile(r"^(\d+) packets? dropped", re.MULTILINE)


@dataclass(slots=True)
class Capture:
    """The packets of one call, in ``file``. ``trouble`` says in a sentence why there are none."""

    tap: WireTap
    file: Path
    trouble: str = ""
    dropped: int = 0
    ports: set[int] = field(default_factory=set)  # UDP ports that the servers were seen to have open
    _process: "subprocess.Popen[bytes] | None" = None
    _sink: BinaryIO | None = None

    def start(self) -> None:
        """Begins, and returns when packets are being seen; without the right or the program, ``trouble`` says so."""
        program = find_program("tcpdump")
        if program is None:
            self.trouble = "tcpdump is not on this machine: run './pruefstand doctor'"
            return
        tcp = " or ".join(f"tcp port {port}" for port in self.tap.tcp_ports)
        command = [
            program, "-i", self.tap.interface, "-n", "-U", "-s", "0", "-B", "8192", "-c", str(MOST), "-w", "-",
            f"udp or {tcp}" if tcp else "udp",
        ]  # fmt: skip
        self._sink = self.file.open("wb")  # by standard output: tcpdump gives up its rights before it opens a file
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self._sink, stderr=subprocess.PIPE, preexec_fn=die_with_parent
        )
        assert self._process.stderr is not None
        said = [""]
        while line := self._process.stderr.readline().decode("utf-8", "replace"):
            said.append(line.strip())
            if "listening on" in line:
                return
        self._end()
        self.trouble = f"the network could not be captured ({said[-1][:200]})"

    def note_ports(self) -> None:
        """Remembers which UDP ports the servers have open now: a packet belongs to the call by its socket."""
        for pid in self.tap.pids:
            try:
                found = psutil.Process(pid).net_connections(kind="udp")
            except psutil.Error:
                continue
            self.ports |= {each.laddr.port for each in found if each.laddr}

    def stop(self) -> None:
        """Ends the capture, whose file is whole then; may be called again."""
        if self._process is None or self._process.stderr is None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            _, said = self._process.communicate(timeout=_STOP_SECONDS)
            found = _DROPPED.search(said.decode("utf-8", "replace"))
            self.dropped = int(found[1]) if found else 0
        except subprocess.TimeoutExpired:
            self.trouble = f"tcpdump did not end within {_STOP_SECONDS:.0f} s"
        self._end()

    def _end(self) -> None:
        if self._process is not None:
            if self._process.poll() is None:
                self._process.kill()
            self._process.wait()
            if self._process.stderr is not None:
                self._process.stderr.close()
        if self._sink is not None:
            self._sink.close()
        self._process = self._sink = None


@dataclass(slots=True)
class Traffic:
    """The packets of a capture by kind; of those with media what they carry, from where they came, where they went."""

    kinds: dict[str, int] = field(default_factory=dict)
    media: list[tuple[bytes, str]] = field(default_factory=list)  # an RTP packet, and where it went
    inbound: Counter[int] = field(default_factory=Counter)  # the sizes of those that went to the servers by UDP
    plain_rtcp: int = 0
    packets: int = 0


def traffic(capture: bytes | memoryview, tap: WireTap, ports: Iterable[int]) -> Traffic:
    """Sorts the packets at the servers' sockets. Raises ``WireError`` for a capture that is not whole."""
    own = set(ports)
    found = Traffic(dict.fromkeys((*KINDS, UNKNOWN), 0))
    streams: dict[tuple[bytes, int, bytes, int], dict[int, bytes]] = {}
    for packet in packets(capture):
        if packet.protocol == "tcp":
            if packet.payload:
                way = (packet.source, packet.source_port, packet.target, packet.target_port)
                streams.setdefault(way, {})[packet.sequence] = packet.payload
        elif own & {packet.source_port, packet.target_port}:
            kind = kind_of(packet.payload)
            _sort(found, kind, packet.payload, _where(packet.target, packet.target_port))
            if kind == "rtp" and packet.target_port in own:
                found.inbound[len(packet.payload)] += 1
    for (_, _, target, port), parts in streams.items():
        for kind, message in messages_of(_joined(parts)):
            _sort(found, kind, message, _where(target, port))
    return found


def matched(held: Counter[int], inbound: Counter[int]) -> int:
    """How many of the packets held by a server came in, one for one by size: SRTP makes all of them longer alike."""
    return max((held & Counter({size - more: count for size, count in inbound.items()})).total() for more in LONGER)


def _sort(found: Traffic, kind: str, message: bytes, where: str) -> None:
    found.kinds[kind] += 1
    found.packets += 1
    if kind == "turn-channel":
        message = inside_channel(message)
        kind = kind_of(message)
    if kind == "rtp":
        found.media.append((message, where))
    elif kind == "rtcp":
        found.plain_rtcp += is_plain_rtcp(message)


def _joined(parts: Mapping[int, bytes]) -> bytes:
    """The bytes of one direction in order. Loopback loses nothing; what was sent again has the same number."""
    numbers = sorted(parts)
    # Numbers go round at 2^32: a gap of more than half of it means that the stream began before the turn.
    for place in range(1, len(numbers)):
        if numbers[place] - numbers[place - 1] > 1 << 31:
            numbers = numbers[place:] + numbers[:place]
            break
    return b"".join(parts[number] for number in numbers)


def _where(address: bytes, port: int) -> str:
    host = ".".join(map(str, address)) if len(address) == 4 else f"[{address.hex(':', 2)}]"
    return f"{host}:{port}"
