"""The forms that are filled in together during a call: a TOML file a service, and the places a municipality adds."""

import tomllib
from functools import cache
from pathlib import Path

from townhall.forms.model import Field, Form, Places, Section

__all__ = ["FOLDER", "Field", "Form", "Section", "form_for"]

FOLDER = Path(__file__).parent


@cache
def form_for(tenant_id: str, service_id: str, folder: Path = FOLDER) -> Form | None:
    """Return the form of a municipality's service, or None where it has none.

    ``<service>.toml`` is the form for all; ``<tenant>.places.toml`` holds the lists that differ (``choices_from``). A
    field whose list the municipality does not have is a line to write in. Raises ``pydantic.ValidationError``, and
    ``tomllib.TOMLDecodeError`` for a file that is none.
    """
    path = folder / f"{service_id}.toml"
    if path.parent != folder or not path.is_file():
        return None
    places = folder / f"{tenant_id}.places.toml"
    lists = Places.model_validate(tomllib.loads(places.read_text("utf-8")) if places.is_file() else {})
    return Form.model_validate(tomllib.loads(path.read_text("utf-8"))).at(lists)
