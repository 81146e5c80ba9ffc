"""T04's sentences: whose certificate was announced, shown or taken where."""

from collections.abc import Sequence
from typing import Literal

from crypto_checks import words
from harness.model.observations import CertificateCompared, FingerprintTried
from harness.model.sentence import Sentence

Way = Literal["to-page", "to-server"]
_DE = {"sends": "Sendeverbindung", "receives": "Empfangsverbindung"}
_EN = {"sends": "sending connection", "receives": "receiving connection"}
_SWAPPED = {
    "to-page": Sentence(de="vertauscht für den Browser", en="swapped for the page"),
    "to-server": Sentence(de="vertauscht für den Medienserver", en="swapped for the media server"),
}


def stranger(seen: CertificateCompared, foreign: str) -> Sentence:
    """A page was told of a certificate that the media server does not have."""
    return Sentence(
        de=f"Dem Browser {words.party_de(seen.party)} wurde für seine {_DE[seen.direction]} das Zertifikat "
        f"{short(foreign)} genannt, der Medienserver hat aber {short(seen.servers[0])}: Jemand steht dazwischen",
        en=f"{words.party_en(seen.party).capitalize()}'s page was told the certificate {short(foreign)} for its "
        f"{_EN[seen.direction]}, but the media server has {short(seen.servers[0])}: somebody is in between",
    )


def unlike(seen: CertificateCompared) -> Sentence:
    """A connection stands with another certificate than announced."""
    return Sentence(
        de=f"Die {_DE[seen.direction]} {words.party_de(seen.party)} steht mit dem Zertifikat {short(seen.shown)}, "
        f"angekündigt war {short(seen.told[0])}",
        en=f"The {_EN[seen.direction]} of {words.party_en(seen.party)} stands with the certificate "
        f"{short(seen.shown)}, while {short(seen.told[0])} was announced",
    )


def unmet(seen: CertificateCompared) -> Sentence:
    """A page is connected, and the media server has never met its certificate."""
    return Sentence(
        de=f"Die {_DE[seen.direction]} {words.party_de(seen.party)} steht, doch deren Zertifikat "
        f"({short(seen.own)}) ist der Medienserver nie begegnet",
        en=f"The {_EN[seen.direction]} of {words.party_en(seen.party)} stands, but the media server has never met its "
        f"certificate ({short(seen.own)})",
    )


def page_took(seen: FingerprintTried) -> Sentence:
    """A page's connection stood with another certificate than it was told."""
    return Sentence(
        de=f"Der Browser {words.party_de(seen.party)} nahm ein anderes Zertifikat an, als ihm genannt war: "
        f"{_stood_de(seen, seen.stood, seen.packets)}",
        en=f"{words.party_en(seen.party).capitalize()}'s page took another certificate than it was told: "
        f"{_stood_en(seen, seen.stood, seen.packets)}",
    )


def server_took(seen: FingerprintTried, packets: int) -> Sentence:
    """The media server's connection stood with another certificate than it was told."""
    taken = seen.taken or 0
    return Sentence(
        de=f"Der Medienserver nahm für den Browser {words.party_de(seen.party)} ein anderes Zertifikat an, als ihm "
        f"genannt war: {_stood_de(seen, taken, packets)}",
        en=f"The media server took another certificate for the page of {words.party_en(seen.party)} than it was told: "
        f"{_stood_en(seen, taken, packets)}",
    )


def first_of(faults: Sequence[Sentence]) -> Sentence:
    """The first fault, and how many there are beside it."""
    more = len(faults) - 1
    return Sentence(
        de=faults[0].de + (f" (und {words.count(more, 'weiterer Verstoß', 'weitere Verstöße')})" if more else "") + ".",
        en=faults[0].en + (f" (and {words.count(more, 'more fault', 'more faults')})" if more else "") + ".",
    )


def bound(compared: int, pages: int, server: int) -> Sentence:
    """Everything as it must be; ``pages`` and ``server`` are the connections that each refused."""
    return Sentence(
        de=f"{words.count(compared, 'Verbindung', 'Verbindungen')}: Angekündigt war jeweils das Zertifikat, das der "
        "Medienserver nach eigener Auskunft hat, und er begegnete dem des Browsers. Mit fremdem Fingerabdruck kam "
        f"keine zustande: {words.count(pages, 'Verbindung', 'Verbindungen')} wiesen die Browser ab, {server} der "
        "Medienserver.",
        en=f"{words.count(compared, 'connection', 'connections')}: each was announced with the certificate that the "
        "media server says it has, and it met that of the page. With a fingerprint of another none came to stand: "
        f"pages refused {words.count(pages, 'connection', 'connections')}, the media server {server}.",
    )


def whose(party: str, direction: str) -> Sentence:
    """A connection by its person: "sending connection of the clerk"."""
    return Sentence(de=f"{_DE[direction]} {words.party_de(party)}", en=f"{_EN[direction]} of {words.party_en(party)}")


def swapped(party: str, direction: str, way: Way) -> Sentence:
    """A connection of the trial, and for whom the fingerprint was swapped."""
    of, where = whose(party, direction), _SWAPPED[way]
    return Sentence(de=f"{of.de}, {where.de}", en=f"{of.en}, {where.en}")


def short(fingerprint: str) -> str:
    """Enough of a fingerprint to know it again."""
    return f"{fingerprint[:11]}…"


def _stood_de(seen: FingerprintTried, stood: int, packets: int) -> str:
    connections = words.count(stood, _DE[seen.direction], f"{_DE[seen.direction]}en")
    went = words.count(packets, "Paket ging", "Pakete gingen")
    return f"{connections} {'stand' if stood == 1 else 'standen'}, {went} darüber"


def _stood_en(seen: FingerprintTried, stood: int, packets: int) -> str:
    connections = words.count(stood, _EN[seen.direction], f"{_EN[seen.direction]}s")
    return f"{connections} stood, with {words.count(packets, 'packet', 'packets')}"
