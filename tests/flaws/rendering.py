"""The evidence that a bench would have written of a planned run: records, and synthetic frames packed as blobs."""

import hashlib
from collections.abc import Sequence
from typing import Literal

from harness.model.evidence import Evidence
from harness.model.observations import (
    AnyObservation,
    Blob,
    CallFact,
    KeySeen,
    LinkSeen,
    Media,
    MediaPath,
    OpenedFrames,
    ReceiverFrames,
    Recognition,
    Record,
    SearchResult,
    SenderFrames,
    ServerFrames,
    SessionDescription,
    TapStatus,
    TransportStats,
)
from harness.model.observations.frames import DIRECT
from harness.wire.frames import Frame, pack_frames
from harness.wire.specials import SILENCE
from tests.flaws.attacks import downgrades_tried, frames_attacked
from tests.flaws.beside import key_id
from tests.flaws.coming import kid_of, trust
from tests.flaws.plan import MEDIA, PLACES, CallPlan, RunPlan, StreamPlan, Way
from tests.flaws.sealing import form_of, noise, seal

CLEAR = (Way.FORWARDED, Way.LEFT_ALONE, Way.BARE)
IN_TRANSFORM = (Way.SEALED, Way.FORWARDED, Way.LEFT_ALONE, Way.SWALLOWED)
SILENT = 5  # of ten frames of sound
ALL_MEDIA: tuple[Media, ...] = (*MEDIA, "screen")
SENT = (Way.SEALED, Way.UNKNOWN, *CLEAR)


def render(plan: RunPlan) -> Evidence:
    """The evidence of a planned run."""
    page = _Page()
    for call in plan.calls:
        _call(page, call)
        if call.focus == "attacked":
            page.seen += frames_attacked(plan, call)
        if call.focus == "downgraded":
            page.seen += downgrades_tried(call)
    page.seen += plan.beside
    records = [Record(id=f"r{number:04}", at=0.0, seen=seen) for number, seen in enumerate(page.seen, 1)]
    return Evidence(records, page.blobs)


class _Page:
    """What has been written so far."""

    def __init__(self) -> None:
        self.seen: list[AnyObservation] = []
        self.blobs: dict[str, bytes] = {}

    def blob(self, path: str, frames: Sequence[Frame]) -> Blob:
        data = pack_frames(frames)
        self.blobs[path] = data
        return Blob(path=path, sha256=hashlib.sha256(data).hexdigest(), size=len(data))


def _plain(stream: StreamPlan, index: int) -> Frame:
    size = (40 if stream.media == "audio" else 200) + index % 7
    step, start = (960, 4_294_960_000) if stream.media == "audio" else (3000, 77_000 * (stream.segment + 1))
    at = stream.began + index * stream.interval
    if index in stream.silent:
        return Frame((start + index * step) % 2**32, at, SILENCE)
    if stream.media == "audio" and index % 10 == SILENT:  # nobody speaks all the time, and silence sounds alike
        return Frame((start + index * step) % 2**32, at, noise(40, "silence", stream.party))
    name = (stream.call, stream.party, stream.media, stream.segment, index, *(["direct"] if stream.direct else []))
    still = noise(32, "still", stream.party) if index % 10 == SILENT else b""  # and a picture begins as one before did
    return Frame((start + index * step) % 2**32, at, still + noise(size - len(still), "plain", *name))


def _left(stream: StreamPlan, index: int) -> Frame:
    """The frame as it left the page."""
    plain = _plain(stream, index)
    if stream.ways[index] in CLEAR:
        return plain
    return Frame(plain.timestamp, plain.at + 0.001, seal(stream, index, plain.data))


def _chosen(stream: StreamPlan, ways: Sequence[Way]) -> list[int]:
    return [index for index, way in enumerate(stream.ways) if way in ways]


def _server(stream: StreamPlan) -> list[Frame]:
    left = [_left(stream, index) for index in _chosen(stream, SENT)]
    return [Frame(frame.timestamp, frame.at + 0.02, frame.data) for frame in left]


def _call(page: _Page, call: CallPlan) -> None:
    page.seen.append(
        CallFact(
            call=call.name,
            tenant=call.name.split("-")[0],
            fault=call.fault,
            fault_at=call.fault_at,
            focus=call.focus,
            parties=call.parties,
            connected=not call.fault,
            began_at=call.began,
            ended_at=call.began + 60,
        )
    )
    page.seen.append(TapStatus(call=call.name, vantage="sfu", state=call.sfu))
    page.seen += [TapStatus(call=call.name, vantage=vantage, state="ok") for vantage in ("encoded-frames", "keys")]
    page.seen += trust(call)
    for stream in call.streams:
        if stream.direct:
            _opened(page, call, stream)
        elif call.sfu == "ok":
            _at_server(page, call, stream)
            if not call.fault and not call.focus and not stream.segment:
                _recognised(page, stream)
    for party in call.parties:
        for media in ALL_MEDIA:
            streams = [stream for stream in call.streams if (stream.party, stream.media) == (party, media)]
            direct = [stream for stream in streams if stream.direct]
            _sent(page, call.name, party, media, [stream for stream in streams if not stream.direct])
            _sent(page, call.name, party, media, direct, "direct")
            if not call.focus or direct:
                _received(page, call.name, party, media, streams)
        if call.keys:
            _keys(page, call, party)
        if not call.fault and not call.focus:
            _transport(page, call, party)
    if not call.fault and not call.focus:
        page.seen.append(LinkSeen(call=call.name, path_shape="/t/…", fragment=call.fragment))
        _searched(page, call, PLACES)
    if call.focus == "extras":
        _searched(page, call, ("recorder",))
    if call.focus == "direct":
        _paths(page, call)


def _at_server(page: _Page, call: CallPlan, stream: StreamPlan) -> None:
    frames = _server(stream)
    if not frames:
        return
    where = (stream.call, stream.party, stream.media, stream.segment)
    codec = "opus" if stream.media == "audio" else "vp9"
    blob = page.blob("server-" + "-".join(map(str, where)), frames)
    page.seen.append(
        ServerFrames(
            call=stream.call,
            party=stream.party,
            media=stream.media,
            codec=codec,
            segment=stream.segment,
            frames=len(frames),
            blob=blob,
        )
    )
    _opened(page, call, stream)


def _opened(page: _Page, call: CallPlan, stream: StreamPlan) -> None:
    frames = _server(stream)
    sent = _chosen(stream, SENT)
    sealed = [stream.ways[index] is Way.SEALED for index in sent]
    page.seen.append(
        OpenedFrames(
            call=stream.call,
            party=stream.party,
            media=stream.media,
            segment=DIRECT if stream.direct else stream.segment,
            suite=stream.seal.suite,
            forms=(form_of(stream),),
            formed=tuple(0 if opened else -1 for opened in sealed),
            key_ids=(key_id(stream.key + " and its KID"),),
            keys=tuple(0 if opened else -1 for opened in sealed),
            kids=tuple(kid_of(call, frame.at) if opened else -1 for opened, frame in zip(sealed, frames, strict=True)),
            ctrs=tuple(
                stream.first_counter + index if opened else -1 for index, opened in zip(sent, sealed, strict=True)
            ),
        )
    )


def _recognised(page: _Page, stream: StreamPlan) -> None:
    frames = len(_chosen(stream, SENT))
    readable = 2 * len(_chosen(stream, CLEAR)) > frames
    audio = stream.media == "audio"

    def seen(place: Literal["sfu-keyless", "sfu-with-keys"], found: bool) -> Recognition:
        return Recognition(
            call=stream.call,
            party=stream.party,
            media=stream.media,
            place=place,
            looked=frames,
            decoded=frames if found or audio else 0,
            found=frames if found else 0,
            score=(0.93 if found else 0.04) if audio else None,
        )

    glimpsed = seen("sfu-keyless", readable)
    page.seen.append(glimpsed.model_copy(update={"found": stream.glimpses}) if stream.glimpses else glimpsed)
    if not readable:
        page.seen.append(seen("sfu-with-keys", True))


def _paths(page: _Page, call: CallPlan) -> None:
    """Two are connected directly, and when the third has come everybody by the media server."""
    ends = [(1, "citizen", "clerk"), (1, "clerk", "citizen"), *((2, party, "") for party in call.parties)]
    page.seen += [
        MediaPath(
            call=call.name, party=party, moment=moment, at=call.began + 9 * moment, pc=moment, peer=peer,
            candidate="host",
        )
        for moment, party, peer in ends
    ]  # fmt: skip


def _sent(
    page: _Page,
    call: str,
    party: str,
    media: Media,
    streams: list[StreamPlan],
    path: Literal["server", "direct"] = "server",
) -> None:
    def write(via: Literal["app", "observer"], stage: Literal["before", "after"], frames: list[Frame]) -> None:
        if frames:
            suffix = "-direct" if path == "direct" else ""
            blob = page.blob(f"sent-{call}-{party}-{media}-{via}-{stage}{suffix}", frames)
            page.seen.append(
                SenderFrames(
                    call=call, party=party, path=path, media=media, via=via, stage=stage, frames=len(frames), blob=blob
                )
            )

    into = [_plain(stream, index) for stream in streams for index in _chosen(stream, IN_TRANSFORM)]
    out = [
        _left(stream, index)
        for stream in streams
        for index in _chosen(stream, (Way.SEALED, Way.FORWARDED, Way.LEFT_ALONE))
    ]
    past = [_plain(stream, index) for stream in streams for index in _chosen(stream, (Way.BARE,))]
    write("app", "before", into)
    write("app", "after", out)
    write("observer", "before", past)
    write("observer", "after", past)


def _received(page: _Page, call: str, sender: str, media: Media, streams: list[StreamPlan]) -> None:
    ways = [way for stream in streams for way in stream.ways if way in SENT]
    if not any(way in IN_TRANSFORM for way in ways):
        return  # where no page sets a transform there is none to receive through
    frames = [frame for stream in streams for frame in _server(stream)]
    page.seen.append(
        ReceiverFrames(
            call=call,
            party="clerk" if sender == "citizen" else "citizen",
            sender=sender,
            media=media,
            before=tuple(hashlib.sha256(frame.data).hexdigest()[:16] for frame in frames),
            after=tuple(index for index, way in enumerate(ways) if way in (Way.SEALED, Way.LEFT_ALONE)),
            at=tuple(frame.at + 0.05 for frame in frames),
        )
    )


def _keys(page: _Page, call: CallPlan, party: str) -> None:
    streams = [stream for stream in call.streams if stream.party == party]
    for stream in streams[:1]:
        opens = sum(len(_chosen(each, (Way.SEALED,))) for each in streams)
        base = key_id(stream.key)
        page.seen += [
            KeySeen(call=call.name, party=party, scope="page", algorithm="HKDF", bits=256, key_id=base),
            KeySeen(call=call.name, party=party, scope="worker", algorithm="HKDF", bits=256, key_id=base, opens=opens),
        ]


def _transport(page: _Page, call: CallPlan, party: str) -> None:
    sides: tuple[Literal["local", "remote"], ...] = ("local", "remote")
    page.seen += [
        SessionDescription(call=call.name, party=party, side=side, type="offer", sdp=call.sdp) for side in sides
    ]
    page.seen.append(
        TransportStats(
            call=call.name,
            party=party,
            dtls_state="connected",
            tls_version=call.tls_version,
            dtls_cipher=call.dtls_cipher,
            srtp_cipher=call.srtp_cipher,
        )
    )


def _searched(page: _Page, call: CallPlan, places: Sequence[str]) -> None:
    keys = tuple(dict.fromkeys(key_id(stream.key) for stream in call.streams if call.keys))
    page.seen += [
        SearchResult(
            call=call.name,
            place=place,
            source=f"the {place} of {call.name}",
            items=3,
            searched_bytes=1_000_000,
            keys=keys,
            control="a mark",
            control_found=1,
            hits=tuple(call.hits.get(place, [])),
        )
        for place in places
    ]
