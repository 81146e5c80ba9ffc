"""Frames sealed in each wrong way open as what they are, and only where nothing of them was changed."""

import pytest
from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from harness.model.errors import WireError
from harness.wire.sframe import SUITES, NotAuthentic, SFrameHeader, SFrameKey, build_header, derive_key
from harness.wire.sframe_forms import WRONG, SealForm, header_of, open_as

BASE = bytes(range(40))
KID, CTR = 9, 300
HEADER = build_header(KID, CTR)
PLAIN = b"a frame of 23 bytes ..."


def key_of(form: SealForm) -> SFrameKey:
    return derive_key(form.suite, KID, BASE)


def sealed(form: SealForm, plain: bytes = PLAIN, header: bytes = HEADER, ctr: int = CTR) -> bytes:
    """What a client of that form sends."""
    key = key_of(form)
    number = int.from_bytes(key.salt, "big") ^ (ctr if form.nonce == "counter" else 0)
    nonce = number.to_bytes(12, "big")
    covered = header if form.covers_header else b""
    if form.mode == "blocks":
        padder = padding.PKCS7(128).padder()
        chain = Cipher(algorithms.AES(key.key), modes.CBC(bytes(16))).encryptor()
        blocks = chain.update(padder.update(plain) + padder.finalize()) + chain.finalize()
        return header + blocks + AESGCM(key.key).encrypt(nonce, b"", covered + blocks)
    clear = {"nothing": b"", "front": plain[: len(plain) // 2], "all": plain}[form.clear]
    body = AESGCM(key.key).encrypt(nonce, plain[len(clear) :], covered + clear)
    body = body[: len(body) - 16 + form.tag]
    if form.clear == "all":
        return clear + header + body + bytes([len(header + body)])
    return header + clear + body


def name_of(form: SealForm) -> str:
    return f"{form.mode} {form.tag} {form.nonce} {form.clear} {form.covers_header} {form.suite.id:04x}"


EACH = pytest.mark.parametrize("form", WRONG, ids=name_of)


@EACH
@pytest.mark.parametrize("plain", [PLAIN, PLAIN[:22], b"x", b""])
def test_frame_of_a_wrong_form_opens_as_that_form(form: SealForm, plain: bytes) -> None:
    frame = sealed(form, plain)
    assert header_of(form, frame) == SFrameHeader(KID, CTR, 4)
    opened = open_as(form, key_of(form), frame, made=(b"other", plain))
    assert (opened.plaintext, opened.header) == (plain, SFrameHeader(KID, CTR, 4))


@EACH
def test_header_that_is_longer_than_it_must_be_is_borne(form: SealForm) -> None:
    long = b"\xff" + KID.to_bytes(8, "big") + CTR.to_bytes(8, "big")
    opened = open_as(form, key_of(form), sealed(form, header=long), made=(PLAIN,))
    assert (opened.plaintext, opened.header) == (PLAIN, SFrameHeader(KID, CTR, 17))


@EACH
def test_frame_that_was_changed_does_not_open(form: SealForm) -> None:
    frame = sealed(form)
    for at in range(len(HEADER), len(frame)):
        broken = bytearray(frame)
        broken[at] ^= 0x10
        with pytest.raises(WireError, match="^SFrame: "):
            open_as(form, key_of(form), bytes(broken), made=(PLAIN,))
    for cut in range(len(frame)):
        with pytest.raises(WireError, match="^SFrame: "):
            open_as(form, key_of(form), frame[:cut], made=(PLAIN,))


@EACH
def test_counter_counts_where_the_form_says_so(form: SealForm) -> None:
    """A frame whose header says another counter: it opens where neither nonce nor tag have to do with it."""
    frame = sealed(form, ctr=CTR + 1)
    if form.nonce == "fixed":
        assert open_as(form, key_of(form), frame).plaintext == PLAIN
        return
    with pytest.raises(NotAuthentic):
        open_as(form, key_of(form), frame, made=(PLAIN,))


@EACH
def test_header_is_covered_where_the_form_says_so(form: SealForm) -> None:
    if form.nonce == "fixed" or form.clear == "all" or form.tag == 0:
        return
    long = b"\xff" + KID.to_bytes(8, "big") + CTR.to_bytes(8, "big")
    frame = long + sealed(form)[len(HEADER) :]
    if form.covers_header:
        with pytest.raises(NotAuthentic, match="^SFrame: the frame does not authenticate$"):
            open_as(form, key_of(form), frame)
    else:
        assert open_as(form, key_of(form), frame).plaintext == PLAIN


@EACH
def test_key_of_another_kid_is_not_tried(form: SealForm) -> None:
    key = key_of(form)
    with pytest.raises(NotAuthentic, match="^SFrame: not a frame of this form and key$"):
        open_as(form, SFrameKey(key.suite, KID + 1, key.key, key.salt), sealed(form), made=(PLAIN,))


def test_frame_without_a_tag_opens_only_as_what_was_made() -> None:
    [form] = [form for form in WRONG if form.tag == 0]
    with pytest.raises(NotAuthentic, match="^SFrame: not a frame of this form and key$"):
        open_as(form, key_of(form), sealed(form), made=(PLAIN[1:],))
    with pytest.raises(NotAuthentic, match="^SFrame: not a frame of this form and key$"):
        open_as(form, key_of(form), sealed(form))


@pytest.mark.parametrize("data", [b"", b"\x01", b"ab\x03", b"\xff"])
def test_frame_without_an_sframe_at_its_end_is_named(data: bytes) -> None:
    [form] = [form for form in WRONG if form.clear == "all"]
    for read in (lambda: header_of(form, data), lambda: open_as(form, key_of(form), data)):
        with pytest.raises(WireError, match="^SFrame: no SFrame at the end$"):
            read()


def test_sframe_at_the_end_may_be_all_there_is() -> None:
    [form] = [form for form in WRONG if form.clear == "all"]
    assert header_of(form, b"\x97\x01\x00\x03") == SFrameHeader(256, 7, 3)
    with pytest.raises(WireError, match="^SFrame: empty frame$"):
        header_of(form, b"clear\0")


def test_blocks_that_are_not_whole_or_not_padded_are_named() -> None:
    [form] = [form for form in WRONG if form.mode == "blocks"]
    key = key_of(form)
    nonce = (int.from_bytes(key.salt, "big") ^ CTR).to_bytes(12, "big")
    for blocks in (b"fifteen bytes..", b"sixteen bytes...", b""):
        frame = HEADER + blocks + AESGCM(key.key).encrypt(nonce, b"", HEADER + blocks)
        with pytest.raises(WireError, match="^SFrame: the blocks are not whole$"):
            open_as(form, key, frame)


def test_forms_are_those_that_clients_were_seen_to_use() -> None:
    assert [(form.mode, form.tag, form.nonce, form.clear, form.covers_header, form.suite.id) for form in WRONG] == [
        ("gcm", 16, "counter", "nothing", True, 5), ("gcm", 4, "counter", "nothing", True, 5),
        ("gcm", 8, "counter", "nothing", True, 5), ("gcm", 12, "counter", "nothing", True, 5),
        ("gcm", 16, "fixed", "nothing", True, 5), ("gcm", 16, "counter", "nothing", False, 5),
        ("blocks", 16, "counter", "nothing", True, 5), ("gcm", 16, "counter", "front", True, 5),
        ("gcm", 16, "counter", "all", True, 5), ("gcm", 16, "counter", "nothing", True, 0xF000),
        ("gcm", 0, "counter", "nothing", True, 5),
    ]  # fmt: skip
    assert set(SUITES) == {1, 2, 3, 4, 5}
