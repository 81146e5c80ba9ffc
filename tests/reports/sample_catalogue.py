"""Twelve checks as a report is given them; their judges must never be called by a report."""

from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

NORMS = (
    "RFC 9605, 3",
    "DSGVO Art. 32 Abs. 1 lit. a",
    "DSK, Orientierungshilfe Videokonferenzsysteme, Stand 23.10.2020, 4.1",
)
CATALOGUE = (
    (
        "E01",
        "media-opaque-to-server",
        "Was der Medienserver in Händen hält, hat mit dem, was die Kamera aufnahm, keine 16 Bytes gemein.",
        "What the media server holds shares no 16 bytes with what the camera recorded.",
    ),
    (
        "E02",
        "keyless-decoder-sees-nothing",
        "Wer die Daten des Servers ohne Schlüssel abspielt, erkennt kein Bild und hört keinen Ton.",
        "Whoever plays the server's data without a key recognises no picture and hears no sound.",
    ),
    (
        "E03",
        "no-clear-first-frames",
        "Schon das allererste Bild ist verschlüsselt.",
        "The very first frame is already encrypted.",
    ),
    (
        "E12",
        "transform-counts-match",
        "Jedes aufgenommene Bild wurde verschlüsselt, und jedes verschlüsselte kam an.",
        "Every frame recorded was encrypted, and every encrypted one arrived.",
    ),
    (
        "C02",
        "nonce-never-reused",
        "Kein Schlüssel verwendet eine Zählernummer zweimal.",
        "No key uses a counter twice.",
    ),
    (
        "K04",
        "fresh-keys-per-appointment",
        "Jeder Termin hat eigene Schlüssel.",
        "Every appointment has keys of its own.",
    ),
    (
        "K07",
        "keys-nowhere-at-servers",
        "Kein Server hat einen Schlüssel gesehen oder gespeichert.",
        "No server saw or stored a key.",
    ),
    (
        "K08",
        "link-secret-stays-local",
        "Ein Geheimnis im Einladungslink erreicht keinen Server.",
        "A secret in the invitation link reaches no server.",
    ),
    (
        "K12",
        "fails-closed",
        "Fällt die Verschlüsselung aus, wird nichts mehr gesendet.",
        "If the encryption breaks, nothing is sent any more.",
    ),
    (
        "T01",
        "sdp-has-fingerprint-no-sdes",
        "Die Verbindung wird mit DTLS ausgehandelt.",
        "The connection is negotiated with DTLS.",
    ),
    ("T02", "dtls-floor", "Der Transport nutzt DTLS 1.2 oder neuer.", "The transport uses DTLS 1.2 or newer."),
    (
        "T03",
        "srtp-profile-floor",
        "Der Transport nutzt ein SRTP-Profil mit AES-GCM.",
        "The transport uses an SRTP profile with AES-GCM.",
    ),
)


def _never(_: Evidence) -> Finding:
    raise AssertionError("a report never judges")


def catalogue() -> list[Check]:
    """Twelve checks with their passing sentences."""
    return [
        Check(id, name, Sentence(de=de, en=en), ("sfu", "encoded-frames"), NORMS, _never)
        for id, name, de, en in CATALOGUE
    ]
