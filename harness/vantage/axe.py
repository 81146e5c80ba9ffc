"""axe-core in a page: the rules of WCAG 2.1, levels A and AA, that a program can judge."""

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Error, Page

from harness.model.errors import TargetError
from harness.model.observations import AxeFound, AxeViolation

_OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}
_LOADED = "typeof axe === 'object'"
_RUN = "(options) => axe.run(document, options)"


def examine(page: Page, label: str, state: str = "") -> AxeFound:
    """What axe finds on the page as it is now. Raises ``TargetError`` where it cannot run."""
    try:
        if not page.evaluate(_LOADED):
            page.evaluate(_script())
        found: dict[str, Any] = page.evaluate(_RUN, _OPTIONS)
    except Error as error:
        raise TargetError(f"axe could not look at the page {label}: {error.message.splitlines()[0]}") from error
    return axe_found(found, label, state)


@cache
def _script() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def axe_found(found: dict[str, Any], label: str, state: str = "") -> AxeFound:
    """axe's own answer as an observation; ``rules`` counts what applied to the page, whatever came of it."""
    applied = sum(len(found.get(kind, ())) for kind in ("violations", "passes", "incomplete"))
    return AxeFound(
        page=label,
        state=state,
        rules=applied,
        violations=tuple(
            AxeViolation(
                rule=str(each["id"]),
                impact=str(each.get("impact") or ""),
                nodes=len(each["nodes"]),
                target=_selector(each["nodes"]),
            )
            for each in found.get("violations", ())
        ),
    )


def _selector(nodes: list[dict[str, Any]]) -> str:
    """The first element's selector; in a frame or a shadow root axe gives one for each step."""
    steps = nodes[0].get("target", []) if nodes else []
    return " ".join(step if isinstance(step, str) else " ".join(step) for step in steps)[:200]
