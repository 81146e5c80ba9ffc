"""Tables of the page on quality: a network's figures, and all networks beside each other."""

from collections.abc import Mapping
from dataclasses import dataclass

from harness.model.outcome import Outcome
from harness.model.quality import Limits, QualityResult, Typical
from reports.quality_words import amount
from reports.text import Words


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a table with its outcome."""

    text: str
    outcome: str
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    """A figure under a network."""

    name: str
    median: str
    interval: str
    count: str
    limits: str
    cell: Cell


def title(subject: str, lang: str) -> str:
    """A sentence's subject as a heading: without its article."""
    first, _, rest = subject.partition(" ")
    if first not in ("Die", "Der", "Das", "The") or not rest:
        return subject
    return rest[0].upper() + rest[1:] if lang == "en" else rest


def network_name(network: str, t: Words) -> str:
    return t("quality.network", name=t.short(network, 60)) if network else t("quality.no_network")


def limits(band: Limits, t: Words) -> str:
    sign = "≤" if band.better == "less" else "≥"
    return f"{sign}\u00a0{amount(band.good, band.unit, t)} / {amount(band.acceptable, band.unit, t)}"


def _cell(typical: Typical, bands: Mapping[str, Limits], t: Words) -> Cell:
    band = bands.get(typical.band)
    text = amount(typical.median, band.unit, t) if typical.median is not None and band else "–"
    return Cell(text, typical.outcome.value, t(f"quality.level.{typical.outcome.value}"))


def overview(
    result: QualityResult, titles: Mapping[str, str], t: Words
) -> tuple[list[str], list[tuple[str, list[Cell]]]]:
    """Networks across, figures down."""
    rows: dict[tuple[str, str], dict[str, Cell]] = {}
    for network in result.networks:
        for typical in network.figures:
            rows.setdefault((typical.figure, typical.band), {})[network.network] = _cell(typical, result.bands, t)
    whole = {figure for figure, band in rows if band}
    nothing = Cell("–", Outcome.NOT_APPLICABLE.value, t("quality.level.not_applicable"))
    lines = []
    for (figure, band), cells in sorted(rows.items()):
        if not band and figure in whole:
            continue  # what one network could not measure stands in the row of those that could
        empty = rows.get((figure, ""), {})
        name = row_name(figure, band, rows, titles, t)
        lines.append((name, [cells.get(each.network, empty.get(each.network, nothing)) for each in result.networks]))
    return [network_name(each.network, t) for each in result.networks], lines


def row_name(
    figure: str, band: str, rows: Mapping[tuple[str, str], object], titles: Mapping[str, str], t: Words
) -> str:  # fmt: skip
    several = sum(other == figure and bool(name) for other, name in rows) > 1
    return f"{titles[figure]} ({band_name(band, t)})" if several and band else titles[figure]


def band_name(band: str, t: Words) -> str:
    """What a band is of, in words."""
    return t(f"quality.band.{band}")


def row(typical: Typical, bands: Mapping[str, Limits], name: str, t: Words) -> Row:
    band = bands.get(typical.band)
    interval = "–"
    if band and typical.low is not None and typical.high is not None and typical.method != "none":
        interval = f"{amount(typical.low, band.unit, t)} – {amount(typical.high, band.unit, t)}"
    count = t.number(typical.count)
    if typical.unjudged:
        count += " " + t("quality.unjudged", n=t.number(typical.unjudged))
    cell = _cell(typical, bands, t)
    return Row(name, cell.text, interval, count, limits(band, t) if band else "–", cell)
