"""Calls that were repeated over one network, put together: what is typical of it, and how sure that is."""

from collections.abc import Sequence

from harness.model.outcome import Outcome
from harness.model.quality import CallQuality, NetworkQuality, Typical
from quality_checks.bands import Bands
from quality_checks.catalogue import FIGURES
from quality_checks.repeats import typical

_BAD_FIRST = (Outcome.FAIL, Outcome.INCONCLUSIVE, Outcome.WEAK, Outcome.PASS, Outcome.NOT_APPLICABLE)
_SCALES = {"share": (0.0, 1.0), "MOS": (1.0, 5.0), "VMAF": (0.0, 100.0), "SSIM": (0.0, 1.0), "R": (0.0, 100.0)}


def network_of(name: str, calls: Sequence[CallQuality], bands: Bands) -> NetworkQuality:
    """Every figure of the calls over the network ``name``."""
    mine = [call for call in calls if call.network == name]
    figures = []
    for figure in FIGURES:
        outcomes = [verdict.outcome for call in mine for verdict in call.verdicts if verdict.check == figure.id]
        unjudged = sum(outcome is Outcome.INCONCLUSIVE for outcome in outcomes)
        outcome = min(outcomes, key=_BAD_FIRST.index)
        used = dict.fromkeys(line.band for call in mine for line in call.lines if line.figure == figure.id)
        for band in used:
            values = [value for call in mine if (value := _of_call(call, figure.id, band, bands)) is not None]
            if values:
                least, most = _SCALES.get(bands[band].unit, (0.0, float("inf")))
                told = typical(values, least, most)
                figures.append(
                    Typical(
                        figure=figure.id, band=band, count=told.count, unjudged=unjudged, median=told.median,
                        low=told.low, high=told.high, method=told.method, outcome=outcome,
                    )
                )  # fmt: skip
        if not any(each.figure == figure.id for each in figures):
            figures.append(
                Typical(
                    figure=figure.id, band="", count=0, unjudged=unjudged, median=None, low=None, high=None,
                    method="none", outcome=outcome,
                )
            )  # fmt: skip
    return NetworkQuality(network=name, calls=tuple(call.call for call in mine), figures=tuple(figures))


def _of_call(call: CallQuality, figure: str, band: str, bands: Bands) -> float | None:
    """What a figure was over a call, at whom it was worst."""
    wholes = [line.whole for line in call.lines if line.figure == figure and line.band == band]
    known = [whole for whole in wholes if whole is not None]
    return max(known, key=bands[band].badness, default=None)
