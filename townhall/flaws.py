"""The deliberate defects the town hall can be started with, and the checks that each of them must turn to fail."""

from dataclasses import dataclass
from typing import Literal

from townhall.errors import SettingsError


@dataclass(frozen=True)
class Flaw:
    """One small, named defect: where it sits, what it does (de, en), and the ids of the checks it must fail."""

    name: str
    side: Literal["client", "server", "operator"]
    de: str
    en: str
    expects: tuple[str, ...]


FLAWS: dict[str, Flaw] = {
    flaw.name: flaw
    for flaw in (
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
            "tap-silent",
            "operator",
            "Der Mitschnitt am Medienserver bleibt aus; was dort ankommt, ist nicht zu sehen.",
            "The recorder at the media server stays off, so the tap delivers nothing.",
            (),
        ),
    )
}


def flaw_named(name: str) -> Flaw | None:
    """Return the flaw with this name, None for the empty name; raise SettingsError for a name that does not exist."""
    if not name:
        return None
    if name not in FLAWS:
        raise SettingsError(f"There is no flaw called {name!r}; choose one of: {', '.join(FLAWS)}.")
    return FLAWS[name]
