"""matrix.json: every row and the figures, for machines; the same rows give the same bytes."""

import json
from collections.abc import Sequence
from typing import Any

from harness.model.matrix import BLINDFOLDS, Matrix, Row
from harness.model.rate import Rate

SCHEMA = "pruefstand-matrix/1"


def render_matrix_json(rows: Sequence[Row]) -> str:
    """The file's text. Rates are given as ``hits`` of ``of`` with Wilson's 95 % interval."""
    matrix = Matrix(rows)
    content = {
        "format": SCHEMA,
        "detection": _rate(matrix.detection),
        "false_alarms": _rate(matrix.false_alarms),
        "blindfolds": {
            name: {
                "detection": _rate(seen.detection),
                "false_alarms": _rate(seen.alarms),
                "caught": {flaw: list(checks) for flaw, checks in seen.caught.items()},
                "strays": {row: list(checks) for row, checks in seen.strays.items()},
            }
            for name in BLINDFOLDS
            for seen in [matrix.blinded(name)]
        },
        "rows": [_row(row, matrix) for row in rows],
    }
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=True, allow_nan=False) + "\n"


def _rate(rate: Rate) -> dict[str, Any]:
    low, high = rate.interval
    return {"hits": rate.hits, "of": rate.of, "interval": [round(low, 4), round(high, 4)]}


def _row(row: Row, matrix: Matrix) -> dict[str, Any]:
    judged = matrix.judge(row)
    said = {"exact": judged.exact, "missed": judged.missed, "alarms": judged.alarms, "open": judged.open}
    return row.model_dump(mode="json") | ({} if row.error else {"judged": said})
