"""What pages told piece by piece becomes one series, and a page that was gone for a while is told."""

from typing import Any, cast

from playwright.sync_api import Error

from harness.call import Call
from harness.glass_series import GlassSeries
from harness.model.observations import (
    Observation,
    PicturesDrawn,
    PicturesShown,
    Planted,
    SoundMarks,
    StatsSeries,
    TapStatus,
)


class Page:
    """A page that numbers its answers; those in ``gone`` it does not give."""

    def __init__(self, *gone: int, silent: bool = False) -> None:
        self.asked, self.gone, self.silent = -1, gone, silent

    def evaluate(self, _script: str) -> dict[str, Any]:
        self.asked += 1
        if self.asked in self.gone:
            raise Error("The page is closed.")
        n = self.asked
        spoken, heard = (
            {"at": [n + 0.1236], "which": [n], "unread": n, "cost": float(n), "ear": 20.0, "dropped": 0} for _ in "ab"
        )
        shown = {
            "media": "video" if n else "", "cost": float(n), "dropped": 0, "at": [float(n)], "number": [n or None],
            "width": [640], "height": [360], "untold": [0],
        }  # fmt: skip
        samples = [{"timestamp": float(n), "packetsSent": n, **({"qpSum": 5} if n > 1 else {})}]
        return {
            "drawn": [
                {"media": "video", "cost": 1.0, "at": [float(n)], "number": [n], "dropped": 0},
                {"media": "screen", "cost": 0.0, "at": [], "number": [], "dropped": 0},
            ],
            "shown": [] if self.silent else [shown],
            "spoken": spoken,
            "heard": heard,
            "planted": [{"what": "frame-rate", "media": "video", "value": 10, "from": 1.0, "to": None}],
            "counters": [{"stream": "0/x", "of": "outbound-rtp", "media": "video", "samples": samples}],
        }


class Person:
    def __init__(self, page: Page) -> None:
        self.page = page


class FakeCall:
    label = "winterbach-1"

    def __init__(self, citizen: Page, clerk: Page) -> None:
        self.people = {"citizen": Person(citizen), "clerk": Person(clerk)}
        self.noted: list[Observation] = []

    def other(self, party: str) -> str:
        return "clerk" if party == "citizen" else "citizen"


def played(citizen: Page, clerk: Page) -> list[Observation]:
    call = FakeCall(citizen, clerk)
    series = GlassSeries(cast("Call", call))
    series.begin()
    series.read()
    series.end()
    return call.noted


def of_citizen(noted: list[Observation]) -> list[Observation]:
    """What the citizen's page told, without the names of call and party."""
    seen = [each for each in noted if each.party == "citizen"]
    assert {each.call for each in seen} == {"winterbach-1"}
    return [each.model_copy(update={"call": "", "party": ""}) for each in seen]


def test_pieces_become_one_series_without_what_was_before_it_began() -> None:
    drawn, shown, spoken, heard, stats, planted, tap = of_citizen(played(Page(), Page()))
    assert drawn == PicturesDrawn(media="video", at_ms=(1.0, 2.0), number=(1, 2), cost_ms=1.0)
    assert shown == PicturesShown(
        sender="clerk", media="video", at_ms=(1.0, 2.0), number=(1, 2), width=(640, 640), height=(360, 360),
        untold=(0, 0), cost_ms=2.0,
    )  # fmt: skip
    sounds = SoundMarks(sender="clerk", at_ms=(1.12, 2.12), which=(1, 2), ear_ms=20.0, unread=2, cost_ms=2.0)
    assert (heard, spoken) == (sounds, sounds.model_copy(update={"sender": "citizen"}))
    columns: dict[str, tuple[float | None, ...]] = {"packetsSent": (1, 2), "qpSum": (None, 5)}
    assert stats == StatsSeries(of="outbound-rtp", media="video", stream="0/x", at_ms=(1.0, 2.0), columns=columns)
    assert planted == Planted(what="frame-rate", media="video", value=10, from_ms=1.0)
    assert tap == TapStatus(vantage="glass", state="ok")


def test_page_that_could_not_be_asked_is_told() -> None:
    noted = of_citizen(played(Page(1), Page()))
    assert noted[-1] == TapStatus(vantage="glass", state="ok", reason="The page could not be asked once.")
    assert next(seen for seen in noted if isinstance(seen, PicturesDrawn)).number == (2,)


def test_glass_at_which_nothing_was_seen_is_silent() -> None:
    for page, reason in ((Page(silent=True), ""), (Page(0, 1, 2), "The page could not be asked 2 times.")):
        noted = of_citizen(played(page, Page()))
        assert not any(isinstance(seen, PicturesShown) for seen in noted)
        assert noted[-1] == TapStatus(vantage="glass", state="silent", reason=reason)
