"""Whose frames a page received: those of whoever was seen to send them."""

import base64
import json
from typing import Any

from harness.vantage.encoded_frames import origins, receiver_frames
from harness.vantage.tapped import Tapped


def page(*items: dict[str, Any]) -> Tapped:
    tapped = Tapped()
    tapped.take(json.dumps(items))
    assert tapped.refused == 0
    return tapped


def transform(name: str, side: str, kind: str) -> dict[str, Any]:
    return {"t": "transform", "id": name, "side": side, "via": "app", "kind": kind, "pc": 0, "at": 1.0}


def frame(name: str, stage: str, rtp: int, body: bytes | None, sha: str = "") -> dict[str, Any]:
    item = {"t": "frame", "id": name, "stage": stage, "media": "video", "at": float(rtp), "rtp": rtp}
    return {**item, "sha": sha} if body is None else {**item, "data": base64.b64encode(body).decode()}


def sender(kind: str, *bodies: bytes) -> Tapped:
    return page(transform("s", "sender", kind), *(frame("s", "after", at, body) for at, body in enumerate(bodies)))


def received(name: str, sent: Tapped, kind: str) -> list[dict[str, Any]]:
    digests = [one.digest for one in sent.received["s", "after", "screen" if kind == "screen" else "video"]]
    items = [frame(name, "before", at, None, digest) for at, digest in enumerate(digests)]
    return [transform(name, "receiver", "video"), *items, frame(name, "after", 1, None)]


def test_frames_of_three_people_and_a_screen_are_told_apart() -> None:
    clerk, guest = sender("screen", b"screen 0", b"screen 1"), sender("video", b"face 0", b"face 1", b"face 2")
    citizen = page(*received("r1", clerk, "screen"), *received("r2", guest, "video"))
    sent = origins({"clerk": clerk, "guest": guest, "citizen": citizen})
    seen = {(one.sender, one.media): one for one in receiver_frames("c", "citizen", "clerk", citizen, sent)}
    assert set(seen) == {("clerk", "screen"), ("guest", "video")}
    assert (len(seen["guest", "video"].before), seen["guest", "video"].after) == (3, (1,))


def test_frames_that_nobody_was_seen_to_send_are_the_others() -> None:
    citizen = page(transform("r", "receiver", "video"), frame("r", "before", 0, None, "ab" * 8))
    (seen,) = receiver_frames("c", "citizen", "clerk", citizen, {})
    assert (seen.sender, seen.media, seen.before) == ("clerk", "video", ("ab" * 8,))
