"""The worst moment of a call as pictures: what was shown to the camera, beside what was seen of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.model.evidence import Evidence
from harness.model.observations import CameraFilm, PairCompared, PicturesDrawn, PicturesKept, TapStatus
from harness.model.quality import CallQuality, ListenMoment, LookMoment
from reports.kept import as_jpeg, data_uri, piece
from reports.quality_chart import done_to
from reports.text import Words

WIDEST = 448  # pixels
_PAGE = (40, 84, 680, 324)  # of a shared page: so much of its print, pixel for pixel
_SCORES = {"Q15": ("vmaf", "ssim", "psnr"), "Q16": ("characters",)}


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two pictures; ``uri`` is empty where there is none, and then ``missing`` says why."""

    label: str
    caption: str
    alt: str
    uri: str
    missing: str


@dataclass(frozen=True, slots=True)
class LookShown:
    """The moment in words, what was done to the call then, and its two pictures."""

    heading: str
    sentence: str
    done: str
    halves: tuple[Half, Half]


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture that was kept: when it was on the screen (ms), its number, and where it lies in its file."""

    at: float
    number: int | None
    place: int


def chosen(kept: Sequence[Kept], since: float, at: float, begin: float, end: float) -> Kept | None:
    """Of the pictures kept within the window from ``begin`` to ``end`` the one to look at: the newest taken while the
    picture stood (from ``since`` to ``at``), else the nearest to that; None where none was kept in the window."""
    within = [each for each in kept if begin <= each.at <= end]
    return min(within, key=lambda each: (max(since - each.at, each.at - at, 0.0), -each.at), default=None)


def look_shown(call: CallQuality, evidence: Evidence, t: Words) -> LookShown | None:
    """The worst moment; None of a call in which nothing was seen."""
    moment = call.look
    if moment is None:
        return None
    halves = _compared(moment, call, evidence, t) if moment.compared else _at_the_time(moment, call, evidence, t)
    begin, end = t.number(moment.begin), t.number(moment.end)
    key = "compared" if moment.compared else "window"
    return LookShown(
        heading=t(f"sight.look.{key}", begin=begin, end=end),
        sentence=sentence_of(moment, call, t),
        done=done_then(call, moment.since, moment.at, t),
        halves=halves,
    )


def sentence_of(moment: LookMoment | ListenMoment, call: CallQuality, t: Words) -> str:
    """What was judged; empty where it stands above already, as the call's worst moment of all."""
    if call.worst is not None and call.worst.sentence == moment.sentence:
        return ""
    sentence = t.short(moment.sentence.in_language(t.lang))
    return f"{t('sight.good')} {sentence}" if moment.outcome == "pass" else sentence


def done_then(call: CallQuality, begin: float, end: float, t: Words) -> str:
    """What was done to a call between two moments; behind its measured time what was still done at its end."""
    last = max(0.0, call.seconds - 0.5)
    begin, end = min(begin, last), min(max(begin, end), call.seconds)
    said = [
        f"{number}: " + "; ".join(t.short(each.in_language(t.lang), 160) for each in several)
        for number, (first, until, several) in enumerate(done_to(call), 1)
        if first <= end and until >= begin
    ]
    return t("sight.done", what=" · ".join(said)) if said else t("sight.nothing_done")


def why_not(call: str, party: str, evidence: Evidence, t: Words) -> str:
    """Why nothing was kept, as the run itself says."""
    for found in evidence.of(TapStatus, call=call, party=party):
        if found.seen.vantage == "album" and found.seen.reason:
            return t("sight.none_because", why=t.short(found.seen.reason, 200))
    return t("sight.none")


def _at_the_time(moment: LookMoment, call: CallQuality, evidence: Evidence, t: Words) -> tuple[Half, Half]:
    def ms(second: float) -> float:
        return call.began_ms + 1000 * second

    found = next((one.seen for one in evidence.of(PicturesKept, call=call.call, party=moment.viewer)
                  if one.seen.sender == moment.sender and one.seen.media == moment.media), None)  # fmt: skip
    drawn = [one.seen for one in evidence.of(PicturesDrawn, call=call.call, party=moment.sender)
             if one.seen.media == moment.media]  # fmt: skip
    kept: list[Kept] = []
    if found is not None:
        rows = zip(found.at_ms, found.number, strict=False)
        kept = [Kept(at, number, place) for place, (at, number) in enumerate(rows)]
    one = chosen(kept, ms(moment.since), ms(moment.at), ms(moment.begin), ms(moment.end))
    stood = one is not None and ms(moment.since) <= one.at <= ms(moment.at)
    at = ms(moment.at) if one is None or stood else one.at
    given = {number: when for each in drawn for when, number in zip(each.at_ms, each.number, strict=False)}
    film = {number: each.film[place] for each in drawn for place, number in enumerate(each.number)
            if place < len(each.film)}  # fmt: skip
    last = max((number for number, when in given.items() if when <= at), default=None)
    age = None if one is None or one.number not in given else at - given[one.number]
    second = t.number((at - call.began_ms) / 1000, 1)
    seen = b""
    if one is not None and found is not None:
        seen = as_jpeg(piece(evidence.bytes_of(found.blob) or b"", found.ends, one.place), WIDEST)
    shown = _film(moment, call, evidence, film.get(last if last is not None else -1))
    missing = t("sight.lost") if kept else why_not(call.call, moment.viewer, evidence, t)
    facts = [t("sight.second", n=second)]
    if one is not None and one.number is not None:
        facts.append(t("sight.number", n=one.number))
    if age is not None and age >= 0:
        facts.append(t("sight.age", n=t.number(age / 1000, 1)))
    elif one is not None and one.number is None:
        facts.append(t("sight.no_number"))
    if one is not None and stood and moment.at - moment.since >= 0.25:
        facts.append(t("sight.stood", n=t.number(moment.at - moment.since, 1)))
    camera = [t("sight.second", n=second), *([t("sight.number", n=last)] if last is not None else [])]
    return (
        _half("given", moment.sender, camera, shown, t("sight.no_film") if kept else missing, t),
        _half("seen", moment.viewer, facts, seen, missing, t),
    )


def _film(moment: LookMoment, call: CallQuality, evidence: Evidence, place: int | None) -> bytes:
    for one in evidence.of(CameraFilm, call=call.call, party=moment.sender):
        if one.seen.media == moment.media and place is not None:
            return as_jpeg(piece(evidence.bytes_of(one.seen.blob) or b"", one.seen.ends, place), WIDEST)
    return b""


def _compared(moment: LookMoment, call: CallQuality, evidence: Evidence, t: Words) -> tuple[Half, Half]:
    wanted = _SCORES[moment.figure]
    found = next((one.seen for one in evidence.of(PairCompared, call=call.call, party=moment.viewer)
                  if one.seen.sender == moment.sender and one.seen.figure in wanted), None)  # fmt: skip
    crop = _PAGE if moment.media == "screen" else None
    widest = _PAGE[2] - _PAGE[0] if crop else WIDEST
    given, seen = (
        as_jpeg(evidence.bytes_of(blob) or b"", widest, crop) if blob else b""
        for blob in ((found.given, found.seen) if found else (None, None))
    )
    missing = t("sight.lost") if found else t("sight.none")
    facts = [t("sight.second", n=t.number((found.at_ms - call.began_ms) / 1000, 1))] if found else []
    what = "page" if crop else "same"
    return (
        _half("given", moment.sender, [t(f"sight.{what}")], given, missing, t),
        _half("seen", moment.viewer, [t(f"sight.{what}"), *facts], seen, missing, t),
    )


def _half(side: str, party: str, facts: Sequence[str], data: bytes, missing: str, t: Words) -> Half:
    label = t(f"sight.{side}", who=who(party, t))
    caption = ", ".join(facts)
    caption = caption[:1].upper() + caption[1:]
    alt = t("picture.alt", place=label, caption=caption)
    return Half(label, caption, alt, data_uri(data, "jpeg") if data else "", "" if data else missing)


def who(party: str, t: Words) -> str:
    """A party as it is named on the page."""
    known: Mapping[str, str] = {name: t(f"sight.{name}") for name in ("citizen", "clerk", "guest")}
    return known.get(party, t.short(party, 40))
