"""Calls on the page on quality: the worst moment in words, the figures over time, what was done, all verdicts."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from harness.model.outcome import Outcome
from harness.model.quality import CallQuality, Limits
from harness.model.verdict import Verdict
from reports.anchors import check_anchor, second_anchor
from reports.html import render_drawing
from reports.pictures import PictureRow
from reports.quality_chart import LEFT, RIGHT, WIDTH, across, done_to, events, layout, ticks
from reports.text import Words

_LISTED = 12  # of what was done to a call, before it is cut
_BETWEEN = 14  # pixels between the numbers of two events, or one of them is left out


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict on a call, or on all; ``at`` leads to its worst second, ``anchor`` to itself, both may be empty."""

    anchor: str
    id: str
    title: str
    outcome: str
    said: str
    sentence: str
    at: str
    at_said: str


@dataclass(frozen=True, slots=True)
class CallShown:
    """A call on the page; ``places`` are the seconds that something links to."""

    anchor: str
    places: Sequence[str]
    title: str
    facts: str
    chart: str
    alternative: str
    worst: str
    worst_at: str
    worst_said: str
    done: Sequence[str]
    verdicts: Sequence[Judged]
    pictures: PictureRow | None
    outcome: str
    said: str
    open: bool


def judged(verdict: Verdict, titles: Mapping[str, str], t: Words, call: str = "", *, own: bool = False) -> Judged:
    """A verdict; one that did not pass leads to its worst second in that call. ``own``: it is over all calls."""
    outcome = verdict.outcome.value
    sentence = verdict.finding.sentence.in_language(t.lang)
    second = verdict.finding.figures.get("second")
    linked = bool(call) and second is not None and verdict.outcome is not Outcome.PASS
    return Judged(
        check_anchor(verdict.check) if own else "",
        verdict.check,
        titles.get(verdict.check, verdict.name),
        outcome,
        t(f"quality.level.{outcome}"),
        t.short(sentence),
        second_anchor(call, second or 0.0) if linked else "",
        t("quality.second", n=t.number(second or 0.0)) if linked else "",
    )


def call_shown(
    call: CallQuality, bands: Mapping[str, Limits], titles: Mapping[str, str], pictures: PictureRow | None, t: Words,
    *, opened: bool, anchor: str, linked: Iterable[str],
) -> CallShown:  # fmt: skip
    name = t.short(call.call, 60)
    worst, outcome = _worst(call, t), _outcome(call)
    alternative = t("quality.alternative", name=name, n=t.number(call.seconds), worst=worst)
    kind = {True: t("quality.encrypted"), False: t("quality.plain"), None: ""}[call.encrypted]
    facts = " · ".join(part for part in (t("quality.seconds", n=t.number(call.seconds)), kind) if part)
    shown = [judged(each, titles, t, anchor) for each in call.verdicts]
    moment = "" if call.worst is None else second_anchor(anchor, round(call.worst.begin, 1))
    places = {moment, *(each.at for each in shown), *(each for each in linked if each.startswith(f"{anchor}@"))} - {""}
    return CallShown(
        anchor=anchor,
        places=sorted(places),
        title=t("quality.call", name=name),
        facts=facts,
        chart=_chart(call, bands, alternative, t),
        alternative=alternative,
        worst=worst,
        worst_at=moment,
        worst_said="" if call.worst is None else t("quality.second", n=t.number(call.worst.begin)),
        done=_done(call, t),
        verdicts=shown,
        pictures=pictures,
        outcome=outcome,
        said=t(f"quality.level.{outcome}"),
        open=opened,
    )


ORDER = (Outcome.FAIL, Outcome.INCONCLUSIVE, Outcome.WEAK, Outcome.PASS, Outcome.NOT_APPLICABLE)


def _outcome(call: CallQuality) -> str:
    return min((each.outcome for each in call.verdicts), key=ORDER.index, default=Outcome.INCONCLUSIVE).value


def _worst(call: CallQuality, t: Words) -> str:
    if call.worst is None:
        unjudged = any(each.outcome is Outcome.INCONCLUSIVE for each in call.verdicts)
        return t("quality.not_all" if unjudged else "quality.all_good")
    begin, end = t.number(call.worst.begin), t.number(call.worst.end)
    sentence = call.worst.sentence.in_language(t.lang)
    return t("quality.worst_moment", begin=begin, end=end, sentence=t.short(sentence))


def _done(call: CallQuality, t: Words) -> list[str]:
    done, listed = done_to(call), []
    for number, (first, last, said) in enumerate(done[:_LISTED], 1):
        whole = first <= 0.5 and last >= call.seconds - 0.5
        begin, end = t.number(first), t.number(last)
        when = t("quality.done_whole") if whole else t("quality.done_part", begin=begin, end=end)
        what = "; ".join(t.short(each.in_language(t.lang), 200) for each in said)
        listed.append(f"{number}: {what} ({when})")
    more = len(done) - len(listed)
    return [*listed, t("quality.done_more", n=t.number(more))] if more > 0 else listed


def _chart(call: CallQuality, bands: Mapping[str, Limits], alternative: str, t: Words) -> str:
    """The drawing as a data: URI, empty where there is nothing to draw."""
    panels, height = layout(call, bands, t)
    if not panels:
        return ""
    done, numbered, last = events(call), [], -_BETWEEN
    for event in done:
        if event.x - last >= _BETWEEN:
            numbered.append(event)
            last = int(event.x)
    worst = None
    if call.worst is not None:
        begin, end = across(call.worst.begin, call.seconds), across(call.worst.end, call.seconds)
        middle, text = (begin + end) / 2, "middle"
        if middle < LEFT + 80 or middle > RIGHT - 80:
            middle, text = (LEFT, "start") if middle < LEFT + 80 else (RIGHT, "end")
        worst = (begin, round(max(2.0, end - begin), 1), middle, text)
    svg = render_drawing(
        "quality_chart.svg.j2", t,
        title=t("quality.chart"), alternative=alternative, width=WIDTH, height=round(height), left=LEFT, right=RIGHT,
        panels=panels, events=done, numbered=numbered, worst=worst, worst_text=t("quality.worst"),
        across=f"{LEFT} {RIGHT} 0 {call.seconds or 1.0:g}", first=panels[0].top, bottom=panels[-1].bottom,
        columns=[(across(second, call.seconds), t.number(second)) for second in ticks(call.seconds)],
        x_title=t("quality.seconds_axis"),
    )  # fmt: skip
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode('ascii')}"
