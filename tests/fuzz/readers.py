"""From hostile bytes to what a parser is called with, where it takes more than bytes.

Each reader calls the functions of one parser and gives back all that they said. It raises what they raise, and nothing
of its own: any bytes at all are an input.
"""

import json
from collections.abc import Iterator

from harness.model.errors import WireError
from harness.wire import demux, encodings, frame_profiles, janus_admin, overlap, repeats, sdp, specials
from harness.wire.depacketise import Arrival, depacketise
from harness.wire.early import early_count, is_sealed
from harness.wire.rtp import RtpPacket
from harness.wire.rtp_headers import rtp_headers
from harness.wire.stun import parse_stun
from harness.wire.tls_hello import parse_server_hello, record_size

CODECS = ("vp9", "vp8", "opus", "h264")
_RUNS = (16, 8, 9, 31)
# What a broken or hostile server may put anywhere into its answer.
ODD: tuple[object, ...] = (
    None,
    True,
    -1,
    0,
    2**64,
    1.5,
    "",
    "ß" * 40,
    "publisher",
    "subscriber",
    [],
    {},
    [[]],
    [{}],
    [None],
)


def columns(data: bytes) -> object:
    """The columns of the RTP headers in a capture, as bytes."""
    found = rtp_headers(data)
    numbers = (found.sequence, found.timestamp, found.ssrc, found.payload_type, found.size)
    return [found.at.tobytes(), found.marker.tobytes(), *(column.tobytes() for column in numbers)]


def special(data: bytes) -> object:
    """What a frame says of itself, and which of its pieces would be short and clear."""
    frames = list(pieces(data))
    return [specials.kind_of(codec, data) for codec in CODECS], specials.short_and_clear(frames, [True] * len(frames))


def pieces(data: bytes) -> Iterator[bytes]:
    """The data as pieces, each led by a byte that says its length; the last may be shorter."""
    at = 0
    while at < len(data):
        yield data[at + 1 : at + 1 + data[at]]
        at += 1 + data[at]


def datagram(data: bytes) -> object:
    """One datagram: its kind, and what lies inside where it is a channel message."""
    inside = demux.inside_channel(data) if len(data) % 2 or demux.kind_of(data) == "turn-channel" else b""
    return demux.kind_of(data), demux.is_plain_rtcp(data), inside


def packets_to_frames(data: bytes) -> object:
    """The first byte is the codec; each piece is a packet: two bytes for its place in the stream, then its payload."""
    arrivals: list[Arrival] = []
    for number, piece in enumerate(pieces(data[1:])):
        flags, step = (piece[0], piece[1]) if len(piece) > 1 else (0, 0)
        sequence = (65500 + number + (step if flags & 8 else 0)) % 65536
        packet = RtpPacket(98, sequence, 3000 * (flags >> 4), flags & 1, piece[2:], marker=bool(flags & 2))
        arrivals.append((float(number), packet))
    return depacketise(CODECS[data[0] % len(CODECS)] if data else "", arrivals)


def clear_or_sealed(data: bytes) -> object:
    """Each byte is a frame."""
    clear = [bool(byte & 1) for byte in data]
    return is_sealed(clear), early_count(clear)


def searched_forms(data: bytes) -> object:
    """The bytes as a secret, and as a text that may hold halves of surrogate pairs, as a page's JavaScript can."""
    text = data[: len(data) & ~1].decode("utf-16-le", "surrogatepass")
    return encodings.needles(data), encodings.text_needles(text)


def trailed(data: bytes) -> object:
    """The first byte says how many bytes are clear."""
    head = data[0] - 1 if data else 0
    known = [frame_profiles.permitted(frame_profiles.ClearBytes(10, 3, 1), codec, data[1:]) for codec in CODECS]
    frame = frame_profiles.parse_trailed(data[1:], head)
    if frame_profiles.build_trailed(frame) != data[1:]:
        raise AssertionError("a frame with a trailer is not built as it was read")
    return known, [frame_profiles.is_key_frame(codec, frame.clear) for codec in CODECS], frame


def admin_answer(data: bytes) -> object:
    """The answer of an admin API: JSON where the bytes are some; else a right answer whose parts they exchange."""
    try:
        answer = json.loads(data)
    except (ValueError, RecursionError):
        answer = _exchanged(_ANSWER, iter(data))
    said: list[object] = []
    refused: WireError | None = None
    for ask in (
        janus_admin.parse_handle,
        janus_admin.parse_forwarders,
        lambda each: janus_admin.parse_ids(each, "sessions"),
        lambda each: janus_admin.parse_ids(each, "handles"),
    ):
        try:
            said.append(ask(answer))
        except WireError as error:
            refused = error
    if refused is not None and not said:
        raise refused
    return said


_ANSWER = {
    "sessions": [1, 2],
    "handles": [3],
    "info": {
        "plugin": "janus.plugin.videoroom",
        "plugin_specific": {"type": "subscriber", "room": 3, "id": 9, "streams": [{"feed_id": 120}, {"feed_id": 7}]},
        "webrtc": {"dtls": {"remote-fingerprint": "0a:0b", "dtls-state": "connected"}},
    },
    "response": {"publishers": [{"publisher_id": 120, "forwarders": [{"port": 1}]}]},
}


def _exchanged(value: object, choices: Iterator[int]) -> object:
    """A copy in which a byte from 160 on puts something else in place of the part that is next."""
    choice = next(choices, 0)
    if choice >= 160:
        return ODD[choice % len(ODD)]
    if isinstance(value, dict):
        return {name: _exchanged(part, choices) for name, part in value.items()}
    if isinstance(value, list):
        return [_exchanged(part, choices) for part in value]
    return value


def common_bytes(data: bytes) -> object:
    """The first byte says the run and the clear prefix; pieces go to the server and to the encoder by turns."""
    frames = list(pieces(data[1:]))
    head = data[0] if data else 0
    server, encoder = frames[::2], frames[1::2]
    return overlap.clear_frames(server, encoder, _RUNS[head & 3], head >> 6)


def keystreams(data: bytes) -> object:
    """Pieces by turns are plaintext and keystream of a frame; the shorter of the two says how long it is."""
    parts = list(pieces(data))
    pairs = [(plain[: len(key)], key[: len(plain)]) for plain, key in zip(parts[::2], parts[1::2], strict=False)]
    plain = [one for one, _ in pairs]
    sealed = [bytes(a ^ b for a, b in zip(one, key, strict=True)) for one, key in pairs]
    return repeats.repeated_blocks(parts), repeats.keystream_overlaps(sealed, plain)


def description(data: bytes) -> object:
    """A session description, as text that may hold halves of surrogate pairs."""
    text = data.decode("utf-8", "surrogateescape")
    return sdp.redact_sdp(text), sdp.parse_sdp(text)


def stun_message(data: bytes) -> object:
    """A message and its error code."""
    message = parse_stun(data)
    return message, message.error


def hello(data: bytes) -> object:
    """The answer to a hello."""
    return record_size(data), parse_server_hello(data)
