"""The seeded flaws that show only where a server is malicious."""

from townhall.flaws.flaw import Flaw

FLAWS = (
    Flaw(
        "tag-not-checked",
        "client",
        "Die Prüfsumme der Frames wird mitgeschickt, aber nicht geprüft.",
        "The frames' authentication tag is sent and ignored.",
        ("C04",),
    ),
    Flaw(
        "header-not-authenticated",
        "client",
        "Die Prüfsumme der Frames umfasst deren Kopf nicht.",
        "The frames' authentication tag leaves out their header.",
        ("C04",),
    ),
    Flaw(
        "replay-accepted",
        "client",
        "Wer alte Frames noch einmal schickt, bringt sie noch einmal auf den Bildschirm.",
        "Old frames that are sent again are rendered again.",
        ("C06",),
    ),
    Flaw(
        "plain-accepted",
        "client",
        "Unverschlüsselte Frames werden im verschlüsselten Gespräch gezeigt.",
        "The receiver renders plain frames in an encrypted call.",
        ("C07",),
    ),
    Flaw(
        "try-all-keys",
        "client",
        "An Frames mit unbekannter Schlüsselnummer wird jeder Schlüssel ausprobiert.",
        "Every key is tried on a frame under an unknown key id.",
        ("C07",),
    ),
    Flaw(
        "constant-code",
        "client",
        "Der Sicherheitscode wird nur aus dem Termin gebildet, nicht aus den Schlüsseln.",
        "The safety code is made from the appointment alone, not from the keys.",
        ("K05",),
    ),
    Flaw(
        "accepts-downgrade",
        "client",
        "Erklärt der Server ein Gespräch für unverschlüsselt, wird es nicht verschlüsselt.",
        "When the server says that a call is not encrypted, it is not.",
        ("K10", "E01"),
    ),
)
