"""The SFU tap: recordings become streams; foreign, cut and empty files are neither believed nor a crash."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from harness.targets.extras import Extras
from harness.targets.hostile import Hostile
from harness.targets.office import Office
from harness.targets.protocol import Appointment, Journey, Observables, Service, StreamName
from harness.vantage.sfu import streams_of
from harness.wire.mjr import build_mjr
from harness.wire.rtp import RtpPacket


@dataclass
class Recorded:
    """A deployment of which only the recordings exist."""

    observables: Observables
    base_url: str = ""
    journey: Journey = field(init=False)
    extras: Extras | None = None
    office: Office | None = None
    direct: Service | None = None
    hostile: Hostile | None = None

    def stream_of(self, file: Path) -> StreamName | None:
        found = re.match(r"(\w+)-(citizen|clerk)-(screen-)?(\d)-", file.name)
        return StreamName(found[1], found[2], int(found[4]), bool(found[3])) if found else None

    def settle(self, appointment: Appointment) -> None: ...

    def stop(self) -> None: ...


def packets(count: int) -> list[tuple[float, RtpPacket]]:
    return [
        (
            100.0 + number * 0.02,
            RtpPacket(payload_type=111, sequence=number, timestamp=number * 960, ssrc=7, payload=b"opus"),
        )
        for number in range(count)
    ]


def test_recordings_of_the_appointment_become_streams(tmp_path: Path) -> None:
    (tmp_path / "a1-citizen-0-audio-0.mjr").write_bytes(build_mjr("audio", "opus", 100.0, packets(3)))
    (tmp_path / "a1-citizen-1-audio-0.mjr").write_bytes(build_mjr("audio", "opus", 100.0, packets(2)))
    (tmp_path / "b2-clerk-0-audio-0.mjr").write_bytes(build_mjr("audio", "opus", 100.0, packets(4)))
    streams = list(streams_of(Recorded(Observables(recordings=tmp_path)), "a1"))
    assert [(stream.party, stream.segment, len(stream.frames)) for stream in streams] == [
        ("citizen", 0, 3),
        ("citizen", 1, 2),
    ]


def test_shared_screen_is_a_medium_of_its_own(tmp_path: Path) -> None:
    video = [(100.0, RtpPacket(payload_type=96, sequence=1, timestamp=0, ssrc=7, marker=True, payload=b"\x0cframe"))]
    for name in ("a1-clerk-0-video-0.mjr", "a1-clerk-screen-0-video-0.mjr"):
        (tmp_path / name).write_bytes(build_mjr("video", "vp9", 100.0, video))
    streams = list(streams_of(Recorded(Observables(recordings=tmp_path)), "a1"))
    assert [(stream.party, stream.media, stream.segment) for stream in streams] == [
        ("clerk", "video", 0),
        ("clerk", "screen", 0),
    ]


def test_cut_recording_gives_what_is_whole(tmp_path: Path) -> None:
    whole = build_mjr("audio", "opus", 100.0, packets(3))
    (tmp_path / "a1-clerk-0-audio-0.mjr").write_bytes(whole[:-5])
    (stream,) = streams_of(Recorded(Observables(recordings=tmp_path)), "a1")
    assert len(stream.frames) == 2


def test_empty_and_foreign_files_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "a1-clerk-0-audio-0.mjr").write_bytes(b"MJR00002")
    (tmp_path / "a1-clerk-1-audio-0.mjr").write_bytes(b"")
    (tmp_path / "whatever.mjr").write_bytes(b"x" * 100)
    assert list(streams_of(Recorded(Observables(recordings=tmp_path)), "a1")) == []


def test_target_without_recordings_gives_no_streams() -> None:
    assert list(streams_of(Recorded(Observables()), "a1")) == []
