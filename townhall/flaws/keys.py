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
)
