"""Writes a stored run whose one call is long: the evidence that ``pruefstand verify`` keeps, made without a browser.

The run is the clean one of the kill matrix (``tests.flaws``), so that every check finds what it judges. In place of
its call ``kernen-1`` stands a long one whose frames have the sizes and the pace of real ones, are sealed with real
SFrame keys (RFC 9605) and opened again by the bench's own ``Opener``. The same arguments give the same bytes.

``python -m benchmarks.long_call FOLDER`` writes it; ``pruefstand judge FOLDER`` judges it.
"""

import argparse
import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.model.observations import (
    AnyObservation,
    CallFact,
    KeySeen,
    LockChange,
    LockSeen,
    Media,
    OpenedFrames,
    ReceiverFrames,
    SenderFrames,
    ServerFrames,
)
from harness.opening import Opener
from harness.store import FORMAT, RunStore
from harness.vantage.tapped import RecordedKey
from harness.wire.frames import Frame, pack_frames
from harness.wire.sframe import SUITES, SFrameKey, derive_key, seal
from tests.flaws.plan import MEDIA, PARTIES, clean_run
from tests.flaws.rendering import render

CALL = "kernen-1"
BEGAN = 10_000.0  # seconds since the epoch, after every other call of the run
KID = 7
SUITE = SUITES[0x0005]
AUDIO_RATE, VIDEO_RATE = 50, 25  # frames a second
AUDIO_BYTES, VIDEO_BYTES = 80, 850  # on average, before they are sealed: 100 MB of evidence in ten minutes
KEY_FRAME_EVERY = 250
SILENT = 20  # of so many frames of sound one is silence, which sounds alike
_IN_TRANSFORM, _TO_SERVER, _TO_OTHER = 0.001, 0.020, 0.050  # seconds


@dataclass(frozen=True, slots=True)
class Wanted:
    """How long the call is (seconds), and how large its pictures' frames are on average (bytes)."""

    seconds: int = 600
    video_bytes: int = VIDEO_BYTES
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Sent:
    """One medium of one party: its frames as encoded and as sealed, in the order of time."""

    party: str
    media: Media
    before: list[Frame]
    after: list[Frame]


def encoded(wanted: Wanted, party: str, media: Media) -> list[Frame]:
    """What an encoder makes: bytes that look like chance, of changing sizes, silence and key frames in between."""
    chance = random.Random(f"{wanted.seed} {party} {media}")
    rate, step = (AUDIO_RATE, 48_000) if media == "audio" else (VIDEO_RATE, 90_000)
    began, silence, frames = chance.getrandbits(32), chance.randbytes(AUDIO_BYTES // 2), []
    for index in range(wanted.seconds * rate):
        if media == "audio":
            quiet = index % SILENT == SILENT - 1
            data = silence if quiet else b"\x78" + chance.randbytes(int(AUDIO_BYTES * chance.uniform(0.6, 1.4)))
        else:
            key_frame = index % KEY_FRAME_EVERY == 0
            size = int(wanted.video_bytes * (4.0 if key_frame else chance.lognormvariate(-0.125, 0.5)))
            data = (b"\x82" if key_frame else b"\x86") + chance.randbytes(max(size, 16))
        at = BEGAN + (index + 0.1 * chance.random()) / rate
        frames.append(Frame((began + index * step // rate) % 2**32, at, data))
    return frames


def sealed(key: SFrameKey, streams: dict[Media, list[Frame]]) -> dict[Media, list[Frame]]:
    """The frames of a party as they leave its page: one key and one counter for all media, as they come in time."""
    left: dict[Media, list[Frame]] = {media: [] for media in streams}
    queue = sorted((frame.at, media, index) for media, frames in streams.items() for index, frame in enumerate(frames))
    for counter, (at, media, index) in enumerate(queue):
        frame = streams[media][index]
        left[media].append(Frame(frame.timestamp, at + _IN_TRANSFORM, seal(key, counter, frame.data)))
    return left


def base_key(party: str) -> bytes:
    """The base key of a party, by which the clean run's records already name it."""
    return f"key of the {party} in {CALL}".encode()


def sent_streams(wanted: Wanted) -> Iterator[Sent]:
    """Everything that both parties send."""
    for party in PARTIES:
        before = {media: encoded(wanted, party, media) for media in MEDIA}
        after = sealed(derive_key(SUITE, KID, base_key(party)), before)
        for media in MEDIA:
            yield Sent(party, media, before[media], after[media])


def write_run(folder: Path, wanted: Wanted) -> RunStore:
    """Writes the run into a folder that is new or empty. Raises ``OSError`` where it cannot be written."""
    evidence = render(clean_run())
    info = {
        "format": FORMAT, "id": folder.name, "started": "2021-02-15T09:00:00+00:00", "target": "townhall",
        "browser": "chromium", "flaw": "", "lang": "en", "host": {}, "versions": {}, "complete": False,
    }  # fmt: skip
    store = RunStore(folder, info)
    for path, data in evidence.blobs.items():
        if f"-{CALL}-" not in path:
            store.add_blob(path, data)
    for record in evidence.records:
        seen = record.seen
        if seen.call != CALL:
            store.add(seen)
        elif not isinstance(seen, ServerFrames | SenderFrames | OpenedFrames | ReceiverFrames):
            store.add(_lengthened(seen, wanted))
    for sent in sent_streams(wanted):
        for found in _observed(store, sent):
            store.add(found)
    store.finish()
    return store


def _lengthened(seen: AnyObservation, wanted: Wanted) -> AnyObservation:
    """A record of the short call as it is of the long one."""
    end = BEGAN + wanted.seconds
    if isinstance(seen, CallFact):
        return seen.model_copy(update={"began_at": BEGAN, "ended_at": end + 1})
    if isinstance(seen, LockSeen):
        changes = (
            LockChange(at=BEGAN - 5, shown=False), LockChange(at=BEGAN + 0.1, shown=True),
            LockChange(at=end + 0.2, shown=False),
        )  # fmt: skip
        return seen.model_copy(update={"changes": changes, "until": end + 1})
    if isinstance(seen, KeySeen) and seen.opens:
        return seen.model_copy(update={"opens": wanted.seconds * (AUDIO_RATE + VIDEO_RATE)})
    return seen


def _observed(store: RunStore, sent: Sent) -> Iterator[AnyObservation]:
    """What every vantage point saw of one medium of one party."""
    party, media, label = sent.party, sent.media, f"{CALL}/{{}}-{sent.party}-{sent.media}"
    held = [Frame(frame.timestamp, frame.at + _TO_SERVER, frame.data) for frame in sent.after]
    blob = store.add_blob(label.format("server") + "-0.frames", pack_frames(held))
    codec = "opus" if media == "audio" else "vp9"
    yield ServerFrames(call=CALL, party=party, media=media, codec=codec, frames=len(held), blob=blob)
    opener = Opener([RecordedKey(base_key(other), b"", "worker", "HKDF") for other in PARTIES])
    yield opener.open_stream(CALL, party, media, 0, held).seen
    for stage, frames in (("before", sent.before), ("after", sent.after)):
        blob = store.add_blob(label.format("page") + f"-app-{stage}.frames", pack_frames(frames))
        yield SenderFrames.model_validate(
            {"call": CALL, "party": party, "media": media, "via": "app", "stage": stage, "frames": len(frames),
             "blob": blob}
        )  # fmt: skip
    (other,) = (each for each in PARTIES if each != party)
    yield ReceiverFrames(
        call=CALL, party=other, sender=party, media=media,
        before=tuple(hashlib.sha256(frame.data).hexdigest()[:16] for frame in sent.after),
        after=tuple(range(len(sent.after))),
        at=tuple(round(frame.at + _TO_OTHER, 3) for frame in sent.after),
    )  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    """How long the call is and how large its frames."""
    parser.add_argument("--seconds", type=int, default=600, help="how long the call is (default: 600)")
    parser.add_argument(
        "--video-bytes", type=int, default=VIDEO_BYTES, help=f"a picture's frame on average (default: {VIDEO_BYTES})"
    )
    parser.add_argument("--seed", type=int, default=1, help="another one makes other frames (default: 1)")


def wanted_of(given: argparse.Namespace) -> Wanted:
    """What ``arguments`` were given."""
    return Wanted(given.seconds, given.video_bytes, given.seed)


def main(argv: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.long_call", description="Write a run with a long call.")
    parser.add_argument("folder", type=Path, help="where the run is written; new or empty")
    arguments(parser)
    given = parser.parse_args(argv)
    store = write_run(given.folder, wanted_of(given))
    size = sum(file.stat().st_size for file in store.evidence_folder.rglob("*") if file.is_file())
    print(f"{given.folder}: {size / 1e6:.0f} MB of evidence")


if __name__ == "__main__":
    main()
