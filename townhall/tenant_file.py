"""Writes a municipality as the TOML file that ``townhall.tenants`` reads."""

import json
import os
from datetime import date, time
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from townhall.tenants import Tenant


def to_toml(tenant: Tenant) -> str:
    """Return the file's text; what is as by default is left out."""
    lines = [f"{name} = {_value(value)}" for name, value in _entries(tenant) if not _is_tables(value)]
    for name, value in _entries(tenant):
        if _is_tables(value):
            for table in value:
                lines += ["", f"[[{name}]]", *(f"{key} = {_value(entry)}" for key, entry in _entries(table))]
    return "\n".join(lines) + "\n"


def write(tenant: Tenant, folder: Path) -> None:
    """Write ``<folder>/<id>.toml``, whole or not at all; an OSError says why it cannot be."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f".{tenant.id}.part"
    unfinished.write_text(to_toml(tenant), "utf-8")
    os.replace(unfinished, folder / f"{tenant.id}.toml")


def _entries(part: BaseModel) -> list[tuple[str, Any]]:
    """Return the fields that differ from their defaults (TOML has no null, so an absent value has to be left out)."""
    fields = type(part).model_fields
    return [(name, value) for name, value in part if value is not None and value != fields[name].get_default()]


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], BaseModel)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case time() | date():
            return value.isoformat()
        case list():
            return f"[{', '.join(_value(one) for one in value)}]"
        case dict():
            return _inline(list(value.items()))
        case BaseModel():
            return _inline(_entries(value))
    # A JSON string is a TOML string but for DEL, which TOML wants escaped.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _inline(entries: list[tuple[Any, Any]]) -> str:
    return f"{{ {', '.join(f'{key} = {_value(value)}' for key, value in entries)} }}" if entries else "{}"
