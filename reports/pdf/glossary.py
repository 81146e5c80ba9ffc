"""The words of the trade that a report uses, each with a sentence."""

import re

from reports.text import Words

# Key of the locales (``term.KEY`` is the word, ``means.KEY`` its sentence) and where it occurs, in both languages.
TERMS: dict[str, str] = {
    "aead": r"AEAD|GCM",
    "bit": r"\bBits?\b",
    "cipher": r"[Cc]hiffrat|[Cc]iphertext",
    "codec": r"\bCodecs?\b|\bcodecs?\b|\bVP[89]\b|\bAV1\b|\bOpus\b",
    "csp": r"Content-Security-Policy|HSTS|Referrer-Policy|Permissions-Policy",
    "decoder": r"Decoder|decoder|Encoder|encoder",
    "dtls": r"DTLS",
    "e2ee": r"Ende zu Ende|end to end|Ende-zu-Ende",
    "fingerprint": r"Fingerabdr|[Ff]ingerprint|Zertifikat|[Cc]ertificate",
    "forward": r"[Ff]orward [Ss]ecrecy",
    "fragment": r"Fragment|fragment",
    "frame": r"\bFrames?\b|\bframes?\b",
    "keystream": r"Schlüsselstrom|[Kk]eystream|[Kk]ey stream",
    "kid": r"\bKID\b|Schlüsselkennung|Schlüsselnummer|key number|key id",
    "marker": r"Testbild|test picture",
    "pool": r"Medienserver|media server",
    "hash": r"Prüfsumme|[Cc]hecksum|SHA-256|Prüfwert|\btags?\b",
    "record": r"Aufzeichnung|[Rr]ecord",
    "relay": r"TURN|STUN",
    "sdp": r"\bSDP\b|Sitzungsbeschreibung|[Ss]ession description",
    "sframe": r"SFrame|RFC 9605",
    "signalling": r"Signalisierung|[Ss]ignalling|WebSocket",
    "srtp": r"SRTP|\bRTP\b",
    "stream": r"\bStr[oö]me?n?\b|\bstreams?\b",
    "tls": r"\bTLS\b",
    "transport": r"\bTransporte?s?\b|\btransports?\b",
    "udp": r"\bUDP\b|\bTCP\b",
    "wcag": r"WCAG|axe-core",
    "worker": r"\bWorker\b|\bworker\b",
    "counter": r"Zählerst|\bcounter\b",
}


def glossary_of(text: str, words: Words) -> list[tuple[str, str]]:
    """The words that occur in ``text`` with their sentences, in the order of the alphabet."""
    found = [(words(f"term.{key}"), words(f"means.{key}")) for key, sign in TERMS.items() if re.search(sign, text)]
    return sorted(found, key=lambda entry: entry[0].casefold())
