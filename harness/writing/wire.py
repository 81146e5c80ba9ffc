"""The packets of a call on the network: what they are, and whether those with media can be read."""

import mmap
from collections.abc import Sequence

from harness.call import Call
from harness.model.errors import WireError
from harness.model.observations import TapStatus, WireTraffic
from harness.store import RunStore
from harness.vantage.encoded_frames import MEDIA, sender_frames
from harness.vantage.sfu import ServerStream, held_sizes
from harness.vantage.wire import Capture, Traffic, matched, traffic
from harness.wire.overlap import clear_frames
from harness.writing.pages import VIA

_RTP_HEADER = 12  # bytes, which SRTP leaves readable (RFC 3711, section 3.1)


def write_wire(store: RunStore, call: Call, streams: Sequence[ServerStream]) -> None:
    """Ends the capture, sorts it and forgets it: what is kept are counts. Nothing for a call without a network tap."""
    if call.wire is None:
        return
    call.wire.stop()
    found, trouble = _read(call.wire)
    if found is None:
        store.add(TapStatus(call=call.label, vantage="wire", state="failed", reason=trouble))
        return
    store.add(TapStatus(call=call.label, vantage="wire", state="ok" if found.packets else "silent"))
    if not found.packets:
        return
    held = held_sizes(call.deployment, call.appointment.id)
    known = [frame.data for stream in streams for frame in stream.frames]
    for person in call.people.values():
        for media in MEDIA:
            known += [frame.data for via in VIA for frame in sender_frames(person.tapped, media, via, "before")]
    packets = [(packet, where) for packet, where in found.media if len(packet) > _RTP_HEADER]
    readable = clear_frames([packet[_RTP_HEADER:] for packet, _ in packets], known)
    store.add(
        WireTraffic(
            call=call.label,
            kinds=found.kinds,
            packets=found.packets,
            dropped=call.wire.dropped,
            held=held.total(),
            matched=matched(held, found.inbound),
            compared=len(packets) if known else 0,
            readable=sum(readable),
            readable_to=tuple(sorted({where for (_, where), clear in zip(packets, readable, strict=True) if clear})),
            plain_rtcp=found.plain_rtcp,
        )
    )


def _read(wire: Capture) -> tuple[Traffic | None, str]:
    if wire.trouble:
        return None, wire.trouble
    try:
        with wire.file.open("rb") as file:
            # Not closed by hand: where the capture is not whole, the error still holds on to a part of it.
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return traffic(memoryview(mapped), wire.tap, wire.ports), ""
    except (OSError, ValueError, WireError) as error:
        return None, f"the capture cannot be read ({error})"
    finally:
        wire.file.unlink(missing_ok=True)
