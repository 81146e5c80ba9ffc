"""Opening captured frames with the keys that the participants really used: the positive control."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from harness.model.errors import WireError
from harness.model.observations import FrameForm, Media, OpenedFrames
from harness.vantage.tapped import RecordedKey, key_id
from harness.wire.frames import Frame
from harness.wire.sframe import Opened, SFrameKey, derive_key
from harness.wire.sframe_forms import REGISTERED, WRONG, SealForm, header_of, open_as

LATELY = 6  # a call changes its keys seldom, and a key its form never
USUAL = 2  # of the registered forms: those with AES-GCM
PATIENCE = 200  # frames of a stream on which every form is tried in vain: the form is not what keeps it closed


@dataclass(frozen=True, slots=True)
class OpenedStream:
    """The observation, the opened frames' plaintexts (by index) and how often each recorded key served."""

    seen: OpenedFrames
    plaintexts: dict[int, bytes]
    served: dict[bytes, int]


@dataclass(frozen=True, slots=True)
class _Success:
    base: bytes
    key: SFrameKey
    form: SealForm
    opened: Opened


class Opener:
    """Tries recorded base keys on SFrame frames (RFC 9605 section 4.4), and remembers what served."""

    def __init__(self, keys: Iterable[RecordedKey]) -> None:
        self._bases = [key.raw for key in keys if key.algorithm.upper() == "HKDF"]
        self._derived: dict[tuple[bytes, int, int], SFrameKey] = {}
        self._lately: list[tuple[bytes, SealForm]] = []  # what served, the last first

    def open_stream(
        self, call: str, party: str, media: Media, segment: int, frames: Sequence[Frame], made: Collection[bytes] = ()
    ) -> OpenedStream:
        """Every frame of a stream, opened where one of the keys opens it; ``made``: what its encoder is known to
        have made, by which alone a frame without a tag can be recognised."""
        ids: list[str] = []
        forms: list[SealForm] = []
        rows: list[tuple[int, int, int, int]] = []  # index of the key, KID, CTR, index of the form
        plain: dict[int, bytes] = {}
        served: dict[bytes, int] = {}
        patience = PATIENCE
        for index, frame in enumerate(frames):
            found = self._open(frame.data, made, thorough=patience > 0)
            if found is None:
                rows.append((-1, -1, -1, -1))
                patience -= 1
                continue
            name = key_id(found.key.key)
            if name not in ids:
                ids.append(name)
            if found.form not in forms:
                forms.append(found.form)
            header = found.opened.header
            rows.append((ids.index(name), header.kid, header.ctr, forms.index(found.form)))
            plain[index] = found.opened.plaintext
            served[found.base] = served.get(found.base, 0) + 1
        keys, kids, ctrs, formed = zip(*rows, strict=True) if rows else ((), (), (), ())
        described = tuple(
            FrameForm(suite=f"{form.suite.id:04x}", tag_bytes=form.tag, nonce=form.nonce) for form in forms
        )
        seen = OpenedFrames(
            call=call, party=party, media=media, segment=segment, suite=described[-1].suite if described else "",
            key_ids=tuple(ids), keys=keys, kids=kids, ctrs=ctrs, forms=described, formed=formed,
        )  # fmt: skip
        return OpenedStream(seen, plain, served)

    def _open(self, data: bytes, made: Collection[bytes], *, thorough: bool) -> _Success | None:
        """What served last is tried first; then every key in the usual forms or, if ``thorough``, in all of them."""
        for base, form in self._lately:
            found = self._try(base, form, data, made)
            if found:
                self._remember(base, form)
                return found
        for form in (*REGISTERED, *WRONG) if thorough else REGISTERED[:USUAL]:
            for base in self._bases:
                found = self._try(base, form, data, made)
                if found:
                    self._remember(base, form)
                    return found
        return None

    def _try(self, base: bytes, form: SealForm, data: bytes, made: Collection[bytes]) -> _Success | None:
        try:
            key = self._key(base, form, header_of(form, data).kid)
            return _Success(base, key, form, open_as(form, key, data, made))
        except WireError:
            return None

    def _remember(self, base: bytes, form: SealForm) -> None:
        if not self._lately or self._lately[0] != (base, form):
            self._lately = [(base, form), *(each for each in self._lately if each != (base, form))][:LATELY]

    def _key(self, base: bytes, form: SealForm, kid: int) -> SFrameKey:
        at = (base, form.suite.id, kid)
        if at not in self._derived:
            self._derived[at] = derive_key(form.suite, kid, base)
        return self._derived[at]
