"""The scripts that the bench puts into a page and in front of its workers, and the messages they send back."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from harness.model.errors import WireError
from harness.vantage.devices import Devices

OBSERVER_PATH = "/pruefstand-observer.js"
WORKER_MARK = "pruefstand-worker"
_SERIES = (
    "strip",
    "chirps",
    "ear",
    "planting",
    "pictures",
    "sounds",
    "counters",
    "series",
    "keep",
    "album",
)  # scripts of a call measured whole


def page_script(consent: Mapping[str, str] | None = None, *, lock: str = "", reports_sockets: bool = False) -> str:
    """The script that runs before any other in every page.

    ``consent`` names for ``camera``, ``microphone`` and ``screen`` the selector of the button that agrees to it;
    ``lock`` is the selector of what is to be seen while the page says that the call is encrypted; ``reports_sockets``
    lets the page tell of its WebSockets, where the browser's remote control does not.
    """
    names = {
        "OBSERVER_PATH": OBSERVER_PATH,
        "WORKER_MARK": WORKER_MARK,
        "CONSENT": dict(consent or {}),
        "LOCK": lock,
        "REPORTS_SOCKETS": reports_sockets,
    }
    given = " ".join(f"const {name} = {json.dumps(value)};" for name, value in names.items())
    parts = "\n".join(map(_part, ("common", "page", "bodies", "privacy", "lock")))
    return f"(() => {{ {given}\n{parts}\n}})();"


def devices_script(devices: Devices, *more: str) -> str:
    """The script that makes the devices of a person, and the parts ``more`` (names of scripts) that use them.

    It runs before ``page_script``.
    """
    settings = f"const DEVICES = {json.dumps(devices.settings())};"
    parts = "\n".join(_part(name) for name in ("devices", *more))
    return f"(() => {{ {settings}\n{parts}\n}})();"


def series_script(devices: Devices) -> str:
    """As ``devices_script``, for a call that is measured whole. Its page must not forbid scripts from ``blob:``."""
    given = f"const CLOCK = {json.dumps(_part('clock'))}, TAPE = {json.dumps(_part('tape'))};"
    return f"(() => {{ {given}\n{devices_script(devices, *_SERIES)}\n}})();"


def codec_script(codec: str) -> str:
    """The script that leaves a browser one codec (MIME type) of its kind; it runs before ``page_script``."""
    return f"(() => {{ const CODEC = {json.dumps(codec)};\n{_part('codec')}\n}})();"


def worker_prologue(*more: str) -> str:
    """What is put in front of each dedicated worker's own script; ``more`` are scripts that use the tap's parts."""
    parts = "\n".join((_part("common"), _part("worker"), _part("bodies"), *more))
    return f"(() => {{\n{parts}\n}})();\n"


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


@cache
def _part(name: str) -> str:
    return (files("harness.vantage") / "inject" / f"{name}.js").read_text("utf-8")
