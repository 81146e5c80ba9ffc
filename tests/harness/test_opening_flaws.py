"""The bench opens what the client seals with each flaw of its cipher, and says in what form it was sealed."""

import subprocess
from functools import cache
from pathlib import Path

import pytest

from harness.model.observations import FrameForm
from harness.opening import Opener
from harness.vantage.tapped import RecordedKey
from harness.wire.frames import Frame
from townhall.web.build import NODE

SOURCE = Path(__file__).parents[2] / "townhall" / "web" / "src"
BASE = bytes(range(32))
FRAMES = [
    ("video", "key", b"\x82" + bytes(range(60))),
    ("audio", "delta", b"silence"),
    ("video", "delta", b"\x86" + bytes(range(100, 190))),
    ("audio", "delta", b"silence"),
    ("video", "key", b"\x82" + bytes(range(60))),
]
USUAL = FrameForm(suite="0005", tag_bytes=16)
FORMS = {
    "": {USUAL},
    "wide-clear-header": {USUAL},
    "clear-key-frames": {USUAL},
    "shared-nonce": {USUAL},
    "fixed-iv": {USUAL, FrameForm(suite="0005", tag_bytes=16, nonce="fixed")},  # counter 0 makes no difference
    "no-tag": {FrameForm(suite="0005", tag_bytes=0)},
    "short-tag": {FrameForm(suite="0005", tag_bytes=4)},
    "block-mode": {USUAL},
    "long-header": {USUAL},
    "own-suite": {FrameForm(suite="f000", tag_bytes=16)},
}


@cache
def sealed_by_all(kid: int = 17) -> dict[str, list[Frame]]:
    """The frames as the client seals them with each flaw."""
    told = "".join(f"{kind} {type_} {data.hex()}\n" for kind, type_, data in FRAMES)
    script = Path(__file__).with_name("seal_with_flaws.mjs")
    command = [str(NODE), str(script), ",".join(FORMS), BASE.hex(), str(kid), str(SOURCE)]
    done = subprocess.run(command, input=told, capture_output=True, text=True, check=True, timeout=60)
    frames = [Frame(number, 0.0, bytes.fromhex(line)) for number, line in enumerate(done.stdout.splitlines())]
    return {flaw: frames[number * len(FRAMES) :][: len(FRAMES)] for number, flaw in enumerate(FORMS)}


def sealed(flaw: str) -> list[Frame]:
    return sealed_by_all()[flaw]


@pytest.mark.parametrize("flaw", FORMS)
def test_what_the_client_seals_is_opened_whatever_its_flaw(flaw: str) -> None:
    keys = [RecordedKey(raw, b"", "worker", "HKDF") for raw in (bytes(range(50, 82)), BASE)]
    made = frozenset(data for _, _, data in FRAMES)
    opened = Opener(keys).open_stream("c", "clerk", "video", 0, sealed(flaw), made)
    assert opened.plaintexts == dict(enumerate(data for _, _, data in FRAMES))
    assert set(opened.seen.forms) == FORMS[flaw]
    assert set(opened.seen.kids) == {17}
    assert opened.seen.ctrs == ((0, 0, 1, 1, 2) if flaw == "shared-nonce" else (0, 1, 2, 3, 4))
    assert opened.served == {BASE: 5}


def test_without_a_tag_only_what_the_encoder_made_counts_as_opened() -> None:
    keys = [RecordedKey(BASE, b"", "worker", "HKDF")]
    opened = Opener(keys).open_stream("c", "clerk", "video", 0, sealed("no-tag"), made=[FRAMES[1][2]])
    assert sorted(opened.plaintexts) == [1, 3]


@pytest.mark.parametrize("flaw", FORMS)
def test_no_form_opens_with_another_key(flaw: str) -> None:
    keys = [RecordedKey(bytes(range(50, 82)), b"", "worker", "HKDF")]
    made = frozenset(data for _, _, data in FRAMES)
    assert not Opener(keys).open_stream("c", "clerk", "video", 0, sealed(flaw), made).plaintexts
