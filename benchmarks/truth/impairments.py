"""Rows of the truth table: impairments of known size beside what was measured of them. Pure."""

from collections.abc import Callable, Iterator, Sequence
from statistics import mean, median

from benchmarks.truth.calls import DELAYS, FRAMES, FREEZES, LOSSES, STEPS
from benchmarks.truth.lines import CallSeen
from benchmarks.truth.row import Row, limited, played, stream_of, unmeasured
from harness.quality.plants import OFFSETS

DELAY_MS, LOSS_POINTS, FREEZE_MS, LIPS_MS, FRAMES_OFF = 10.0, 0.5, 100.0, 15.0, 0.5
WHOSE = {
    ("clerk", "citizen"): "the citizen at the clerk",
    ("citizen", "clerk"): "the clerk at the citizen",
}
Figure = Callable[[CallSeen], float | None]


def delays(calls: Sequence[CallSeen]) -> Iterator[Row]:
    """Glass to glass and mouth to ear: each call's delay less that of the clear ones right before and after it.

    A second row of each has it without what the receiver's buffer held longer than in those.
    """
    for what, (whole, buffer, rest) in _FIGURES.items():
        for (viewer, _), whose in WHOSE.items():
            for delay in (each for each in DELAYS if played(calls, f"delay-{each}")):
                planted, profile = f"{delay} ms, {what} of {whose}", f"delay-{delay}"
                notes = [
                    f"{name} {median(held):+.0f} ms"
                    for name, part in (("receiver's buffer", buffer), ("encoder and decoder", _CODED[what]))
                    if part and (held := list(_added(calls, profile, _figure(part, viewer))))
                ]
                yield _delay(calls, planted, delay, _figure(whole, viewer), notes)
                yield _delay(calls, f"{planted}, without the receiver's buffer", delay, _figure(rest, viewer), [])


def _delay(calls: Sequence[CallSeen], planted: str, delay: int, figure: Figure, notes: list[str]) -> Row:
    added = list(_added(calls, f"delay-{delay}", figure))
    if not added:
        return unmeasured("delay", planted, DELAY_MS, "ms")
    told = "; ".join([*([f"{len(added)} calls"] if len(added) > 1 else []), *notes])
    measured = median(added)
    return limited(
        "delay", planted, f"{measured:.1f} ms" + (f" ({told})" if told else ""), measured - delay, DELAY_MS, "ms"
    )


def _added(calls: Sequence[CallSeen], profile: str, figure: Figure) -> Iterator[float]:
    for call in played(calls, profile):
        own, usual = figure(call), beside(calls, call, figure)
        if own is not None and usual is not None:
            yield own - usual


def _figure(name: str, viewer: str) -> Figure:
    def found(call: CallSeen) -> float | None:
        stream = stream_of(call, viewer)
        value: float | None = getattr(stream, name) if stream else None
        return value

    return found


_FIGURES = {  # of a Stream: the whole way, the part in the receiver's buffer, the way without it
    "picture": ("glass_ms", "glass_buffer_ms", "glass_rest_ms"),
    "sound": ("mouth_ms", "mouth_buffer_ms", "mouth_rest_ms"),
}
_CODED = {"picture": "coded_ms", "sound": ""}


def beside(calls: Sequence[CallSeen], call: CallSeen, figure: Figure) -> float | None:
    """A figure of the clear calls nearest before and after a call, their mean; None where there is none."""
    clear = sorted(played(calls), key=lambda each: each.began_ms)
    known = [(each.began_ms, own) for each in clear if (own := figure(each)) is not None]
    before = [own for at, own in known if at < call.began_ms][-1:]
    after = [own for at, own in known if at > call.began_ms][:1]
    return mean(before + after) if before or after else None


def losses(calls: Sequence[CallSeen]) -> Iterator[Row]:
    """What statistics told beside what the link itself counted in the same time."""
    for loss in (each for each in LOSSES if played(calls, f"loss-{each}")):
        for way, whose in (("down", "to the citizen"), ("up", "from the citizen")):
            found = [each for call in played(calls, f"loss-{loss}") for each in call.lost if each.way == way]
            of, taken = sum(each.of for each in found), sum(each.taken for each in found)
            if not (of and taken):
                yield unmeasured("loss", f"{loss} % {whose}", LOSS_POINTS, "points")
                continue
            told, linked = 100 * sum(each.told for each in found) / of, 100 * sum(e.linked for e in found) / taken
            yield limited(
                "loss", f"{loss} % {whose}", f"{told:.2f} %; the link lost {linked:.2f} % of {taken:,}",
                told - linked, LOSS_POINTS, "points",
            )  # fmt: skip


def freezes(calls: Sequence[CallSeen]) -> Iterator[Row]:
    """Each planted freeze; the one that is measured worst counts."""
    for name in (each for each in FREEZES if played(calls, planted=each)):
        found = [each for call in played(calls, planted=name) for each in call.freezes]
        if not found:
            yield unmeasured("freezes", name, FREEZE_MS, "ms")
            continue
        worst = max(found, key=lambda each: abs(each.measured - each.planted))
        told = ", ".join(f"{each.measured:.0f}" for each in found)
        kind = ", the same picture again and again" if "repeats" in name else ""
        yield limited(
            "freezes", f"{worst.planted:.0f} ms{kind}, {len(found)} times", f"{told} ms",
            worst.measured - worst.planted, FREEZE_MS, "ms",
        )  # fmt: skip


def lips(calls: Sequence[CallSeen]) -> Iterator[Row]:
    """The sound moved against the picture, less the call's own offset before and behind; and once more without what
    the receiver's buffers moved them against each other meanwhile."""
    found = [each for call in calls for each in call.lips]
    for planted in sorted(OFFSETS) if played(calls, planted=STEPS) else ():
        same = [each for each in found if each.planted == planted]
        rest = [each.rest for each in same if each.rest is not None]
        if same:
            measured, own = median(each.measured for each in same), median(each.beside for each in same)
            told = f"{measured:+.1f} ms (own offset {own:+.0f} ms)"
            yield limited("lips", f"{planted:+.0f} ms", told, measured - planted, LIPS_MS, "ms")
        else:
            yield unmeasured("lips", f"{planted:+.0f} ms", LIPS_MS, "ms")
        without = f"{planted:+.0f} ms, without the receiver's buffers"
        if rest:
            yield limited("lips", without, f"{median(rest):+.1f} ms", median(rest) - planted, LIPS_MS, "ms")
        else:
            yield unmeasured("lips", without, LIPS_MS, "ms")


def frames(calls: Sequence[CallSeen]) -> Iterator[Row]:
    """The citizen's pictures at the clerk, whose camera was limited."""
    for limit in (each for each in FRAMES if played(calls, planted=f"rate-{each}")):
        streams = [each for call in played(calls, planted=f"rate-{limit}") if (each := stream_of(call, "clerk"))]
        shown = [each.rate for each in streams if each.rate is not None]
        if not shown:
            yield unmeasured("frames", f"{limit} a second", FRAMES_OFF, "a second")
            continue
        camera = median(each.camera or 0.0 for each in streams)
        measured = median(shown)
        yield limited(
            "frames", f"{limit} a second", f"{measured:.1f} (the camera gave {camera:.1f} before the limit)",
            measured - limit, FRAMES_OFF, "a second",
        )  # fmt: skip
