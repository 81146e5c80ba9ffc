"""A whole call at the glass: fetches now and then what the pages of the measured note, and tells it as observations."""

from dataclasses import dataclass, field
from typing import Any, Literal

from playwright.sync_api import Error

from harness.call import Call
from harness.model.observations import (
    Observation,
    PicturesDrawn,
    PicturesShown,
    Planted,
    SoundMarks,
    StatsSeries,
    TapStatus,
)

Told = dict[str, Any]  # of one page, see inject/series.js


@dataclass(slots=True)
class _Page:
    """What one page told until now; ``gaps`` counts how often it could not be asked."""

    drawn: dict[str, Told] = field(default_factory=dict)
    shown: dict[int, Told] = field(default_factory=dict)
    sounds: dict[str, Told] = field(default_factory=dict)
    counters: dict[str, Told] = field(default_factory=dict)
    planted: list[Told] = field(default_factory=list)
    gaps: int = 0


class GlassSeries:
    """Measures a call whose people are measured ones (see ``Browsers.measured``) and notes in the call what it saw.

    ``begin`` when the people have their pages, ``read`` every few seconds (a page keeps half an hour of pictures),
    ``end`` before they hang up. A page that is gone or navigates between two reads loses what it held.
    """

    def __init__(self, call: Call) -> None:
        self._call = call
        self._pages = {party: _Page() for party in call.people}

    def begin(self) -> None:
        """Forgets what was before: the device check, the waiting room."""
        for party in self._pages:
            self._take(party)
        self._pages = {party: _Page() for party in self._call.people}

    def read(self) -> None:
        """Fetches what came since the last time."""
        for party, page in self._pages.items():
            told = self._take(party)
            if told is None:
                page.gaps += 1
                continue
            for drawn in told["drawn"]:
                _extend(page.drawn.setdefault(drawn["media"], {}), drawn)
            for place, shown in enumerate(told["shown"]):
                _extend(page.shown.setdefault(place, {}), shown)
            for which in ("spoken", "heard"):
                _extend(page.sounds.setdefault(which, {}), told[which])
            for stream in told["counters"]:
                _extend(page.counters.setdefault(stream["stream"], {}), stream)
            page.planted = told["planted"]

    def plant(self, party: str, **defect: float | str) -> None:
        """Plants a defect of known size at a party's devices (see ``inject/planting.js``): ``freezeMs`` with ``kind``
        "stops" or "repeats", ``fps``, ``soundLaterMs``, ``blur`` (pixels), ``smaller`` (times), each with ``place``
        "camera" or "screen"."""
        self._call.people[party].page.evaluate("defect => pruefstandGlass.plant(defect)", defect)

    def end(self) -> None:
        """Reads for the last time, and notes everything."""
        self.read()
        for party, page in self._pages.items():
            self._call.noted += [self._of_call(each, party) for each in observed(page, self._call.other(party))]
            state: Literal["ok", "silent"] = "ok" if any(shown["at"] for shown in page.shown.values()) else "silent"
            times = "once" if page.gaps == 1 else f"{page.gaps} times"
            reason = f"The page could not be asked {times}." if page.gaps else ""
            self._call.noted.append(
                TapStatus(call=self._call.label, party=party, vantage="glass", state=state, reason=reason)
            )

    def _of_call(self, seen: Observation, party: str) -> Observation:
        sender = {"sender": party} if isinstance(seen, SoundMarks) and not seen.sender else {}
        return seen.model_copy(update={"call": self._call.label, "party": party, **sender})

    def _take(self, party: str) -> Told | None:
        try:
            told: Told | None = self._call.people[party].page.evaluate("pruefstandGlass.take()")
        except Error:
            return None  # the page is closed or navigating
        return told


def observed(page: _Page, sender: str) -> list[Observation]:
    """The observations of one page, whose other person is ``sender``; empty names are the page's own party."""
    seen: list[Observation] = [
        PicturesDrawn(
            media=drawn["media"],
            at_ms=_ms(drawn["at"]),
            number=tuple(drawn["number"]),
            film=tuple(drawn.get("film", ())),
            cost_ms=round(drawn["cost"], 1),
        )
        for drawn in page.drawn.values()
        if drawn["at"]
    ]
    seen += [
        PicturesShown(
            sender=sender, media=shown["media"] or "video", at_ms=_ms(shown["at"]), number=tuple(shown["number"]),
            width=tuple(shown["width"]), height=tuple(shown["height"]), untold=tuple(shown["untold"]),
            cost_ms=round(shown["cost"], 1),
        )
        for shown in page.shown.values()
        if shown["at"]
    ]  # fmt: skip
    seen += [
        SoundMarks(
            sender="" if which == "spoken" else sender, at_ms=_ms(sounds["at"]), which=tuple(sounds["which"]),
            ear_ms=round(sounds["ear"], 2), unread=sounds["unread"], cost_ms=round(sounds["cost"], 1),
        )
        for which, sounds in page.sounds.items()
    ]  # fmt: skip
    seen += [
        StatsSeries(of=one["of"], media=one["media"], stream=name, at_ms=_ms(times), columns=columns)
        for name, one in page.counters.items()
        for times, columns in [_columns(one["samples"])]
        if times
    ]
    seen += [
        Planted(
            what=one["what"], media=one["media"], value=one["value"], from_ms=round(one["from"], 2),
            to_ms=None if one["to"] is None else round(one["to"], 2),
        )
        for one in page.planted
    ]  # fmt: skip
    return seen


def _extend(whole: Told, part: Told) -> None:
    """Lists grow; everything else is as it was told last."""
    for name, value in part.items():
        if isinstance(value, list) and name in whole:
            whole[name].extend(value)
        else:
            whole[name] = value


def _columns(samples: list[dict[str, float]]) -> tuple[list[float], dict[str, tuple[float | None, ...]]]:
    """Samples of ``getStats`` as their times and columns: a name that a sample lacks is None there."""
    names = sorted({name for sample in samples for name in sample} - {"timestamp"})
    return [sample["timestamp"] for sample in samples], {
        name: tuple(sample.get(name) for sample in samples) for name in names
    }


def _ms(times: list[float]) -> tuple[float, ...]:
    return tuple(round(at, 2) for at in times)
