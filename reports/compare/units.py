"""In which unit a compared figure is: ``.whole`` and ``.worst`` of a check of quality have that of its band."""

from collections.abc import Mapping

from reports.quality_words import digits, unit_of
from reports.text import Words

UNITS: Mapping[str, str] = {
    **dict.fromkeys(("Q01", "Q02", "Q03", "Q04", "Q06", "Q12"), "ms"), **dict.fromkeys(("Q17", "Q18"), "s"),
    **dict.fromkeys(("Q05", "Q07", "Q08", "Q11", "Q16", "Q19"), "share"),
    # None for Q15: VMAF, or SSIM where that is not there
    "Q09": "1/s", "Q10": "lines", "Q13": "R", "Q14": "MOS",
}  # fmt: skip


def rounded(value: float, figure: str) -> float:
    """As exactly as it is of use, in the unit itself (a share in per cent): one decimal more than a single value is
    given, as medians and shifts are of many; an opinion no exacter than that. As it is where no unit is known."""
    unit = _unit(figure)
    return round(100 * value if unit == "share" else value, _places(unit)) + 0.0 if unit else value  # + 0.0: no -0


def measured(value: float, figure: str, t: Words) -> str:
    """``rounded``, with its unit."""
    unit, number = _unit(figure), rounded(value, figure)
    if not unit:
        return t.figure(value)
    return t.number(number, 0 if number == int(number) else _places(unit)) + unit_of(unit)


def _places(unit: str) -> int:
    return digits(unit) + (unit not in ("R", "MOS"))


def _unit(figure: str) -> str:
    check, _, part = figure.partition(".")
    return UNITS.get(check, "") if part in ("whole", "worst") else ""
