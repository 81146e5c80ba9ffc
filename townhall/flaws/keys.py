"""The seeded flaws of the keys and the places where they must never be."""

from townhall.flaws.flaw import Flaw

FLAWS = (
    Flaw(
        "key-in-query",
        "client",
        "Der Schlüssel steht in einer Adresse, die der Browser abruft.",
        "The key sits in the query string of a request.",
        ("K07", "K08"),
    ),
    Flaw(
        "key-in-signalling",
        "client",
        "Der Browser schickt den Schlüssel über die Vermittlung an den Server.",
        "The key travels to the server in a WebSocket message.",
        ("K07",),
    ),
    Flaw(
        "key-in-log",
        "server",
        "Der Server schreibt den Schlüssel in sein Protokoll.",
        "The server writes the key to its log.",
        ("K07",),
    ),
    Flaw(
        "key-in-mail",
        "server",
        "Der Server schickt den Schlüssel per E-Mail an die Amtsstube.",
        "The server mails the key to the office.",
        ("K07",),
    ),
    Flaw(
        "static-key",
        "client",
        "Alle Termine verwenden denselben Schlüssel.",
        "One key serves all appointments.",
        ("K04",),
    ),
    Flaw(
        "server-made-key",
        "client",
        "Der Server macht den Schlüssel, teilt ihn aus und behält ihn.",
        "The server makes the key, hands it out and keeps it.",
        ("K07",),
    ),
    Flaw(
        "weak-key",
        "client",
        "Der Schlüssel ist der Name des Raums, der in jedem Termin gleich lautet.",
        "The key is the room's name, which is the same in every appointment.",
        ("K04", "K07"),
    ),
    Flaw(
        "no-rotation-on-leave",
        "client",
        "Verlässt jemand das Gespräch, so bleiben die Schlüssel, wie sie sind.",
        "When somebody leaves, the keys stay as they are.",
        ("K02", "K03"),
    ),
    Flaw(
        "slow-rotation",
        "client",
        "Verlässt jemand das Gespräch, so werden die Schlüssel erst eine Minute später gewechselt.",
        "When somebody leaves, the keys are changed a minute later.",
        ("K02",),
    ),
    Flaw(
        "no-rotation-on-join",
        "client",
        "Wer dazukommt, erhält den Schlüssel, der schon in Gebrauch ist.",
        "Who joins is handed the key that is in use already.",
        ("K01", "K03"),
    ),
    Flaw(
        "unchecked-code",
        "client",
        "Der Sicherheitscode hat acht Bit, und niemand legt sich vorher auf seine Schlüssel fest.",
        "The safety code has eight bits, and nobody commits to their keys beforehand.",
        ("K06",),
    ),
    Flaw(
        "false-lock",
        "client",
        "Das Zeichen für die Verschlüsselung ist immer zu sehen.",
        "The sign of the encryption is always shown.",
        ("K11",),
    ),
)
