"""The server's streams: frames, what the participants' keys made of them, what a decoder recognised."""

from collections.abc import Iterable, Sequence
from typing import Literal

from harness.call import Call
from harness.media.canary import Canaries
from harness.model.observations import Blob, Media, PictureSeen, Recognition, ServerFrames
from harness.model.observations.frames import DIRECT
from harness.opening import OpenedStream, Opener
from harness.recognition import Recognised, recognise_audio, recognise_video
from harness.store import RunStore
from harness.vantage.encoded_frames import sender_frames
from harness.vantage.sfu import ServerStream
from harness.wire.early import early_count
from harness.wire.frames import Frame, pack_frames
from harness.wire.overlap import clear_frames
from harness.wire.specials import short_and_clear

Place = Literal["sfu-keyless", "sfu-with-keys"]
Part = Literal["early", "steady"]
_DIRECT_MEDIA: tuple[Media, ...] = ("audio", "video")  # a shared screen goes by the server
VIA = ("app", "observer")
_OF = {"citizen": ("der Bürgerin", "citizen"), "clerk": ("des Amts", "clerk"), "guest": ("des Gasts", "guest")}


def write_streams(
    store: RunStore, canaries: Canaries, call: Call, streams: Iterable[ServerStream], opener: Opener
) -> dict[bytes, int]:
    """Writes every stream of a call; returns how many frames each base key opened."""
    served: dict[bytes, int] = {}
    for stream in streams:
        path = f"{call.label}/server-{stream.party}-{stream.media}-{stream.segment}.frames"
        store.add(
            ServerFrames(
                call=call.label,
                party=stream.party,
                media=stream.media,
                codec=stream.codec,
                segment=stream.segment,
                frames=len(stream.frames),
                lost_packets=stream.lost,
                blob=store.add_blob(path, pack_frames(stream.frames)),
            )
        )
        made = frozenset(frame.data for frame in _made(call, stream))
        opened = opener.open_stream(call.label, stream.party, stream.media, stream.segment, stream.frames, made)
        store.add(opened.seen)
        for base, count in opened.served.items():
            served[base] = served.get(base, 0) + count
        # A call held for what is beside the picture is searched for what only it has.
        wanted = stream.media == "screen" if call.focus == "extras" else not (call.fault or call.focus)
        if wanted and stream.segment == 0:
            _Canary(store, canaries, call, stream).write(opened)
    return served


def write_direct(store: RunStore, call: Call, opener: Opener) -> None:
    """What the keys made of the frames that left the pages on direct connections."""
    for party, connections in call.direct.items():
        tapped = call.people[party].tapped
        for media in _DIRECT_MEDIA:
            frames = sender_frames(tapped, media, "app", "after", connections.__contains__)
            if frames:
                store.add(opener.open_stream(call.label, party, media, DIRECT, frames).seen)


def _made(call: Call, stream: ServerStream) -> list[Frame]:
    """What the sender's encoder was seen to make of a stream's medium."""
    if stream.party not in call.people:
        return []
    tapped = call.people[stream.party].tapped
    return [frame for via in VIA for frame in sender_frames(tapped, stream.media, via, "before")]


class _Canary:
    """The search for the sender's canary in one stream, without keys and with them."""

    def __init__(self, store: RunStore, canaries: Canaries, call: Call, stream: ServerStream) -> None:
        self._store, self._canaries, self._call, self._stream = store, canaries, call, stream

    def write(self, opened: OpenedStream) -> None:
        """Keyless: the frames before the first sealed one and the rest on their own; then the opened frames.

        Short frames that nobody encrypted are played among the opened ones, as in the call.
        """
        frames = self._stream.frames
        clear, short = self._marks()
        early = early_count(clear, short)
        if early:
            self._recognition("sfu-keyless", "early", frames[:early])
        if frames[early:]:
            self._recognition("sfu-keyless", "steady", frames[early:])
        plain = [
            Frame(frame.timestamp, frame.at, opened.plaintexts.get(index, frame.data))
            for index, frame in enumerate(frames)
            if index in opened.plaintexts or short[index]
        ]
        if opened.plaintexts:
            self._recognition("sfu-with-keys", "steady", plain)

    def _marks(self) -> tuple[Sequence[bool], Sequence[bool]]:
        """For each frame whether it was in the clear, and whether it is short besides (``harness.wire.specials``)."""
        held = [frame.data for frame in self._stream.frames]
        clear = clear_frames(held, [frame.data for frame in _made(self._call, self._stream)])
        return clear, short_and_clear(held, clear)

    def _recognition(self, place: Place, part: Part, frames: list[Frame]) -> None:
        seen = self._recognise(frames)
        picture = None
        if seen.picture:
            what = self._stream.party + ("-screen" if self._stream.media == "screen" else "")
            path = f"{self._call.label}/{place}-{part}-{what}.png"
            picture = self._store.add_blob(path, seen.picture)
            if place == "sfu-keyless" and part == "steady":
                self._server_picture(picture)
        self._store.add(
            Recognition(
                call=self._call.label,
                party=self._stream.party,
                place=place,
                part=part,
                media=self._stream.media,
                looked=seen.looked,
                decoded=seen.decoded,
                found=seen.found,
                score=seen.score,
                picture=picture,
            )
        )

    def _server_picture(self, picture: Blob) -> None:
        party = self._stream.party
        of_de, of_en = _OF.get(party, (party, party))
        screen = self._stream.media == "screen"
        self._store.add(
            PictureSeen(
                call=self._call.label,
                party=party,
                place="server",
                caption_de=f"Was der Server vom {'Bildschirm' if screen else 'Bild'} {of_de} sah",
                caption_en=f"What the server saw of the {of_en}'s {'screen' if screen else 'picture'}",
                blob=picture,
            )
        )

    def _recognise(self, frames: list[Frame]) -> Recognised:
        if self._stream.media == "audio":
            return recognise_audio(frames, self._canaries, self._stream.party)
        return recognise_video(self._stream.codec, frames, self._canaries, self._stream.party)
