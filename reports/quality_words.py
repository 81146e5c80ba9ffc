"""Values of quality figures as people read them."""

from reports.text import Words

_DIGITS = {"ms": 0, "s": 1, "1/s": 1, "lines": 0, "R": 1, "MOS": 2, "VMAF": 1, "SSIM": 3, "kbit/s": 0}


def digits(unit: str) -> int:
    """So many decimals a value of a unit is given."""
    return _DIGITS.get(unit, 1 if unit == "share" else 2)


def unit_of(unit: str) -> str:
    """What stands behind a value, with its room."""
    return {"ms": "\u00a0ms", "s": "\u00a0s", "1/s": "/s", "kbit/s": "\u00a0kbit/s", "share": "\u00a0%"}.get(unit, "")


def amount(value: float, unit: str, t: Words) -> str:
    """A value with its unit; whole numbers without decimals."""
    if unit == "share":
        percent = 100 * value
        return f"{t.number(percent, 0 if percent == round(percent) or percent >= 10 else 1)}\u00a0%"
    text = t.number(value, 0 if value == round(value) else _DIGITS.get(unit, 2))
    return text + unit_of(unit)
