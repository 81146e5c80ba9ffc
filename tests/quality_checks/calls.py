"""Measured calls made by code: everything that the bench would have told of one, with defects of known size."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import floor
from typing import Literal

from harness.model.evidence import Evidence
from harness.model.observations import (
    AnyObservation,
    CallCost,
    CallFact,
    LinkSet,
    Moment,
    PicturesDrawn,
    PicturesShown,
    Record,
    Scored,
    SoundMarks,
    StatsSeries,
)

BEGAN = 1_800_000_000.0  # seconds since the epoch
PARTIES = ("citizen", "clerk")
GAUGES = ("jitter", "currentRoundTripTime", "roundTripTime", "fractionLost", "ssrc")
Freeze = tuple[float, float]  # seconds into the call: from, to


@dataclass(frozen=True)
class Defects:
    """What is wrong with everything in the call; times in seconds into it, delays in ms, shares from 0 to 1."""

    seconds: float = 40.0
    fps: float = 30.0
    camera: float = 30.0
    delay: float = 80.0
    late: Mapping[int, float] = field(default_factory=dict)  # second: ms more, of picture and sound in that second
    sound: float = 90.0
    freezes: tuple[Freeze, ...] = ()
    repeats: bool = False  # during a freeze the same picture comes again and again
    unread: float = 0.0
    unread_from: float = 0.0
    untold: int = 0  # before every tenth picture
    size: tuple[int, int] = (640, 480)
    loss: float = 0.0
    up_loss: float = 0.0
    sent_again: float = 0.0  # of the packets: for lost ones, and counted among the others
    padded: float = 0.0  # empty packets, as a share of the others; counted as sent, and not as sent again
    jitter: float = 4.0
    round_trip: float = 20.0
    buffer: float = 30.0
    concealed: float = 0.0
    silent: float = 0.0
    marks_lost: float = 0.0
    speech: float = 4.4
    vmaf: float | None = 96.0
    ssim: float | None = 0.98
    characters: float = 0.0
    join: float = 1.2
    key_changes: tuple[float, ...] = (20.0,)
    after_key_change: float = 0.4
    encrypted: bool = True
    cpu: float = 0.6
    profile: str = ""
    screen: bool = True


def call(name: str = "quality-1", defects: Defects | None = None) -> list[AnyObservation]:
    """All observations of a call."""
    what = defects or Defects()
    return [
        CallFact(
            call=name,
            tenant="winterbach",
            focus="quality",
            parties=PARTIES,
            connected=True,
            began_at=BEGAN,
            ended_at=BEGAN + what.seconds,
        ),
        *_moments(name, what),
        *(each for sender in PARTIES for each in _stream(name, sender, what)),
        *(each for party in PARTIES for each in _stats(name, party, what)),
        *_beside(name, what),
    ]


def evidence(*calls: list[AnyObservation]) -> Evidence:
    """The evidence of a run of these calls; one clean call where none is given."""
    seen = [each for one in calls or (call(),) for each in one]
    return Evidence([Record(id=f"r{number}", at=BEGAN, seen=each) for number, each in enumerate(seen)])


def run(**defects: object) -> Evidence:
    """The evidence of one call with these defects."""
    return evidence(call(defects=Defects(**defects)))  # type: ignore[arg-type]


def _ms(second: float) -> float:
    return (BEGAN + second) * 1000


def _moments(name: str, what: Defects) -> Iterator[AnyObservation]:
    for party in PARTIES:
        yield Moment(call=name, party=party, what="join-clicked", at_ms=_ms(-what.join))
        yield Moment(call=name, party=party, what="first-picture", at_ms=_ms(0))
        if not what.key_changes:
            yield Moment(call=name, party=party, what="keys-kept", at_ms=_ms(what.seconds))
        for second in what.key_changes:
            yield Moment(call=name, party=party, what="key-change", at_ms=_ms(second))
            after = second + what.after_key_change
            yield Moment(call=name, party=party, what="picture-after-key-change", at_ms=_ms(after))
    yield Moment(call=name, what="call-began", at_ms=_ms(0))
    yield Moment(call=name, what="call-ended", at_ms=_ms(what.seconds))
    for party in PARTIES:
        yield LinkSet(call=name, party=party, at_ms=_ms(0), profile=what.profile, up="delay 0 ms", down="delay 0 ms")


def _other(party: str) -> str:
    return PARTIES[1 - PARTIES.index(party)]


def _more(what: Defects, second: float) -> float:
    return what.late.get(int(second), 0.0)


def _stream(name: str, sender: str, what: Defects) -> Iterator[AnyObservation]:
    viewer = _other(sender)
    times = [number / what.camera for number in range(int(what.seconds * what.camera))]
    yield PicturesDrawn(
        call=name,
        party=sender,
        media="video",
        at_ms=tuple(_ms(second) for second in times),
        number=tuple(range(1, len(times) + 1)),
    )
    rows = list(_shown(times, what))
    yield PicturesShown(
        call=name,
        party=viewer,
        sender=sender,
        media="video",
        at_ms=tuple(at for at, _ in rows),
        number=tuple(number for _, number in rows),
        width=(what.size[0],) * len(rows),
        height=(what.size[1],) * len(rows),
        untold=tuple(what.untold * (place % 10 == 9) for place in range(len(rows))),
    )
    spoken = [0.5 + number for number in range(int(what.seconds) - 1)]
    kinds = [number % 16 for number in range(len(spoken))]
    yield SoundMarks(call=name, party=sender, sender=sender, at_ms=tuple(map(_ms, spoken)), which=tuple(kinds))
    lost = {number for number in range(len(spoken)) if number * what.marks_lost % 1 + what.marks_lost > 0.9999}
    heard = [
        (second, kind) for number, (second, kind) in enumerate(zip(spoken, kinds, strict=True)) if number not in lost
    ]
    yield SoundMarks(
        call=name,
        party=viewer,
        sender=sender,
        at_ms=tuple(_ms(second) + what.sound + _more(what, second) for second, _ in heard),
        which=tuple(kind for _, kind in heard),
    )


def _shown(times: list[float], what: Defects) -> Iterator[tuple[float, int | None]]:
    """When each picture was shown, with its number; freezes and lower rates leave pictures out."""
    due, standing, unread = 0.0, None, 0.0
    for number, second in enumerate(times, 1):
        frozen = any(begin <= second < end for begin, end in what.freezes)
        if not frozen:
            if second + 1e-9 < due:
                continue
            due = max(due + 1 / what.fps, second - 1 / what.fps)
            standing = number
        elif not what.repeats:
            continue
        if second >= what.unread_from:
            unread += what.unread
        said = None if unread >= 1 else standing
        unread -= unread >= 1
        at = _ms(second) + what.delay + _more(what, second)
        if at < _ms(what.seconds):
            yield at, said


def _stats(name: str, party: str, what: Defects) -> Iterator[AnyObservation]:
    seconds = [float(second) for second in range(int(what.seconds) + 1)]
    at_ms = tuple(map(_ms, seconds))

    def series(
        of: Literal["inbound-rtp", "outbound-rtp", "remote-inbound-rtp", "candidate-pair"],
        media: Literal["audio", "video", ""],
        **rates: float,
    ) -> StatsSeries:
        columns: dict[str, tuple[float | None, ...]] = {}
        for column, rate in rates.items():
            gauge = column in GAUGES
            columns[column] = tuple(rate if gauge else rate * second for second in seconds)
        return StatsSeries(
            call=name, party=party, of=of, media=media, stream=f"{of}{media}", at_ms=at_ms, columns=columns
        )

    media: tuple[Literal["audio", "video"], ...] = ("audio", "video")
    for kind in media:
        packets = 50.0 if kind == "audio" else 120.0
        emitted = 48000.0 if kind == "audio" else 30.0
        rates = {
            "packetsReceived": packets * (1 - what.loss + what.sent_again),
            "retransmittedPacketsReceived": packets * what.sent_again,
            "packetsLost": packets * what.loss,
            "jitter": what.jitter / 1000,
            "jitterBufferDelay": emitted * what.buffer / 1000,
            "jitterBufferEmittedCount": emitted,
        }
        if kind == "audio":
            rates["totalSamplesReceived"] = 48000.0
            rates["concealedSamples"] = 48000.0 * (what.concealed + what.silent)
            rates["silentConcealedSamples"] = 48000.0 * what.silent
        yield series("inbound-rtp", kind, **rates)
        size, again = 160 if kind == "audio" else 1000, packets * what.sent_again
        yield series(
            "outbound-rtp", kind,
            packetsSent=packets * (1 + what.padded) + again, retransmittedPacketsSent=again, bytesSent=packets * size,
            ssrc=packets,
        )  # fmt: skip
        yield series(
            "remote-inbound-rtp", kind, packetsLost=packets * what.up_loss,
            fractionLost=floor(256 * what.up_loss) / 256, roundTripTime=what.round_trip / 1000, ssrc=packets,
        )  # fmt: skip
    trip = what.round_trip / 1000
    yield series("candidate-pair", "", currentRoundTripTime=trip, totalRoundTripTime=trip * 0.4, responsesReceived=0.4)


def _beside(name: str, what: Defects) -> Iterator[AnyObservation]:
    for viewer in PARTIES:
        sender = _other(viewer)
        figures: dict[Literal["speech", "vmaf", "ssim"], float | None] = {
            "speech": what.speech,
            "vmaf": what.vmaf,
            "ssim": what.ssim,
        }
        for second in range(5, int(what.seconds) - 5, 10):
            for figure, value in figures.items():
                if value is not None:
                    yield Scored(
                        call=name, party=viewer, sender=sender, figure=figure, value=value, from_ms=_ms(second),
                        to_ms=_ms(second + 5), of=5, by="a program 1.0",
                    )  # fmt: skip
    if what.screen:
        yield PicturesDrawn(call=name, party="clerk", media="screen", at_ms=(_ms(8),), number=(1,))
        yield Scored(
            call=name, party="citizen", sender="clerk", figure="characters", value=what.characters, from_ms=_ms(10),
            to_ms=_ms(20), of=2, by="a program 1.0",
        )  # fmt: skip
    for party in PARTIES:
        yield CallCost(call=name, party=party, encrypted=what.encrypted, seconds=what.seconds, page=what.cpu, bench=0.1)
