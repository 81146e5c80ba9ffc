"""The seeded flaws of what is written, shown and shared beside the picture, and of who takes part."""

from townhall.flaws.flaw import Flaw

FLAWS = (
    Flaw(
        "plain-screen",
        "client",
        "Der geteilte Bildschirm wird nicht verschlüsselt.",
        "The shared screen is not encrypted.",
        ("E05",),
    ),
    Flaw(
        "clear-after-unmute",
        "client",
        "Wer das Mikrofon stumm- und wieder anschaltet, sendet danach unverschlüsselt.",
        "After muting and unmuting, the sound goes out in the clear.",
        ("E05",),
    ),
    Flaw(
        "plain-form",
        "client",
        "Jede Eingabe im Formular geht als lesbarer Text an den Server.",
        "Every edit of the form is also sent to the server as text.",
        ("E08",),
    ),
    Flaw(
        "plain-document",
        "client",
        "Eine geteilte Datei wird so, wie sie ist, zum Server hochgeladen.",
        "A shared file is uploaded to the server as it is.",
        ("E08",),
    ),
    Flaw(
        "thumbnail-upload",
        "client",
        "Ein Vorschaubild der Kamera wird zum Server geschickt.",
        "A preview picture of the camera is posted to the server.",
        ("E08",),
    ),
    Flaw(
        "recorder-has-key",
        "client",
        "Der Aufnahmedienst des Rathauses bekommt den Schlüssel.",
        "The town hall's recording service is given the key.",
        ("E09", "K07"),
    ),
    Flaw(
        "ghost-subscriber",
        "server",
        "Ein unsichtbarer Teilnehmer empfängt Bild und Ton.",
        "A hidden participant receives picture and sound.",
        ("K09",),
    ),
    Flaw(
        "silent-chat",
        "client",
        "Ein Vorleseprogramm erfährt nichts von neuen Zeilen im Chat.",
        "Screen readers are not told of new lines in the chat.",
        ("A03",),
    ),
)
