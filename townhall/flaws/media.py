"""The seeded flaws of the media's encryption."""

from townhall.flaws.flaw import Flaw

FLAWS = (
    Flaw(
        "plain-media",
        "client",
        "Bild und Ton werden gar nicht verschlüsselt.",
        "The encrypting transform is never set: picture and sound go out in the clear.",
        ("E01", "E02", "E12", "K11"),
    ),
    Flaw(
        "plain-audio",
        "client",
        "Nur das Bild wird verschlüsselt, der Ton nicht.",
        "Only the picture is encrypted; the sound is not.",
        ("E01", "E02"),
    ),
    Flaw(
        "late-transform",
        "client",
        "Die Verschlüsselung beginnt erst nach den ersten Bildern.",
        "The transform is set after the first frames have gone out.",
        ("E03",),
    ),
    Flaw(
        "forward-without-key",
        "client",
        "Solange kein Schlüssel da ist, gehen Bild und Ton unverschlüsselt hinaus.",
        "Frames pass in the clear as long as there is no key.",
        ("E03", "K12"),
    ),
    Flaw(
        "counter-reset",
        "client",
        "Der Zähler beginnt nach einem Neuverbinden wieder von vorn.",
        "The frame counter starts again after a reconnect.",
        ("C02", "C09"),
    ),
    Flaw(
        "fails-open",
        "client",
        "Fällt die Verschlüsselung aus, gehen Bild und Ton unverschlüsselt weiter.",
        "When the worker dies, frames pass in the clear.",
        ("K12",),
    ),
    Flaw(
        "peer-path-plain",
        "client",
        "Auf dem direkten Weg zwischen zwei Browsern gehen Bild und Ton unverschlüsselt hinaus.",
        "On the direct path between two browsers picture and sound go out in the clear.",
        ("E11",),
    ),
    Flaw(
        "tap-silent",
        "operator",
        "Der Mitschnitt am Medienserver bleibt aus; was dort ankommt, ist nicht zu sehen.",
        "The recorder at the media server stays off, so the tap delivers nothing.",
        (),
    ),
)
