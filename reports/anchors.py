"""Where links lead: a check (``#E01``), a call (``#call-winterbach-1``), its second (``#call-winterbach-1@12.5``)."""

import re
from collections.abc import Iterable

_CHECK = re.compile(r"[A-Z][0-9]{2,3}", re.ASCII)


def check_anchor(check: str) -> str:
    """The id of a check; what does not look like one cannot take another place's name."""
    return check if _CHECK.fullmatch(check) else "check-" + re.sub(r"[^A-Za-z0-9-]", "-", check[:40])


def call_anchors(calls: Iterable[str]) -> dict[str, str]:
    """Names of calls with their anchors, no two alike; the same calls in the same order have the same ones."""
    anchors: dict[str, str] = {}
    for call in dict.fromkeys(calls):
        plain = "call-" + re.sub(r"[^A-Za-z0-9._-]+", "-", call[:60])
        anchor, number = plain, 1
        while anchor in anchors.values():
            number += 1
            anchor = f"{plain}-{number}"
        anchors[call] = anchor
    return anchors


def second_anchor(call: str, second: float) -> str:
    """A second of a call, by the call's anchor."""
    return f"{call}@{second:.10g}"
