"""Session descriptions (RFC 8866), as far as the transport checks read them."""

import re
from dataclasses import dataclass, field

from harness.model.errors import WireError

# Our own bound, of fingerprints for the whole session: each media section has them all, so that without one a text
# grows with the square of its length. RFC 8122 expects one for each hash in use.
MOST_FINGERPRINTS = 16


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A certificate fingerprint (RFC 8122 section 5): hash name in lower case, value in upper-case hex pairs."""

    algorithm: str
    value: str


@dataclass(slots=True)
class MediaSection:
    """An m= section. ``setup`` and fingerprints given for the whole session are copied in where it has none of its own.

    ``crypto`` holds whole a=crypto values (RFC 4568), which carry SRTP keys in the clear; ``codecs`` maps payload types
    to encoding names in lower case; ``rejected`` means port 0 outside of a bundle (RFC 3264 section 6).
    """

    media: str
    port: int
    protocol: str
    formats: tuple[str, ...]
    rejected: bool = False
    mid: str = ""
    setup: str = ""
    direction: str = "sendrecv"
    fingerprints: list[Fingerprint] = field(default_factory=list)
    crypto: list[str] = field(default_factory=list)
    codecs: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Sdp:
    """A session description: what holds for the session and its media sections in order."""

    fingerprints: list[Fingerprint] = field(default_factory=list)
    crypto: list[str] = field(default_factory=list)
    setup: str = ""
    media: list[MediaSection] = field(default_factory=list)


def parse_sdp(text: str) -> Sdp:
    """Read a description.

    Raises ``WireError`` where it does not begin with v=0, where a line that is read is malformed, or where it has more
    than ``MOST_FINGERPRINTS`` for the whole session.
    """
    lines = [line for line in re.split(r"\r?\n", text) if line]
    if not lines or lines[0] != "v=0":
        raise WireError("SDP: does not begin with v=0")
    sdp = Sdp()
    for line in lines[1:]:
        if len(line) < 2 or line[1] != "=" or not "a" <= line[0] <= "z":
            raise WireError(f"SDP: {line[:20]!r} is not a line of type and value")
        if line[0] == "m":
            sdp.media.append(_media(line[2:]))
        elif line[0] == "a":
            name, _, value = line[2:].partition(":")
            _attribute(sdp.media[-1] if sdp.media else sdp, name.lower(), value.strip())
    if len(sdp.fingerprints) > MOST_FINGERPRINTS:
        raise WireError(f"SDP: {len(sdp.fingerprints)} fingerprints for the session; {MOST_FINGERPRINTS} are enough")
    for section in sdp.media:
        section.fingerprints = section.fingerprints or list(sdp.fingerprints)
        section.setup = section.setup or sdp.setup
    return sdp


def _media(value: str) -> MediaSection:
    words = value.split()
    port = words[1].partition("/")[0] if len(words) >= 3 else ""
    if not re.fullmatch(r"[0-9]{1,5}", port):
        raise WireError(f"SDP: m={value[:20]!r} names no media, port and protocol")
    return MediaSection(words[0].lower(), int(port), words[2].upper(), tuple(words[3:]), rejected=int(port) == 0)


def _attribute(level: Sdp | MediaSection, name: str, value: str) -> None:
    if name == "fingerprint":
        level.fingerprints.append(_fingerprint(value))
    elif name == "crypto":
        level.crypto.append(value)
    elif name == "setup":
        level.setup = value.lower()
    elif isinstance(level, MediaSection):
        if name == "rtpmap":
            payload_type, codec = _rtpmap(value)
            level.codecs[payload_type] = codec
        elif name == "mid":
            level.mid = value
        elif name == "bundle-only":
            level.rejected = False  # RFC 9143 section 6: port 0 then means "in the bundle"
        elif name in ("sendrecv", "sendonly", "recvonly", "inactive"):
            level.direction = name


def _fingerprint(value: str) -> Fingerprint:
    algorithm, _, digest = value.partition(" ")
    digest = digest.strip().upper()
    if not algorithm or not re.fullmatch(r"[0-9A-F]{2}(:[0-9A-F]{2})*", digest):
        raise WireError(f"SDP: a=fingerprint:{value[:20]!r} is not a hash name and hex pairs")
    return Fingerprint(algorithm.lower(), digest)


def _rtpmap(value: str) -> tuple[int, str]:
    found = re.match(r"([0-9]{1,3}) +([^ /]+)/", value)
    if not found:
        raise WireError(f"SDP: a=rtpmap:{value[:20]!r} is not a payload type and an encoding")
    return int(found[1]), found[2].lower()


def redact_sdp(text: str) -> str:
    """The same text with every ICE password (RFC 8839 section 5.4) replaced by the word ``redacted``."""
    return re.sub(r"(?im)^(a=ice-pwd:)[^\r\n]*", r"\1redacted", text)
