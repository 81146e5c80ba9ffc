"""Opening captured frames with the keys that the participants really used: the positive control."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harness.model.errors import WireError
from harness.model.observations import Media, OpenedFrames
from harness.vantage.tapped import RecordedKey, key_id
from harness.wire.frames import Frame
from harness.wire.sframe import SFrameKey, derive_key, open_, parse_header, suite_by_id

SUITES = (0x0005, 0x0004)


@dataclass(frozen=True, slots=True)
class OpenedStream:
    """The observation, the opened frames' plaintexts (by index) and how often each recorded key served."""

    seen: OpenedFrames
    plaintexts: dict[int, bytes]
    served: dict[bytes, int]


class Opener:
    """Tries recorded base keys on SFrame frames (RFC 9605 section 4.4); remembers which key serves which KID."""

    def __init__(self, keys: Iterable[RecordedKey]) -> None:
        self._bases = [key.raw for key in keys if key.algorithm.upper() == "HKDF"]
        self._derived: dict[tuple[bytes, int, int], SFrameKey] = {}
        self._serving: dict[int, tuple[bytes, int]] = {}

    def open_stream(self, call: str, party: str, media: Media, segment: int, frames: Sequence[Frame]) -> OpenedStream:
        """Every frame of a stream, opened where one of the keys opens it."""
        ids: list[str] = []
        rows: list[tuple[int, int, int]] = []  # index of the key, KID, CTR
        plain: dict[int, bytes] = {}
        served: dict[bytes, int] = {}
        suite = ""
        for index, frame in enumerate(frames):
            opened = self._open(frame.data)
            if opened is None:
                rows.append((-1, -1, -1))
                continue
            base, key, kid, ctr, plaintext = opened
            name = key_id(key.key)
            if name not in ids:
                ids.append(name)
            rows.append((ids.index(name), kid, ctr))
            plain[index] = plaintext
            served[base] = served.get(base, 0) + 1
            suite = f"{key.suite.id:04x}"
        seen = OpenedFrames(
            call=call, party=party, media=media, segment=segment, suite=suite,
            key_ids=tuple(ids), keys=tuple(row[0] for row in rows), kids=tuple(row[1] for row in rows),
            ctrs=tuple(row[2] for row in rows),
        )  # fmt: skip
        return OpenedStream(seen, plain, served)

    def _open(self, data: bytes) -> tuple[bytes, SFrameKey, int, int, bytes] | None:
        try:
            header = parse_header(data)
        except WireError:
            return None
        serving = self._serving.get(header.kid)
        candidates = [serving] if serving else []
        candidates += [(base, suite) for base in self._bases for suite in SUITES if (base, suite) != serving]
        for base, suite in candidates:
            key = self._key(base, suite, header.kid)
            try:
                opened = open_(key, data)
            except WireError:
                continue
            self._serving[header.kid] = (base, suite)
            return base, key, header.kid, header.ctr, opened.plaintext
        return None

    def _key(self, base: bytes, suite: int, kid: int) -> SFrameKey:
        at = (base, suite, kid)
        if at not in self._derived:
            self._derived[at] = derive_key(suite_by_id(suite), kid, base)
        return self._derived[at]
