"""The seeded flaws of the cipher that seals frames, as far as the frames at the media server show them."""

from townhall.flaws.flaw import Flaw

FLAWS = (
    Flaw(
        "wide-clear-header",
        "client",
        "Die vordere Hälfte jedes Bildes bleibt unverschlüsselt.",
        "The first half of each frame of the camera's picture stays clear.",
        ("E01", "E04", "K11"),
    ),
    Flaw(
        "clear-key-frames",
        "client",
        "Schlüsselbilder werden nicht verschlüsselt.",
        "Key frames are not encrypted.",
        ("E01", "E02", "K11"),
    ),
    Flaw(
        "clear-silence",
        "client",
        "Frames mit weniger als 16 Bytes, wie sie bei Stille entstehen, bleiben unverschlüsselt.",
        "Frames shorter than 16 bytes, as silence makes them, stay clear.",
        ("E07",),
    ),
    Flaw(
        "shared-nonce",
        "client",
        "Bild und Ton zählen ihre Frames getrennt, unter demselben Schlüssel.",
        "Sound and picture count their frames each on its own, under one key.",
        ("C02", "C09"),
    ),
    Flaw(
        "one-key-both-ways",
        "client",
        "Beide Seiten verschlüsseln mit demselben Schlüssel.",
        "Both people encrypt with one key.",
        ("C03",),
    ),
    Flaw(
        "fixed-iv",
        "client",
        "Der Anfangswert der Verschlüsselung ist bei jedem Frame derselbe.",
        "The nonce is the same for every frame.",
        ("C02", "C08", "C09"),
    ),
    Flaw(
        "no-tag",
        "client",
        "Die Frames tragen keinen Prüfwert und werden nicht auf Änderungen geprüft.",
        "Frames carry no authentication tag.",
        ("C04", "C05"),
    ),
    Flaw(
        "short-tag",
        "client",
        "Der Prüfwert jedes Frames hat nur vier Bytes.",
        "The authentication tag of each frame has four bytes only.",
        ("C05",),
    ),
    Flaw(
        "block-mode",
        "client",
        "Gleiche Frames, und gleiche Anfänge von Frames, ergeben gleiches Chiffrat.",
        "Equal frames, and equal beginnings of frames, give equal ciphertext.",
        ("C08",),
    ),
    Flaw(
        "long-header",
        "client",
        "Der Zähler steht im Kopf der Frames immer mit acht Bytes statt mit den wenigsten, die ihn fassen.",
        "The counter in the frames' header always has eight bytes instead of the fewest that hold it.",
        ("C01",),
    ),
    Flaw(
        "own-suite",
        "client",
        "Die Schlüssel werden für ein Verfahren abgeleitet, das in keinem Register steht.",
        "Keys are derived for a cipher suite that no registry knows.",
        ("C10",),
    ),
)
