"""How sentences name people, streams and values, in German and English."""

from harness.model.sentence import Sentence
from quality_checks.bands import Band, Unit

_PARTY_EN = {"citizen": "the citizen", "clerk": "the clerk", "interpreter": "the interpreter", "guest": "the guest"}
_PARTY_DE = {"citizen": "Bürgerseite", "clerk": "Amtsseite", "interpreter": "Dolmetschseite", "guest": "Gastseite"}
_MEDIA = {
    "audio": Sentence(de="Ton", en="sound"),
    "video": Sentence(de="Bild", en="picture"),
    "screen": Sentence(de="geteilter Bildschirm", en="shared screen"),
}


_DEFECTS = {  # of a Planted observation, with its size
    "freeze-stops": Sentence(de="{} ms lang keine Bilder", en="no pictures for {} ms"),
    "freeze-repeats": Sentence(de="{} ms lang dasselbe Bild", en="the same picture for {} ms"),
    "frame-rate": Sentence(de="höchstens {} Bilder je Sekunde", en="at most {} pictures a second"),
    "sound-later": Sentence(de="Ton um {} ms gegen das Bild verschoben", en="sound moved by {} ms against the picture"),
    "blur": Sentence(de="Bild auf {} Pixel unscharf", en="picture blurred to {} pixels"),
    "smaller": Sentence(de="Bild {}-mal kleiner", en="picture {} times smaller"),
}


def defect(what: str, value: float) -> Sentence:
    """A planted defect with its size: "no pictures for 300 ms"."""
    said, size = _DEFECTS[what], f"{value:g}"
    return Sentence(de=said.de.format(size.replace(".", ",")), en=said.en.format(size))


def party(name: str) -> Sentence:
    """A party: "the citizen", and in the German genitive or dative "der Bürgerseite"."""
    german = f"der {_PARTY_DE[name]}" if name in _PARTY_DE else f"der Seite „{name}“"
    return Sentence(de=german, en=_PARTY_EN.get(name, f"the party “{name}”"))


def seen_by(media: str, sender: str, viewer: str) -> Sentence:
    """A stream from person to person: "the clerk's picture at the citizen"."""
    what, of, by = _MEDIA[media], party(sender), party(viewer)
    return Sentence(de=f"{what.de} {of.de} bei {by.de}", en=f"{of.en}'s {what.en} at {by.en}")


def received(media: str, viewer: str) -> Sentence:
    """What a person receives of a kind: "sound received by the citizen"."""
    what, by = _MEDIA[media], party(viewer)
    return Sentence(de=f"empfangen: {what.de} bei {by.de}", en=f"{what.en} received by {by.en}")


def sent(media: str, sender: str) -> Sentence:
    """What a person sends of a kind: "sound sent by the citizen"."""
    what, by = _MEDIA[media], party(sender)
    return Sentence(de=f"gesendet: {what.de} {by.de}", en=f"{what.en} sent by {by.en}")


def number(value: float, digits: int) -> Sentence:
    """A number with the decimal sign of each language."""
    text = f"{value:.{digits}f}"
    return Sentence(de=text.replace(".", ","), en=text)


def amount(value: float, unit: Unit) -> Sentence:
    """A value with its unit, as exact as it is of use."""
    if unit == "share":
        share = number(100 * value, 0 if abs(value) >= 0.0995 or value == 0 else 1 if abs(value) >= 0.00995 else 2)
        whole = share.en.rstrip("0").rstrip(".") if "." in share.en else share.en
        return Sentence(de=f"{whole.replace('.', ',')} %", en=f"{whole} %")
    digits = {"ms": 0, "s": 1, "1/s": 1, "lines": 0, "R": 1, "MOS": 2, "VMAF": 1, "SSIM": 3, "kbit/s": 0}[unit]
    text = number(value, digits)
    behind = {
        "ms": Sentence(de="ms", en="ms"),
        "s": Sentence(de="s", en="s"),
        "1/s": Sentence(de="Bilder in der Sekunde", en="pictures a second"),
        "lines": Sentence(de="Zeilen", en="lines"),
        "kbit/s": Sentence(de="kbit/s", en="kbit/s"),
        "MOS": Sentence(de="von 5", en="of 5"),
    }.get(unit)
    return text if behind is None else Sentence(de=f"{text.de} {behind.de}", en=f"{text.en} {behind.en}")


def limits(band: Band) -> Sentence:
    """Where a band's limits lie."""
    good, still = amount(band.good, band.unit), amount(band.acceptable, band.unit)
    de, en = ("höchstens", "at most") if band.better == "less" else ("mindestens", "at least")
    if band.good == band.acceptable:
        return Sentence(de=f"Gut sind {de} {good.de}.", en=f"Good is {en} {good.en}.")
    return Sentence(
        de=f"Gut sind {de} {good.de}, annehmbar {de} {still.de}.",
        en=f"Good is {en} {good.en}, acceptable {en} {still.en}.",
    )


def connection(name: str) -> Sentence:
    """A person's connection: "the citizen's connection"."""
    of = party(name)
    return Sentence(de=f"Verbindung {of.de}", en=f"{of.en}'s connection")
