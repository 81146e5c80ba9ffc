"""The seeded barriers, and the defects of a known size in picture and sound."""

from townhall.flaws.flaw import Flaw

FLAWS = (
    Flaw(
        "unlabelled-button",
        "server",
        "Der Knopf zum Prüfen von Kamera und Mikrofon hat keine Beschriftung.",
        "The button that checks camera and microphone has no label.",
        ("A01",),
    ),
    Flaw(
        "low-contrast",
        "server",
        "Hinweise sind in blassem Grau auf Weiß geschrieben.",
        "Hints are written in pale grey on white.",
        ("A01",),
    ),
    Flaw(
        "slow-frames",
        "client",
        "Das Kamerabild wird nur zehnmal in der Sekunde gesendet.",
        "The camera's picture is sent only ten times a second.",
        ("A02",),
    ),
    Flaw(
        "lip-sync-off",
        "client",
        "Der Ton wird eine Viertelsekunde später gesendet als das Bild, das zu ihm gehört.",
        "Sound is sent a quarter of a second later than the picture that belongs to it.",
        ("A02",),
    ),
    Flaw(
        "late-audio",
        "client",
        "Der Ton wird eine halbe Sekunde später gesendet als das Bild, das zu ihm gehört.",
        "Sound is sent half a second later than the picture that belongs to it.",
        ("A02",),
    ),
    Flaw(
        "blurred-share",
        "client",
        "Ein geteilter Bildschirm wird so klein gesendet, dass ihn niemand lesen kann.",
        "A shared screen is sent so small that nobody can read it.",
        ("A02",),
    ),
)
