"""The worst of a call, for people: the window furthest from good, what to look at, and what to listen to."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from harness.model.evidence import Evidence
from harness.model.outcome import Outcome
from harness.model.quality import ListenMoment, LookMoment, WorstMoment
from quality_checks.bands import Bands
from quality_checks.catalogue import FIGURES
from quality_checks.figure import Figure, Worst, values_of, worst_of
from quality_checks.pictures import changes, pictures_of
from quality_checks.say import said
from quality_checks.span import Span

Values = Mapping[str, Sequence[Worst]]  # by the id of their figure
_BY_ID: Mapping[str, Figure] = {each.id: each for each in FIGURES}
_SEEN = ("Q01", "Q08", "Q09", "Q10", "Q11", "Q15", "Q16")  # figures whose worst window can be looked at
_HEARD = ("Q02", "Q07", "Q13", "Q14")  # and listened to
_COMPARED = ("Q15", "Q16")  # pictures kept behind the measured time
_ALONE = ("Q14",)  # the voice alone, likewise


def values_by_figure(evidence: Evidence, span: Span, bands: Bands) -> Values:
    """Every value of a call, of the figures that are judged; none of a call that did not last."""
    if span.end <= span.begin:
        return {}
    judged = (figure for figure in FIGURES if not figure.never_fails)
    return {each.id: [*values_of(span, each.measured(evidence, span, bands), bands)] for each in judged}


def worst_moment(span: Span, values: Values) -> WorstMoment | None:
    """The window furthest from good, of all figures that are judged by windows; none where all were good."""
    found = _worst(values, values)
    if found is None or found[1].level is Outcome.PASS:
        return None
    figure, worst = found
    return WorstMoment(
        figure=figure,
        begin=_second(span, worst.begin),
        end=_second(span, worst.end),
        sentence=said(_BY_ID[figure].subject, worst, values[figure]),
    )


def look(evidence: Evidence, span: Span, bands: Bands, values: Values) -> LookMoment | None:
    """The worst window of what is seen, and in it the end of the longest time in which the picture stood."""
    found = _worst(values, _SEEN)
    if found is None or found[1].begin is None or found[1].end is None:
        return None
    figure, worst = found
    viewer, sender, media = _whose(span, worst)
    at, since = found[1].end, found[1].begin
    if figure not in _COMPARED:
        streams, _ = pictures_of(evidence, span, bands)
        stream = next((each for each in streams if (each.viewer, each.sender) == (viewer, sender)), None)
        shown = [] if stream is None else [each.at for each in changes(stream.shown)]
        since, at = longest_stand(shown, found[1].begin, found[1].end)
    return LookMoment(
        figure=figure, viewer=viewer, sender=sender, media="screen" if media == "screen" else "video",
        begin=_second(span, worst.begin), end=_second(span, worst.end), at=_second(span, at),
        since=_second(span, since), compared=figure in _COMPARED, outcome=worst.level,
        sentence=said(_BY_ID[figure].subject, worst, values[figure]),
    )  # fmt: skip


def listen(span: Span, values: Values) -> ListenMoment | None:
    """The worst window of what is heard."""
    found = _worst(values, _HEARD)
    if found is None:
        return None
    figure, worst = found
    hearer, sender, _ = _whose(span, worst)
    return ListenMoment(
        figure=figure, hearer=hearer, sender=sender, begin=_second(span, worst.begin), end=_second(span, worst.end),
        alone=figure in _ALONE, outcome=worst.level, sentence=said(_BY_ID[figure].subject, worst, values[figure]),
    )  # fmt: skip


def longest_stand(shown: Sequence[float], begin: float, end: float) -> tuple[float, float]:
    """Between two moments the longest time in which no other picture came: from when it stood, and its last moment.

    ``shown`` says when another picture came, in order. What stood before the window stands since then.
    """
    before = max((at for at in shown if at <= begin), default=begin)
    edges = [before, *(at for at in shown if begin < at < end), end]
    since, until = max(pairwise(edges), key=lambda gap: gap[1] - max(gap[0], begin))
    return since, until


def _worst(values: Values, among: Iterable[str]) -> tuple[str, Worst] | None:
    """The figure and its window that is furthest from good."""
    found = []
    for figure in among:
        worst = worst_of(each for each in values.get(figure, ()) if each.begin is not None)
        if worst is not None:
            found.append((figure, worst))
    return max(found, key=lambda each: each[1].band.badness(each[1].value), default=None)


def _whose(span: Span, worst: Worst) -> tuple[str, str, str]:
    """Viewer, sender and medium of a reading: its key begins with them, or with the viewer alone."""
    viewer, _, rest = worst.reading.key.partition("/")
    sender, _, media = rest.partition("/")
    others = [party for party in span.call.seen.parties if party != viewer]
    return viewer, sender if sender in others else (others[0] if others else ""), media.partition("/")[0]


def _second(span: Span, at: float | None) -> float:
    return ((span.begin if at is None else at) - span.begin) / 1000
