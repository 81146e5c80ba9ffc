"""What the pages showed of themselves: frames around the transforms, keys by their hash, descriptions, transports."""

from collections.abc import Callable, Collection, Mapping
from itertools import product
from typing import Any, Literal

from harness.call import Call
from harness.model.observations import (
    KeySeen,
    Media,
    SenderFrames,
    SenderStats,
    SessionDescription,
    TapStatus,
    TransformSet,
    TransportStats,
)
from harness.store import RunStore
from harness.vantage.encoded_frames import MEDIA, origins, receiver_frames, sender_frames
from harness.vantage.tapped import Tapped
from harness.wire.frames import pack_frames
from harness.wire.sdp import redact_sdp

VIA: tuple[Literal["app", "observer"], ...] = ("app", "observer")
PATHS: tuple[Literal["server", "direct"], ...] = ("server", "direct")
STAGES: tuple[Literal["before", "after"], ...] = ("before", "after")


def write_pages(store: RunStore, call: Call) -> None:
    """The encoded frames of every page, sent and received, and whether that tap delivered."""
    written = 0
    sent = origins({party: person.tapped for party, person in call.people.items()})
    for party, person in call.people.items():
        direct = call.direct.get(party, set())
        written += sum(_write_sender(store, call.label, party, media, person.tapped, direct) for media in MEDIA)
        for set_ in person.tapped.transforms.values():
            store.add(
                TransformSet(call=call.label, party=party, media=set_.media, side=set_.side, via=set_.via, at=set_.at)
            )
        for observation in receiver_frames(call.label, party, call.other(party), person.tapped, sent):
            store.add(observation)
    ok = bool(written or call.disturbed)  # where a fault stopped everything there is nothing to tap
    store.add(TapStatus(call=call.label, vantage="encoded-frames", state="ok" if ok else "silent"))


def _write_sender(store: RunStore, call: str, party: str, media: Media, tapped: Tapped, direct: Collection[int]) -> int:
    written = 0
    within: dict[str, Callable[[int], bool]] = {
        "server": lambda connection: connection not in direct,
        "direct": lambda connection: connection in direct,
    }
    for path, via, stage in product(PATHS, VIA, STAGES):
        frames = sender_frames(tapped, media, via, stage, within[path])
        if frames:
            name = f"{call}/page-{party}-{media}-{via}-{stage}{'-direct' if path == 'direct' else ''}.frames"
            blob = store.add_blob(name, pack_frames(frames))
            store.add(
                SenderFrames(
                    call=call, party=party, path=path, media=media, via=via, stage=stage, frames=len(frames), blob=blob
                )
            )
            written += 1
    return written


def write_keys(store: RunStore, call: Call, served: Mapping[bytes, int]) -> None:
    """The keys in use, by hash; ``served`` says how many frames at the server each opened."""
    found = 0
    for party, person in call.people.items():
        for key in person.tapped.keys.values():
            found += 1
            parent = person.tapped.keys.get(key.parent)
            store.add(
                KeySeen(
                    call=call.label,
                    party=party,
                    scope=key.scope,
                    algorithm=key.algorithm,
                    bits=len(key.raw) * 8,
                    key_id=key.id,
                    parent=parent.id if parent else "",
                    opens=served.get(key.raw, 0),
                )
            )
    store.add(TapStatus(call=call.label, vantage="keys", state="ok" if found or call.disturbed else "silent"))


def write_transport(store: RunStore, call: Call) -> None:
    """Session descriptions (without ICE passwords) and the facts of DTLS, SRTP and sending."""
    for party, person in call.people.items():
        for side, kind, sdp in person.tapped.descriptions:
            store.add(
                SessionDescription(
                    call=call.label,
                    party=party,
                    side="local" if side == "local" else "remote",
                    type=kind,
                    sdp=redact_sdp(sdp),
                )
            )
        screens = {one.pc for one in person.tapped.transforms.values() if one.media == "screen"}
        for entry in call.stats.get(party, []):
            _write_stats(store, call.label, party, entry, screens)


def _write_stats(store: RunStore, call: str, party: str, entry: Mapping[str, Any], screens: Collection[int]) -> None:
    if entry.get("type") == "transport" and entry.get("dtlsState") == "connected":
        store.add(
            TransportStats(
                call=call,
                party=party,
                dtls_state="connected",
                tls_version=str(entry.get("tlsVersion", "")),
                dtls_cipher=str(entry.get("dtlsCipher", "")),
                srtp_cipher=str(entry.get("srtpCipher", "")),
            )
        )
    elif entry.get("type") == "outbound-rtp" and entry.get("kind") in MEDIA:
        encoded = entry.get("framesEncoded")
        picture: Media = "screen" if entry.get("pc") in screens else "video"
        store.add(
            SenderStats(
                call=call,
                party=party,
                media=picture if entry["kind"] == "video" else "audio",
                packets_sent=int(entry.get("packetsSent", 0)),
                frames_encoded=int(encoded) if encoded is not None else None,
            )
        )
