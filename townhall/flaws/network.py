"""The seeded flaws of the ways between browsers and servers."""

from townhall.flaws.flaw import Flaw

FLAWS = (
    Flaw(
        "static-turn-secret",
        "server",
        "Alle bekommen dieselben, nie ablaufenden Zugangsdaten zum Vermittlungsserver.",
        "Everybody is given the same credentials for the relay, which never end.",
        ("T08",),
    ),
    Flaw(
        "plain-forward",
        "server",
        "Der Medienserver schickt alles, was er hält, ohne SRTP an eine weitere Stelle.",
        "The media server sends all that it holds to another place, without SRTP.",
        ("E10", "K09"),
    ),
    Flaw(
        "codec-bypass",
        "client",
        "Wer kein VP9 hat, nimmt mit VP8 teil, und das wird nicht verschlüsselt.",
        "Who has no VP9 takes part with VP8, and that is not encrypted.",
        ("E06",),
    ),
    Flaw(
        "old-tls",
        "server",
        "Die Webseiten werden auch mit TLS 1.0 und 1.1 und schwachen Verfahren ausgeliefert.",
        "Pages are served by TLS 1.0 and 1.1, too, and with weak cipher suites.",
        ("T06",),
    ),
    Flaw(
        "no-relay",
        "server",
        "Der Vermittlungsserver wird nur über UDP angeboten, nicht über TCP oder TLS.",
        "The relay is offered by UDP only, not by TCP or TLS.",
        ("T07",),
    ),
    Flaw(
        "reused-certificate",
        "client",
        "Der Browser zeigt in jedem Gespräch dasselbe DTLS-Zertifikat.",
        "The browser shows the same DTLS certificate in every call.",
        ("T05",),
    ),
    Flaw(
        "fingerprint-swapped",
        "server",
        "Die Vermittlung setzt ihr eigenes DTLS-Zertifikat ein und leitet die Medien als Mittelsmann weiter.",
        "The signalling puts in its own DTLS certificate and relays the media as a man in the middle.",
        ("T04",),
    ),
)
