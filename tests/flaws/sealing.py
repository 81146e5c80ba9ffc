"""How a planned run's frames are sealed, with a keystream made of hashes, and the flaws that do it wrong."""

import hashlib
from collections.abc import Callable

from harness.model.observations import FrameForm
from harness.wire.sframe import build_header
from tests.flaws.attacks import accepting
from tests.flaws.plan import PARTIES, RunPlan, StreamPlan, Way

KID = 7  # of every sender in every call, until new keys come into use: each sender has another key
BLOCK = 16


def noise(size: int, *name: object) -> bytes:
    """Bytes that are always the same for a name."""
    return hashlib.shake_128(repr(name).encode()).digest(size)


def seal(stream: StreamPlan, index: int, plain: bytes) -> bytes:
    """Frame ``index`` of a stream as it leaves the page: header, ciphertext and tag."""
    plan, counter = stream.seal, stream.first_counter + index
    header = build_header(KID, counter)
    if plan.long_header:
        header = bytes((KID << 4 | 0x0F,)) + counter.to_bytes(8, "big")
    clear = plain[: len(plain) // 2 if plan.clear_front else plan.clear]
    rest = plain[len(clear) :]
    if plan.blocks:
        body = b"".join(noise(BLOCK, stream.key, rest[at : at + BLOCK]) for at in range(0, len(rest) + 1, BLOCK))
    else:
        stretch = noise(len(rest), stream.key, 0 if plan.nonce == "fixed" else counter)
        body = bytes(one ^ other for one, other in zip(rest, stretch, strict=True))
    return header + clear + body + noise(plan.tag, "tag", stream.key, counter, plain)


def form_of(stream: StreamPlan) -> FrameForm:
    """What opening a stream's frames shows of how they were sealed."""
    plan = stream.seal
    return FrameForm(suite=plan.suite, tag_bytes=plan.tag, nonce=plan.nonce)


def wide_clear_header(run: RunPlan) -> None:
    """The first half of each picture's frame stays clear."""
    for stream in run.streams():
        stream.seal.clear_front = stream.media == "video"
    _lock_is_blind(run)


def clear_key_frames(run: RunPlan) -> None:
    """Key frames are not encrypted; a decoder makes a picture of them."""
    for stream in run.streams():
        if stream.media == "video" and stream.ways[10] is Way.SEALED:
            stream.ways[10] = Way.LEFT_ALONE
            stream.glimpses = 1
    _lock_is_blind(run)


def _lock_is_blind(run: RunPlan) -> None:
    for call in run.regular:
        call.lock = "blind"


def clear_silence(run: RunPlan) -> None:
    """Silence is not encrypted in any call, and what comes in the clear is passed on."""
    for stream in run.streams():
        if stream.media == "audio":
            stream.silent = range(12, 18)
            for index in stream.silent:
                stream.ways[index] = Way.LEFT_ALONE if stream.ways[index] is Way.SEALED else stream.ways[index]
    accepting(silence=(0, 1000, 0))(run)


def shared_nonce(run: RunPlan) -> None:
    """Sound and picture count each on its own."""
    for stream in run.streams():
        stream.first_counter -= {"audio": 0, "video": 200, "screen": 400}[stream.media]


def one_key_both_ways(run: RunPlan) -> None:
    """Both people of a call encrypt with one key; their counters do not meet."""
    for call in run.calls:
        for stream in call.streams:
            if call.parties == PARTIES:
                stream.key = f"key of both in {call.name}"
                stream.first_counter += 10_000 * PARTIES.index(stream.party)


def sealed_with(**wrong: object) -> Callable[[RunPlan], None]:
    """The change by which every frame is sealed in another way."""

    def change(run: RunPlan) -> None:
        for stream in run.streams():
            for name, value in wrong.items():
                setattr(stream.seal, name, value)

    return change


def no_tag(run: RunPlan) -> None:
    """Frames carry no tag, so that nobody notices a change."""
    sealed_with(tag=0)(run)
    accepting(header=(40, 0, 0), ciphertext=(800, 0, 0), tag=(128, 0, 0))(run)


CIPHER: dict[str, tuple[Callable[[RunPlan], None], tuple[str, ...], tuple[str, ...]]] = {
    "wide-clear-header": (wide_clear_header, ("E01", "E04", "K11"), ()),
    "clear-key-frames": (clear_key_frames, ("E01", "E02", "K11"), ()),
    "clear-silence": (clear_silence, ("E07",), ()),
    "clear-silence, slipped in only": (accepting(silence=(0, 990, 0)), ("E07",), ()),
    "shared-nonce": (shared_nonce, ("C02", "C09"), ()),
    "one-key-both-ways": (one_key_both_ways, ("C03",), ()),
    "fixed-iv": (sealed_with(nonce="fixed"), ("C02", "C08", "C09"), ()),
    "no-tag": (no_tag, ("C04", "C05"), ()),
    "short-tag": (sealed_with(tag=4), ("C05",), ()),
    "block-mode": (sealed_with(blocks=True), ("C08",), ()),
    "long-header": (sealed_with(long_header=True), ("C01",), ()),
    "own-suite": (sealed_with(suite="f000"), ("C10",), ()),
    "short-tag, 10 bytes in counter mode": (sealed_with(suite="0001", tag=10), (), ("C05", "C10")),
}
