"""How much faster than tshark the bench reads the RTP headers in a capture, both on one core and in the same run.

``python -m benchmarks.captures`` makes a capture (``benchmarks.capture``), reads sequence number, source and timestamp
of every RTP packet with both, sees that they say the same, and compares the processor time.
"""

import argparse
import mmap
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.capture import PORT, write_capture
from benchmarks.figures import Figure, Spent, measured, on_one_core, show
from harness.model.errors import WireError
from harness.wire.demux import kind_of
from harness.wire.pcap import packets
from harness.wire.rtp import parse_rtp
from harness.wire.rtp_headers import RtpHeaders, rtp_headers

TARGET = 20.0  # times as fast as tshark
ROUNDS = 3  # the fastest counts, of each
NO_TSHARK = "tshark is not on this machine, so there is no ratio: install it with 'apt-get install tshark'."


def _mapped(file: Path) -> memoryview:
    """The file as the network tap reads it."""
    with file.open("rb") as opened:
        return memoryview(mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ))


def read_headers(file: Path) -> tuple[Spent, RtpHeaders]:
    """Reads the file and its headers, as columns."""
    with measured() as spent:
        headers = rtp_headers(_mapped(file))
    return spent, headers


def read_objects(file: Path) -> tuple[Spent, int]:
    """Reads every packet as an object, as the network tap does, and counts those that are RTP."""
    count = 0
    with measured() as spent:
        for packet in packets(_mapped(file)):
            if kind_of(packet.payload) == "rtp":
                try:
                    parse_rtp(packet.payload)
                except WireError:
                    continue
                count += 1
    return spent, count


def read_tshark(program: str, file: Path) -> tuple[Spent, list[tuple[int, int, int]]]:
    """What tshark says of sequence number, source and timestamp; its processor time is asked of the system."""
    command = [program, "-n", "-r", str(file), "-d", f"udp.port=={PORT},rtp", "-T", "fields"]
    command += [word for name in ("rtp.seq", "rtp.ssrc", "rtp.timestamp", "rtp.p_type") for word in ("-e", name)]
    before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    told = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True).stdout
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - wall
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    rows = [line.split() for line in told.decode("ascii").splitlines()]
    # It takes all of the port for RTP: what is not has no such fields, or is RTCP by its type (RFC 5761, section 4).
    rows = [row for row in rows if len(row) == 4 and not 64 <= int(row[3]) < 96]
    return Spent(cpu, wall), [(int(row[0]), int(row[1], 16), int(row[2])) for row in rows]


def compare(file: Path, program: str | None) -> list[Figure]:
    """The figures, without a ratio where there is no tshark."""
    headers_spent, headers = min((read_headers(file) for _ in range(ROUNDS)), key=lambda each: each[0].cpu)
    objects_spent, objects = min((read_objects(file) for _ in range(ROUNDS)), key=lambda each: each[0].cpu)
    figures = [
        Figure(f"headers of {len(headers):,} packets as columns", 1e3 * headers_spent.cpu, "ms",
               wall=1e3 * headers_spent.wall),
        Figure(f"{objects:,} packets as objects", 1e3 * objects_spent.cpu, "ms", wall=1e3 * objects_spent.wall),
    ]  # fmt: skip
    if program is None:
        print(NO_TSHARK)
        return figures
    spent, rows = min((read_tshark(program, file) for _ in range(ROUNDS)), key=lambda each: each[0].cpu)
    ours = zip(headers.sequence.tolist(), headers.ssrc.tolist(), headers.timestamp.tolist(), strict=True)
    print("tshark and the bench say the same." if rows == list(ours) else "TSHARK AND THE BENCH DO NOT SAY THE SAME.")
    return [
        *figures,
        Figure("tshark -T fields", 1e3 * spent.cpu, "ms", wall=1e3 * spent.wall),
        Figure("columns: as fast as tshark", spent.cpu / headers_spent.cpu, "times", TARGET, "more",
               spent.wall / headers_spent.wall),
        Figure("objects: as fast as tshark", spent.cpu / objects_spent.cpu, "times",
               wall=spent.wall / objects_spent.wall),
    ]  # fmt: skip


def main(given: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.captures", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--packets", type=int, default=300_000, help="how many the capture has (default: 300000)")
    chosen = parser.parse_args(given)
    with tempfile.TemporaryDirectory(prefix="pruefstand-benchmark-") as folder:
        file = Path(folder) / "call.pcap"
        size = write_capture(file, chosen.packets)
        print(f"Reading a capture of {size / 1e6:.0f} MB {on_one_core()} …", flush=True)
        show("RTP in a capture (measured: processor time)", compare(file, shutil.which("tshark")))


if __name__ == "__main__":
    main()
