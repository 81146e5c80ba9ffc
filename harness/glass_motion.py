"""Picture and sound at the glass: how large and how often pictures come, and whether the sound comes with them."""

from collections.abc import Iterator, Mapping
from typing import Any

import psutil
from playwright.sync_api import Error

from harness.call import Call
from harness.model.errors import TargetError
from harness.model.observations import GlassMotion, LipSync, TapStatus

SETTLE = 4.0  # seconds that the encoder's rate control and the jitter buffers are given: sound starts up to 150 ms late
SECONDS = 4.0  # of one measurement
ATTEMPTS = 3  # a machine that is busy with something else for a moment says nothing of the call: the best one counts
KEPT = 0.9  # share of the camera's pictures that must arrive for a measurement not to be repeated
APART = 1000.0  # ms up to which a picture and a sound can belong to the same moment: half the time until a mark repeats
LAP = 2000.0  # ms until a patch has the same colour again

Report = Mapping[str, Any]  # of one page, see inject/glass.js


class GlassMeter:
    """Measures a call whose people are watchers (see ``Browsers.watcher``) and notes in the call what it saw."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._busy = 0.0  # of the newest measurement

    def waits_for_pictures(self, pictures: int, *parties: str, seconds: float = 15.0) -> None:
        """Waits until so many pictures of others move on the pages of ``parties``. Raises ``TargetError``."""
        for party in parties:
            page = self._call.people[party].page
            try:
                page.wait_for_function(
                    "wanted => pruefstandGlass.begin() >= wanted", arg=pictures, polling=100, timeout=seconds * 1000
                )
            except Error as error:
                raise TargetError(f"No moving picture reached the {party} within {seconds:.0f} s.") from error

    def measures_faces(self) -> None:
        """Notes how everybody saw and heard the other person for some seconds.

        What counts is what the call can do: where the measuring machine is short of time, the first window shows the
        machine. A system that is always slow is slow in every window; one that is slow at times passes here.
        """
        best: dict[str, Report] = {}
        busy = 0.0
        for _ in range(ATTEMPTS):
            self._call.watch(SETTLE)
            reports = self._reports()
            if not best or _share(reports) > _share(best):
                best, busy = reports, self._busy
            if _share(best) >= KEPT:
                break
        for party in best:
            sender = self._call.other(party)
            source = best[sender]["source"]
            for seen in best[party]["pictures"][:1]:
                self._note_motion(
                    GlassMotion(sender=sender, media="video", source_fps=_rounded(source), busy=busy, **_of(seen)),
                    party,
                )
                self._call.noted.append(
                    LipSync(
                        call=self._call.label, party=party, sender=sender,
                        offsets_ms=tuple(offsets(seen["moments"], best[party]["heard"])),
                        source_ms=tuple(offsets(source["moments"], source["heard"])),
                        busy=busy,
                    )
                )  # fmt: skip

    def measures_screen(self, sender: str) -> None:
        """Notes how the others saw the screen that ``sender`` shares: the newest picture on their pages."""
        self._call.watch(SETTLE)
        reports = self._reports()
        for party in self._call.people:
            if party != sender and len(reports[party]["pictures"]) > 1:
                self._note_motion(
                    GlassMotion(sender=sender, media="screen", **_of(reports[party]["pictures"][-1])), party
                )

    def finish(self) -> None:
        """Notes that the glass was measured, and with it that the call stood."""
        self._call.noted.append(TapStatus(call=self._call.label, vantage="glass", state="ok"))
        self._call.connected = True

    def _reports(self) -> dict[str, Report]:
        pages = {party: person.page for party, person in self._call.people.items()}
        began = {party: page.evaluate("pruefstandGlass.now()") for party, page in pages.items()}
        psutil.cpu_percent()  # what it gives next is the time from here on
        self._call.watch(SECONDS)
        self._busy = round(psutil.cpu_percent() / 100, 2)
        return {
            party: page.evaluate("from => pruefstandGlass.report(from)", began[party]) for party, page in pages.items()
        }

    def _note_motion(self, seen: GlassMotion, party: str) -> None:
        self._call.noted.append(seen.model_copy(update={"call": self._call.label, "party": party}))


def offsets(seen: list[Report], heard: list[Report]) -> Iterator[float]:
    """How many ms after each patch its beep came, for each that has one: ``which`` says what belongs together."""
    for picture in seen:
        near = [sound["at"] - picture["at"] for sound in heard if sound["which"] == picture["which"]]
        best = min(near, key=abs, default=None)
        if best is not None and abs(best) <= APART:
            yield round(best, 1)


def glass_to_glass(source: Report, glass: Report) -> Iterator[float]:
    """How many ms after each patch was drawn at the ``source`` page it was shown in the first picture at the other
    page's ``glass``: for pages on one host, whose clock both know. A patch's colour comes again after two seconds, so a
    longer delay would be taken for a shorter one."""
    drawn = [(mark["which"], source["origin"] + mark["at"]) for mark in source["source"]["moments"]]
    for mark in glass["pictures"][0]["moments"] if glass["pictures"] else ():
        shown = glass["origin"] + mark["at"]
        delays = [shown - at for which, at in drawn if which == mark["which"] and at <= shown]
        if delays and min(delays) < LAP:
            yield round(min(delays), 1)


def _share(reports: Mapping[str, Report]) -> float:
    """The smallest share of a camera's pictures that reached the other person."""
    came = [report["pictures"][0]["fps"] if report["pictures"] else 0.0 for report in reports.values()]
    fastest = max(report["source"]["fps"] for report in reports.values())
    return min(came) / fastest if fastest else 0.0


def _rounded(source: Report) -> float:
    return round(float(source["fps"]), 2)


def _of(seen: Report) -> dict[str, Any]:
    return {
        "width": int(seen["width"]),
        "height": int(seen["height"]),
        "seconds": round(float(seen["seconds"]), 2),
        "frames": int(seen["frames"]),
        "fps": _rounded(seen),
    }
