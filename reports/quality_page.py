"""quality.html and quality.json: how good the calls of a run were, by network and call by call."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.model.errors import RunStoreError
from harness.model.evidence import Evidence
from harness.model.outcome import Outcome
from harness.model.quality import Limits, NetworkQuality, QualityResult
from harness.model.verdict import Verdict
from reports.anchors import call_anchors
from reports.html import render_page
from reports.inputs import Lang
from reports.pictures import Frame, PictureRow, picture_rows
from reports.quality_calls import ORDER, CallShown, call_shown, judged
from reports.quality_tables import Row, band_name, limits, network_name, overview, row, row_name, title
from reports.sights import sights
from reports.text import Words
from reports.write import replace_file

_JUDGED = (Outcome.PASS, Outcome.WEAK, Outcome.FAIL)


@dataclass(frozen=True, slots=True)
class NetworkShown:
    """A network on the page."""

    anchor: str
    title: str
    rows: Sequence[Row]
    calls: Sequence[CallShown]


def write_quality(result: QualityResult, evidence: Evidence, folder: Path, lang: Lang = "de") -> dict[str, Path]:
    """Writes both files, the same bytes for the same result. Raises ``RunStoreError`` where they cannot be written."""
    texts = {
        "json": ("quality.json", result.model_dump_json() + "\n"),
        "html": ("quality.html", render_quality(result, evidence, lang)),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in texts.values():
            replace_file(folder / file, text.encode("utf-8"))
    except OSError as error:
        raise RunStoreError(
            f"the page on quality cannot be written to {folder}: {error.strerror}. Choose another folder."
        ) from error
    return {name: folder / file for name, (file, _) in texts.items()}


def render_quality(result: QualityResult, evidence: Evidence, lang: Lang = "de") -> str:
    """The page. What came from the target is escaped; no script but ours, and no request."""
    t = Words(lang)
    titles = {each.id: title(each.subject.in_language(lang), lang) for each in result.figures}
    pictures = {row.call: row for row in picture_rows(evidence, Frame(evidence, t), t)}
    anchors = call_anchors(each.call for each in result.calls)
    verdicts = [judged(each, titles, t, anchors.get(_call_of(each, result), ""), own=True) for each in result.verdicts]
    linked = [each.at for each in verdicts if each.at]
    networks = [
        _network(number, each, result, titles, pictures, t, anchors, linked)
        for number, each in enumerate(result.networks, 1)
    ]
    return render_page(
        "quality.html.j2",
        ("report.css", "page.css", "print.css", "quality.css", "sights.css", "zoom.css"),
        t,
        ("page.js", "zoom.js"),
        result=result,
        networks=networks,
        seen=sights(result, evidence, t),
        counts=_counts(result, t),
        overview=overview(result, titles, t),
        verdicts=verdicts,
        nothing=not any(each.outcome in _JUDGED for each in result.verdicts),
        bands=[
            (_heading(band_name(name, t)), limits(band, t), _source(band, t)) for name, band in result.bands.items()
        ],
        calls=t.count("quality.calls", len(result.calls)),
        count=t.count("quality.networks", len(result.networks)),
    )


def _heading(text: str) -> str:
    return text[:1].upper() + text[1:]


def _source(band: Limits, t: Words) -> str:
    return band.source_de if t.lang == "de" and band.source_de else band.source


def _call_of(verdict: Verdict, result: QualityResult) -> str:
    """The call in which a verdict over all calls found its worst value; empty where none says so."""
    figures = verdict.finding.figures
    worst = (verdict.check, figures.get("worst"), figures.get("second"))
    for call in result.calls:
        for each in call.verdicts:
            if (each.check, each.finding.figures.get("worst"), each.finding.figures.get("second")) == worst:
                return call.call
    return ""


def _counts(result: QualityResult, t: Words) -> list[tuple[str, str]]:
    """How many figures were good, and so on."""
    counted = Counter(each.outcome for each in result.verdicts)
    return [
        (each.value, t("quality.counts", n=t.number(counted[each]), level=t(f"quality.level.{each.value}")))
        for each in reversed(ORDER)
        if counted[each]
    ]


def _network(
    number: int, network: NetworkQuality, result: QualityResult, titles: Mapping[str, str],
    pictures: Mapping[str, PictureRow], t: Words, anchors: Mapping[str, str], linked: Sequence[str],
) -> NetworkShown:  # fmt: skip
    keys = {(each.figure, each.band): each for each in network.figures}
    rows = [row(each, result.bands, row_name(each.figure, each.band, keys, titles, t), t) for each in network.figures]
    calls = [call for call in result.calls if call.network == network.network]
    first = len(result.networks) == 1
    shown = [
        call_shown(call, result.bands, titles, pictures.get(call.call), t, opened=first and index == 0,
                   anchor=anchors[call.call], linked=linked)
        for index, call in enumerate(calls)
    ]  # fmt: skip
    return NetworkShown(f"network-{number}", network_name(network.network, t), rows, shown)
