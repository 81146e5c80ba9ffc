"""How sentences name parties, streams and places, in English and German."""

from harness.model.sentence import Sentence

_PARTY_EN = {"citizen": "the citizen", "clerk": "the clerk", "interpreter": "the interpreter", "guest": "the guest"}
_PARTY_DE = {"citizen": "Bürgerseite", "clerk": "Amtsseite", "interpreter": "Dolmetschseite", "guest": "Gastseite"}
_MEDIA_DE = {"screen": "Bildschirm"}

_VANTAGE = {
    "sfu": Sentence(de="der Abgriff am Medienserver", en="the tap at the media server"),
    "encoded-frames": Sentence(de="der Abgriff im Browser", en="the tap in the browser"),
    "keys": Sentence(de="der Schlüsselschreiber im Browser", en="the key recorder in the browser"),
    "http": Sentence(de="die Aufzeichnung der Webanfragen", en="the record of web requests"),
    "websocket": Sentence(de="die Aufzeichnung der Signalisierung", en="the record of the signalling"),
    "mail": Sentence(de="die Ablage der E-Mails", en="the mail store"),
    "log": Sentence(de="die Sammlung der Protokolle", en="the collection of logs"),
    "database": Sentence(de="der Auszug der Datenbank", en="the database dump"),
    "memory": Sentence(de="der Auszug des Arbeitsspeichers", en="the memory dump"),
    "sdp": Sentence(de="die Aufzeichnung der Sitzungsbeschreibungen", en="the record of session descriptions"),
    "transport": Sentence(de="die Transportstatistik des Browsers", en="the browser's transport statistics"),
    "link": Sentence(de="die Aufzeichnung der Einladung", en="the record of the invitation"),
    "participants": Sentence(
        de="die Teilnehmerliste am Medienserver", en="the list of participants at the media server"
    ),
    "recorder": Sentence(de="die Durchsicht der Aufnahmen", en="the look through the recordings"),
    "room": Sentence(de="die Durchsicht der Räume am Medienserver", en="the look at the media server's rooms"),
    "metrics": Sentence(de="die Durchsicht der Betriebskennzahlen", en="the look at the metrics"),
    "retention": Sentence(de="die Probe mit vorgestellter Uhr", en="the trial with the clock moved"),
    "wire": Sentence(de="der Mitschnitt im Netzwerk", en="the capture on the network"),
    "codecs": Sentence(de="die Probe jedes Codecs", en="the trial of each codec"),
    "tls": Sentence(de="die Durchsicht der TLS-Zugänge", en="the look at the entrances with TLS"),
    "paths": Sentence(de="die Probe ohne UDP", en="the trial without UDP"),
    "relay": Sentence(de="die Probe am Vermittlungsserver (TURN)", en="the trial at the relay (TURN)"),
    "certificates": Sentence(
        de="die Aufzeichnung der Zertifikate mehrerer Gespräche", en="the record of the certificates of several calls"
    ),
    "fingerprints": Sentence(de="die Probe mit fremden Fingerabdrücken", en="the trial with fingerprints of others"),
    "pages": Sentence(de="die Beobachtung der Seiten", en="the watch over the pages"),
    "invitations": Sentence(de="die Probe der Einladungen", en="the trial of the invitations"),
    "crossings": Sentence(de="die Probe fremder Zugriffe", en="the trial of crossings"),
    "axe": Sentence(de="die Durchsicht auf Barrieren", en="the look for barriers"),
    "keyboard": Sentence(de="die Probe mit der Tastatur", en="the trial by keyboard"),
    "codes": Sentence(de="die Ablesung der Sicherheitscodes", en="the reading of the safety codes"),
    "glass": Sentence(de="die Messung an Bildschirm und Lautsprecher", en="the measurement at screen and loudspeaker"),
    "lock": Sentence(de="die Aufzeichnung der Anzeige auf den Seiten", en="the record of what pages show"),
    "text": Sentence(de="die Probe der Textkanäle", en="the trial of the text channels"),
}

_PLACE = {
    "http": Sentence(de="in den Webanfragen", en="in the web requests"),
    "url": Sentence(de="in den Adressen der Webanfragen", en="in the addresses of web requests"),
    "websocket": Sentence(de="in der Signalisierung", en="in the signalling"),
    "mail": Sentence(de="in den E-Mails", en="in the mails"),
    "mail-rewritten": Sentence(de="in umgeschriebenen Links der E-Mails", en="in the mails' rewritten links"),
    "log": Sentence(de="in den Protokollen", en="in the logs"),
    "database": Sentence(de="in der Datenbank", en="in the database"),
    "memory": Sentence(de="im Arbeitsspeicher der Server", en="in the servers' memory"),
    "recorder": Sentence(de="in den Aufnahmen des Servers", en="in the server's recordings"),
    "room": Sentence(de="in den Räumen des Medienservers", en="in the media server's rooms"),
    "metrics": Sentence(de="in den Betriebskennzahlen", en="in the metrics"),
}

_PAGE_DE = {
    "invitation": "Einladung",
    "call": "Gespräch",
    "home": "Startseite",
    "hall": "Seite der Gemeinde",
    "login": "Anmeldung",
    "desk": "Arbeitsplatz des Amtes",
    "booking": "Terminbuchung",
    "feedback": "Rückmeldung",
    "unknown": "unbekannte Einladung",
    "error": "Fehlerseite",
    "appointment": "Termin",
    "audit trail": "Änderungsprotokoll",
    "clerk's call": "Gespräch im Amt",
    "guest": "Einladung für Gäste",
    "guest's call": "Gespräch für Gäste",
    "help": "Hilfe",
    "opening hours": "Öffnungszeiten",
    "operator's login": "Anmeldung der Betreiber",
    "operator's page": "Seite der Betreiber",
    "pilot report": "Pilotbericht",
    "security": "Sicherheit",
}


def party_en(party: str) -> str:
    """A party as a noun phrase: "the citizen"."""
    return _PARTY_EN.get(party, f"the party “{party}”")


def party_de(party: str) -> str:
    """A party in the genitive or dative: "der Bürgerseite"."""
    return f"der {_PARTY_DE[party]}" if party in _PARTY_DE else f"der Seite „{party}“"


def vantage(name: str) -> Sentence:
    """A vantage point as the subject of a sentence."""
    return _VANTAGE.get(name, Sentence(de=f"der Beobachtungsort „{name}“", en=f"the vantage point “{name}”"))


def place(name: str) -> Sentence:
    """A searched place with its preposition: "in the mails"."""
    return _PLACE.get(name, Sentence(de=f"am Ort „{name}“", en=f"at the place “{name}”"))


def media_de(media: str) -> str:
    """A medium in German: "Audio", "Video", "Bildschirm"."""
    return _MEDIA_DE.get(media, media.capitalize())


def stream(call: str, party: str, media: str, segment: int = 0) -> Sentence:
    """A stream as a noun phrase: "the citizen's audio in call winterbach-1"."""
    again_de = f", Verbindung {segment + 1}" if segment else ""
    again_en = f", connection {segment + 1}" if segment else ""
    return Sentence(
        de=f"{media_de(media)} {party_de(party)} im Gespräch {call}{again_de}",
        en=f"{party_en(party)}'s {media} in call {call}{again_en}",
    )


def page_de(label: str) -> str:
    """A page's label in German; labels this list does not know stay as they are."""
    return _PAGE_DE.get(label, label)


def count(number: int, one: str, many: str) -> str:
    """A number with its noun: ``count(1, "call", "calls")`` is "1 call"."""
    return f"{number} {one if number == 1 else many}"


def listed(parts: list[str], last: str) -> str:
    """The parts as a list in a sentence; ``last`` is "and" or "und"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def decimal_de(number: float, digits: int) -> str:
    """A number with a decimal comma."""
    return f"{number:.{digits}f}".replace(".", ",")
