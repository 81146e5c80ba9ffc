"""The seeded flaws of personal data."""

from townhall.flaws.flaw import Flaw

FLAWS = (
    Flaw(
        "name-in-room",
        "server",
        "Der Name der Bürgerin oder des Bürgers steht im Raum des Medienservers.",
        "The citizen's name stands in the media server's room.",
        ("P01",),
    ),
    Flaw(
        "plain-token",
        "server",
        "Die Einladung steht lesbar in der Datenbank statt nur als Prüfsumme.",
        "The invitation stands in the database as it is, not only its hash.",
        ("P02",),
    ),
    Flaw(
        "kept-forever",
        "server",
        "Nichts wird gelöscht, auch nicht nach Ablauf der Aufbewahrungsfrist.",
        "Nothing is ever deleted, not even after the retention time.",
        ("P03",),
    ),
    Flaw(
        "analytics-cookie",
        "server",
        "Jede Seite setzt ohne Einwilligung ein Cookie, das Besuche zählt.",
        "Every page sets a cookie that counts visits, without consent.",
        ("P04",),
    ),
    Flaw(
        "foreign-font",
        "server",
        "Die Seiten laden eine Schrift von einem fremden Server.",
        "The pages load a font from somebody else's server.",
        ("P05",),
    ),
    Flaw(
        "foreign-stun",
        "server",
        "Die Gespräche fragen einen fremden STUN-Server nach ihrer Adresse.",
        "The calls ask somebody else's STUN server for their address.",
        ("P05",),
    ),
    Flaw(
        "short-token",
        "server",
        "Die Einladung hat nur vier Zeichen und lässt sich erraten.",
        "The invitation has four characters only and can be guessed.",
        ("P06",),
    ),
    Flaw(
        "link-forever",
        "server",
        "Der Link der Einladung öffnet das Gespräch auch nach dem Termin.",
        "The invitation's link opens the call even after the appointment.",
        ("P06",),
    ),
    Flaw(
        "cross-tenant",
        "server",
        "Ein Amt kann die Termine eines anderen Rathauses öffnen.",
        "A clerk can open the appointments of another town hall.",
        ("P07",),
    ),
    Flaw(
        "camera-at-load",
        "client",
        "Kamera und Mikrofon gehen an, sobald die Seite geladen ist.",
        "Camera and microphone are switched on as soon as the page is loaded.",
        ("P08",),
    ),
    Flaw(
        "no-csp",
        "server",
        "Die Seiten kommen ohne die Kopfzeilen, die sie schützen.",
        "The pages come without the headers that protect them.",
        ("P09",),
    ),
)
