"""From hostile bytes to sealed frames and KIDs, as ``readers`` does it for the rest."""

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from harness.wire import sframe, sframe_forms
from harness.wire.sframe_kid import build_mls_kid, build_ratchet_kid, parse_mls_kid, parse_ratchet_kid

KEYS = tuple(sframe.derive_key(suite, 5, bytes(range(32))) for suite in sframe.SUITES.values())
GCM_KEY = KEYS[4]


def sealed_frame(data: bytes) -> object:
    """A frame, opened with a key of each suite; the KID of the key is the frame's own every other time."""
    header = sframe.parse_header(data)
    for key in KEYS:
        fitting = sframe.SFrameKey(key.suite, header.kid if header.ctr & 1 else 5, key.key, key.salt)
        try:
            return header, sframe.open_(fitting, data)
        except sframe.NotAuthentic:
            continue
    raise sframe.NotAuthentic("SFrame: no suite opens it")


def wrong_forms(data: bytes) -> object:
    """The first byte chooses the form, the rest is a frame of it; from 128 on its sender gives it a tag that holds."""
    form = sframe_forms.WRONG[data[0] % len(sframe_forms.WRONG)] if data else sframe_forms.WRONG[0]
    frame = data[1:]
    header = sframe_forms.header_of(form, frame)
    sframe_forms.is_canonical(frame, header.kid, header.ctr)
    key = sframe.SFrameKey(form.suite, header.kid, GCM_KEY.key, GCM_KEY.salt)
    if data[0] >= 128 and form.clear == "nothing":
        frame = _under_its_tag(form, key, frame, header)
    return sframe_forms.read_header(frame), sframe_forms.open_as(form, key, frame, (b"made",))


def _under_its_tag(
    form: sframe_forms.SealForm, key: sframe.SFrameKey, frame: bytes, header: sframe.SFrameHeader
) -> bytes:
    """What a hostile sender makes, who has the key: what follows the header is sealed, or is the blocks themselves."""
    head, body = frame[: header.size], frame[header.size :]
    aad = head if form.covers_header else b""
    counter = 0 if form.nonce == "fixed" else header.ctr
    nonce = (int.from_bytes(key.salt, "big") ^ counter).to_bytes(len(key.salt), "big")
    if form.mode == "blocks":
        return head + body + AESGCM(key.key).encrypt(nonce, b"", aad + body)
    sealed = AESGCM(key.key).encrypt(nonce, body, aad)
    return head + sealed[: len(body) + form.tag]


def kid_fields(data: bytes) -> object:
    """Two bytes for the widths of the fields, one for what is taken away from the number, and the number."""
    head, number = data[:3].ljust(3, b"\0"), int.from_bytes(data[3:], "big") - (data[2] if len(data) > 2 else 0)
    mls = parse_mls_kid(number, epoch_bits=head[0] - 1, index_bits=head[1] - 1)
    again = build_mls_kid(mls.context, mls.index, mls.epoch, epoch_bits=head[0] - 1, index_bits=head[1] - 1)
    ratchet = parse_ratchet_kid(number, head[0] - 1)
    if again != number or build_ratchet_kid(ratchet.generation, ratchet.step, head[0] - 1) != number:
        raise AssertionError("a KID is not built as it was read")
    return mls, ratchet
