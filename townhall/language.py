"""The sentences people read, German and English: a folder a language, a file an area, in ``townhall/locales``."""

import tomllib
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

LANGUAGES = ("de", "en")
_FOLDER = Path(__file__).parent / "locales"

Translate = Callable[..., str]


@cache
def sentences(lang: str) -> dict[str, str]:
    """Return every sentence of a language by its dotted key, for instance ``login.title``."""
    flat: dict[str, str] = {}
    for file in sorted((_FOLDER / lang).glob("*.toml")):
        for key, value in tomllib.loads(file.read_text("utf-8")).items():
            if isinstance(value, dict):
                flat.update({f"{key}.{name}": str(text) for name, text in value.items()})
            else:
                flat[key] = str(value)
    return flat


def translator(lang: str) -> Translate:
    """Return ``t(key, **words)`` for a language; an unknown key is a KeyError, because it is our own mistake."""

    def translate(key: str, **words: object) -> str:
        return sentences(lang)[key].format(**words)

    return translate


def client_sentences(lang: str) -> dict[str, str]:
    """Return the sentences that the call page's script shows, without their prefix."""
    return {key.removeprefix("client."): text for key, text in sentences(lang).items() if key.startswith("client.")}


def moment(when: datetime, zone: ZoneInfo, lang: str) -> str:
    """Return a point in time as people say it: weekday, date and local time."""
    local, t = when.astimezone(zone), translator(lang)
    return t(
        "moment",
        weekday=t("weekdays").split()[local.weekday()],
        day=local.day,
        month=t("months").split()[local.month - 1],
        year=local.year,
        time=local.strftime("%H:%M"),
    )


def clock_time(when: datetime, zone: ZoneInfo, lang: str) -> str:
    """Return the local time of day as people say it."""
    return translator(lang)("clock", time=when.astimezone(zone).strftime("%H:%M"))
