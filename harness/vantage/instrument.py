"""The scripts that the bench puts into a page and in front of its workers, and the messages they send back."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from harness.model.errors import WireError

OBSERVER_PATH = "/pruefstand-observer.js"
WORKER_MARK = "pruefstand-worker"


@cache
def page_script() -> str:
    """The script that runs before any other in every page."""
    names = f"const OBSERVER_PATH = {json.dumps(OBSERVER_PATH)}, WORKER_MARK = {json.dumps(WORKER_MARK)};"
    return f"(() => {{ {names}\n{_part('common')}\n{_part('page')}\n}})();"


@cache
def worker_prologue() -> str:
    """What is put in front of each dedicated worker's own script."""
    return f"(() => {{\n{_part('common')}\n{_part('worker')}\n}})();\n"


@cache
def observer_script() -> str:
    """The bench's own pass-through worker."""
    return worker_prologue() + _part("observer")


def parse_batch(text: str) -> list[dict[str, Any]]:
    """The items of a message from a page. Pages are hostile: anything but a list of objects is a ``WireError``."""
    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WireError("a message of the page is not JSON") from error
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise WireError("a message of the page is not a list of objects")
    return items


def _part(name: str) -> str:
    return (files("harness.vantage") / "inject" / f"{name}.js").read_text("utf-8")
