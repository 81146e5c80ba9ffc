"""What a browser can send, and what became of the one codec that a page found in it."""

import json
from collections.abc import Sequence

from playwright.sync_api import Error, Page

from harness.model.errors import TargetError
from harness.model.observations import CodecsOffered, CodecTried, Media
from harness.vantage.encoded_frames import sender_frames
from harness.vantage.sfu import ServerStream
from harness.vantage.tapped import Tapped
from harness.wire.overlap import clear_frames
from harness.wire.specials import short_and_clear

_NO_MEDIA = {"rtx", "red", "ulpfec", "flexfec-03", "cn", "telephone-event"}  # repair, comfort noise, tones
_ABLE = (
    "(kind) => RTCRtpSender.getCapabilities(kind).codecs.map(({ mimeType }) => mimeType.split('/')[1].toLowerCase())"
)


def codecs_offered(page: Page, party: str) -> list[CodecsOffered]:
    """The codecs of the browser in which a page is open. Raises ``TargetError`` where it does not say."""
    kinds: tuple[Media, ...] = ("audio", "video")
    try:
        able = {kind: page.evaluate(_ABLE, kind) for kind in kinds}
    except Error as error:
        raise TargetError(f"The browser does not say what it can send: {error.message.splitlines()[0]}") from error
    return [
        CodecsOffered(
            party=party,
            media=kind,
            codecs=tuple(dict.fromkeys(name for name in able[kind] if name not in _NO_MEDIA)),
        )
        for kind in kinds
    ]


def codec_tried(
    tapped: Tapped, party: str, media: Media, codec: str, page: str, streams: Sequence[ServerStream], stats: str | None
) -> CodecTried:
    """What the page sent of the medium (``stats``: its statistics as JSON) and what the media server held of it."""
    made = [frame.data for via in ("app", "observer") for frame in sender_frames(tapped, media, via, "before")]
    held = [
        frame.data for stream in streams if (stream.party, stream.media) == (party, media) for frame in stream.frames
    ]
    clear = clear_frames(held, made)
    return CodecTried(
        party=party,
        media=media,
        codec=codec,
        page=page,
        sent=_sent(stats, media),
        made=len(made),
        frames=len(held),
        clear=sum(clear) - sum(short_and_clear(held, clear)),  # silence in the clear shows in any call (E07)
    )


def _sent(stats: str | None, media: Media) -> int:
    try:
        entries = json.loads(stats or "[]")
    except ValueError:
        return 0
    return sum(
        int(entry.get("packetsSent", 0))
        for entry in entries
        if entry.get("type") == "outbound-rtp" and entry.get("kind") == media
    )
