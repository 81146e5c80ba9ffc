"""The positive control: the server's bytes without a key, and the same bytes opened with the participants' keys."""

from collections.abc import Iterable
from dataclasses import dataclass

from harness.model.evidence import Evidence
from harness.model.observations import Blob, Recognition
from reports.pictures import Frame, call_label, sender
from reports.text import Words


@dataclass(frozen=True)
class Side:
    """One picture of a pair; without ``uri``, ``missing`` says why."""

    place: str
    label: str
    alt: str
    uri: str
    missing: str


@dataclass(frozen=True)
class ControlRow:
    """What was recognised of one medium, per place, as text; ``leak`` where something was recognised without a key."""

    media: str
    keyless: str
    with_keys: str
    glass: str
    leak: bool


@dataclass(frozen=True)
class ControlGroup:
    """The control for the media of one party of one call; ``folded`` away when it only repeats good news."""

    anchor: str
    title: str
    sentence: str
    good: bool
    leak: bool
    folded: bool
    sides: tuple[Side, ...]
    rows: tuple[ControlRow, ...]


_AT_SERVER = ("sfu-keyless", "sfu-with-keys")


def control_groups(evidence: Evidence, frame: Frame, words: Words) -> list[ControlGroup]:
    """One group per call and sending party that was searched at the server, in the order of the records."""
    groups: dict[tuple[str, str], list[Recognition]] = {}
    for found in evidence.of(Recognition):
        if found.seen.place != "upload":  # pictures in web requests are another search (E08)
            groups.setdefault((found.seen.call, found.seen.party), []).append(found.seen)
    at_server = {key: seen for key, seen in groups.items() if any(one.place in _AT_SERVER for one in seen)}
    first = next(iter(at_server), ("", ""))[0]
    return [
        _group(number, seen, frame, words, fold=call != first)
        for number, ((call, _), seen) in enumerate(at_server.items(), start=1)
    ]


def _group(number: int, seen: list[Recognition], frame: Frame, words: Words, *, fold: bool) -> ControlGroup:
    call, name = seen[0].call, sender(seen[0].party, words)
    opened = [one for one in seen if one.place == "sfu-with-keys"]
    video = [one for one in opened if one.media == "video"]
    found, looked = sum(one.found for one in video), sum(one.looked for one in video)
    if found:
        sentence = words("control.becomes", found=words.number(found), looked=words.number(looked))
    else:
        sentence = words("control.failed" if opened else "control.absent")
    sides = []
    for place, key in (("sfu-keyless", "keyless"), ("sfu-with-keys", "with_keys")):
        uri, missing = frame.uri(_picture(seen, place))
        sides.append(Side(place, words(f"control.{key}"), words(f"control.alt.{key}", sender=name), uri, missing))
    rows = tuple(_rows(seen, words))
    leak = any(row.leak for row in rows)
    return ControlGroup(
        anchor=f"control-{number}",
        title=f"{call_label(call, words)}, {name}",
        sentence=sentence,
        good=found > 0,
        leak=leak,
        folded=fold and found > 0 and not leak,
        sides=tuple(sides),
        rows=rows,
    )


def _picture(seen: list[Recognition], place: str) -> Blob | None:
    """The steady picture where there is one: the beginning of a stream is often still black."""
    pictures = [one for one in seen if one.place == place and one.media == "video" and one.picture]
    pictures.sort(key=lambda one: one.part != "steady")
    return pictures[0].picture if pictures else None


def _rows(seen: list[Recognition], words: Words) -> Iterable[ControlRow]:
    parts = sorted({(one.media, one.part) for one in seen}, key=lambda part: (part[0] != "video", part[1] != "steady"))
    for media, part in parts:
        cells = {}
        for place in ("sfu-keyless", "sfu-with-keys", "glass"):
            found = [one for one in seen if (one.media, one.part, one.place) == (media, part, place)]
            cells[place] = "; ".join(_cell(one, words) for one in found) or words("none")
        keyless = [one for one in seen if (one.media, one.part, one.place) == (media, part, "sfu-keyless")]
        yield ControlRow(
            media=words(f"part.{part}", media=words(f"media.{media}")),
            keyless=cells["sfu-keyless"],
            with_keys=cells["sfu-with-keys"],
            glass=cells["glass"],
            leak=any(one.found > 0 for one in keyless),
        )


def _cell(one: Recognition, words: Words) -> str:
    if one.media == "audio":
        heard = words("control.heard" if one.found else "control.unheard")
        return heard if one.score is None else f"{heard} ({words('control.score', score=words.number(one.score, 2))})"
    return words("control.cell", found=words.number(one.found), looked=words.number(one.looked))
