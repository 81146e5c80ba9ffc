"""Pictures out of the evidence, embedded in the page only when their bytes are what the record says they are."""

import base64
import hashlib
from dataclasses import dataclass

from harness.model.evidence import Evidence
from harness.model.observations import Blob, CallFact, PictureSeen
from reports.text import Words

LARGEST = 2_000_000  # bytes of one embedded picture
BUDGET = 16_000_000  # bytes of all embedded pictures of one page
_FORMATS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


@dataclass(frozen=True)
class Picture:
    """One figure: ``uri`` is a data: URI, or empty, and then ``missing`` says why there is no picture."""

    place: str
    label: str
    sender: str
    caption: str
    alt: str
    uri: str
    sha256: str
    missing: str


@dataclass(frozen=True)
class PictureRow:
    """The pictures of one call, in the order citizen, server, clerk: the server stands between the people."""

    call: str
    tenant: str
    pictures: tuple[Picture, ...]


@dataclass
class Frame:
    """Turns blobs into data: URIs, within the budget of the whole page."""

    evidence: Evidence
    words: Words
    left: int = BUDGET

    def uri(self, blob: Blob | None) -> tuple[str, str]:
        """The data: URI of a picture and "", or "" and the sentence why it is not shown."""
        if blob is None:
            return "", self.words("control.no_picture")
        data = self.evidence.bytes_of(blob)
        if data is None:
            return "", self.words("picture.lost")
        if hashlib.sha256(data).hexdigest() != blob.sha256.lower():
            return "", self.words("picture.altered")
        mime = _mime(data)
        if not mime:
            return "", self.words("picture.format")
        if len(data) > min(LARGEST, self.left):
            return "", self.words("picture.large")
        self.left -= len(data)
        return f"data:{mime};base64,{base64.b64encode(data).decode('ascii')}", ""


def _mime(data: bytes) -> str:
    """The type by the first bytes; only raster formats, because a drawing (SVG) could carry markup."""
    for magic, mime in _FORMATS:
        if data.startswith(magic):
            return mime
    return "image/webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else ""


def picture_rows(evidence: Evidence, frame: Frame, words: Words) -> list[PictureRow]:
    """The recorded pictures call by call, the calls in the order of their first picture."""
    by_call: dict[str, list[PictureSeen]] = {}
    for found in evidence.of(PictureSeen):
        by_call.setdefault(found.seen.call, []).append(found.seen)
    tenants = {found.seen.call: found.seen.tenant for found in evidence.of(CallFact)}
    order = ("citizen", "server", "clerk")
    rows = []
    for call, seen in by_call.items():
        seen.sort(key=lambda picture: order.index(picture.place))
        figures = tuple(_figure(picture, frame, words) for picture in seen)
        rows.append(PictureRow(call_label(call, words), words.short(tenants.get(call, ""), 60), figures))
    return rows


def _figure(seen: PictureSeen, frame: Frame, words: Words) -> Picture:
    uri, missing = frame.uri(seen.blob)
    label = words(f"picture.{seen.place}")
    caption = words.short(seen.caption_de if words.lang == "de" else seen.caption_en, 200)
    return Picture(
        place=seen.place,
        label=label,
        sender=sender(seen.party, words) if seen.place == "server" and seen.party else "",
        caption=caption,
        alt=words("picture.alt", place=label, caption=caption),
        uri=uri,
        sha256=words.short(seen.blob.sha256, 64),
        missing=missing,
    )


def sender(party: str, words: Words) -> str:
    """Whose media it is, as a phrase."""
    known = party in ("citizen", "clerk", "guest")
    return words(f"from.{party}") if known else words("from.other", party=words.short(party, 40))


def call_label(call: str, words: Words) -> str:
    """How a call is named on the page."""
    return words("call.label", call=words.short(call, 60)) if call else words("call.whole")
