"""The table of the parsers: what each is called with, what it may raise, what it may grow to, and where to begin."""

from collections.abc import Callable
from dataclasses import dataclass

from harness.model.errors import WireError
from harness.wire import demux, frames, mjr, pcap, rtp, vp8, vp9
from tests.fuzz import large, readers, sealed, seeds

KIB = 1024
LARGE = 64 * KIB  # bytes of a large input


@dataclass(frozen=True, slots=True)
class Parser:
    """One parser: ``parse`` takes any bytes and raises nothing but one of ``refuses`` (and what is derived from them).

    ``covers`` are the public functions of ``harness.wire`` that it calls. Its answer weighs (``weigh.weight``) at most
    ``grows`` times the bytes of its input and a fixed part; while it works it takes at most ``holds`` times as much
    memory and 16 MiB. ``dense`` makes a large input of so many bytes; without it a seed is repeated.
    """

    name: str
    parse: Callable[[bytes], object]
    covers: tuple[str, ...]
    seeds: tuple[bytes, ...]
    dense: tuple[Callable[[int], bytes], ...] = ()
    refuses: tuple[type[Exception], ...] = (WireError,)
    grows: int = 32
    holds: int = 160

    def large(self) -> list[bytes]:
        """Large inputs, of about ``LARGE`` bytes."""
        return [make(LARGE) for make in self.dense] or [self.seeds[0] * (LARGE // len(self.seeds[0]))]


PARSERS: dict[str, Parser] = {
    parser.name: parser
    for parser in (
        Parser(
            "demux.datagram",
            readers.datagram,
            ("demux.kind_of", "demux.inside_channel", "demux.is_plain_rtcp"),
            seeds.DATAGRAMS,
            (large.datagram,),
        ),
        Parser(
            "demux.stream",
            lambda data: list(demux.messages_of(data)),
            ("demux.messages_of",),
            seeds.STREAM,
            (large.stream,),
        ),
        Parser("depacketise", readers.packets_to_frames, ("depacketise.depacketise",), seeds.PACKETS, (large.packets,)),
        Parser("early", readers.clear_or_sealed, ("early.is_sealed", "early.early_count"), seeds.CLEAR),
        Parser(
            "encodings",
            readers.searched_forms,
            ("encodings.needles", "encodings.text_needles"),
            seeds.SECRETS,
            grows=80,
        ),
        Parser(
            "frame_profiles",
            readers.trailed,
            (
                "frame_profiles.parse_trailed",
                "frame_profiles.build_trailed",
                "frame_profiles.is_key_frame",
                "frame_profiles.permitted",
            ),
            seeds.TRAILED,
        ),
        Parser("frames", frames.unpack_frames, ("frames.unpack_frames",), seeds.FRAMES, (large.frames,)),
        Parser(
            "janus_admin",
            readers.admin_answer,
            ("janus_admin.parse_handle", "janus_admin.parse_forwarders", "janus_admin.parse_ids"),
            seeds.JANUS,
            (large.janus,),
        ),
        Parser("mjr", mjr.parse_mjr, ("mjr.parse_mjr",), seeds.MJR, (large.mjr,)),
        Parser(
            "overlap",
            readers.common_bytes,
            (
                "overlap.clear_frames",
                "common_words.common_words",
                "common_words.words_at",
                "common_words.members",
            ),
            seeds.OVERLAP,
            (large.overlap,),
        ),
        Parser(
            "pcap",
            lambda data: list(pcap.packets(data)),
            ("pcap.packets", "pcap.head_of", "pcap.records", "pcap.packet_in"),
            seeds.PCAP,
            (large.pcap, large.vlans),
        ),
        Parser(
            "repeats",
            readers.keystreams,
            ("repeats.repeated_blocks", "repeats.keystream_overlaps"),
            seeds.KEYSTREAM,
            (large.keystream,),
        ),
        Parser("rtp", rtp.parse_rtp, ("rtp.parse_rtp",), seeds.RTP, (large.rtp,)),
        Parser(
            "rtp_headers",
            readers.columns,
            ("rtp_headers.rtp_headers",),
            seeds.PCAP,
            (large.pcap, large.vlans),
        ),
        Parser(
            "sdp",
            readers.description,
            ("sdp.parse_sdp", "sdp.redact_sdp"),
            seeds.SDP,
            (large.sdp, large.sdp_sections, large.long_line),
            grows=128,
        ),
        Parser("sframe", sealed.sealed_frame, ("sframe.parse_header", "sframe.open_"), seeds.SFRAME),
        Parser(
            "sframe_forms",
            sealed.wrong_forms,
            ("sframe_forms.read_header", "sframe_forms.header_of", "sframe_forms.is_canonical", "sframe_forms.open_as"),
            seeds.FORMS,
        ),
        Parser(
            "sframe_kid",
            sealed.kid_fields,
            (
                "sframe_kid.parse_mls_kid",
                "sframe_kid.parse_ratchet_kid",
                "sframe_kid.build_mls_kid",
                "sframe_kid.build_ratchet_kid",
            ),
            seeds.KIDS,
        ),
        Parser("specials", readers.special, ("specials.kind_of", "specials.short_and_clear"), seeds.SPECIALS),
        Parser("stun", readers.stun_message, ("stun.parse_stun",), seeds.STUN, (large.stun,)),
        Parser(
            "tls_hello",
            readers.hello,
            ("tls_hello.record_size", "tls_hello.parse_server_hello"),
            seeds.TLS,
            (large.tls,),
        ),
        Parser("vp8", vp8.parse_vp8, ("vp8.parse_vp8",), seeds.VP8),
        Parser("vp9", vp9.parse_vp9, ("vp9.parse_vp9",), seeds.VP9),
    )
}

# Public functions of harness.wire that take nothing from the network: they build from, or derive with, values of ours.
BUILDERS = {
    "frames.pack_frames": "packs the bench's own container",
    "mjr.build_mjr": "makes recordings for tests",
    "rtp.build_rtp": "makes packets of ours",
    "sframe.build_header": "makes headers of ours",
    "sframe.suite_by_id": "looks up a number",
    "sframe.derive_key": "derives from a key that was collected",
    "sframe.seal": "seals frames of ours",
    "sframe.extract": "a step of HKDF",
    "sframe.expand": "a step of HKDF",
    "sframe_kid.next_base_key": "a step of HKDF",
    "stun.build_stun": "makes requests of ours",
    "stun.long_term_key": "derives from our own credentials",
    "tls_hello.build_client_hello": "makes hellos of ours",
}
