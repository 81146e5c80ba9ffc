"""The figures of the flaw matrix without its rows: small enough to lie beside the page, for reports to cite."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from harness.model.matrix import BLINDFOLDS, Matrix, Row
from harness.model.rate import Rate

FORMAT = "pruefstand-rates/1"
ENDING = ".rates.json"


class Share(BaseModel):
    """Hits of cases; the interval is worked out from them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hits: int
    of: int

    @property
    def rate(self) -> Rate:
        """The share with its interval."""
        return Rate(self.hits, self.of)


class Shares(BaseModel):
    """Flaws that were caught, and clean runs with a false alarm."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    detection: Share
    alarms: Share


class Rates(BaseModel):
    """What the bench itself was measured to find. ``code``: the versions of its sources that were played.

    ``insights`` holds the same for what is left with less to look at, by the name of the blindfold. ``checks`` says for
    every check how many flaws name it, and for how many of these it did what they name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: str = FORMAT
    code: tuple[str, ...]
    first: datetime
    last: datetime
    whole: Shares
    insights: dict[str, Shares]
    checks: dict[str, Share]


def rates_of(rows: Sequence[Row]) -> Rates:
    """The figures of these rows. Raises ``ValueError`` where there is no row."""
    matrix = Matrix(rows)
    moved = {row.name: set(row.expects) - set(matrix.judge(row).missed) for row in matrix.flaws}
    checks = dict.fromkeys(check for row in matrix.flaws for check in row.expects)
    return Rates(
        code=tuple(sorted({row.code.label or row.code.digest[:12] for row in rows})),
        first=datetime.fromisoformat(min(row.started for row in rows)),
        last=datetime.fromisoformat(max(row.started for row in rows)),
        whole=Shares(detection=_share(matrix.detection), alarms=_share(matrix.false_alarms)),
        insights={
            name: Shares(detection=_share(seen.detection), alarms=_share(seen.alarms))
            for name in BLINDFOLDS
            for seen in [matrix.blinded(name)]
        },
        checks={
            check: Share(
                hits=sum(check in moved[row.name] for row in matrix.flaws if check in row.expects),
                of=sum(check in row.expects for row in matrix.flaws),
            )
            for check in sorted(checks)
        },
    )


def render_rates(rows: Sequence[Row]) -> str:
    """The file's text; the same rows give the same bytes."""
    content: dict[str, Any] = rates_of(rows).model_dump(mode="json")
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=True, allow_nan=False) + "\n"


def _share(rate: Rate) -> Share:
    return Share(hits=rate.hits, of=rate.of)
