"""TOML files of the load, read into frozen models with our own errors."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from load.errors import LoadError

Kind = TypeVar("Kind", bound=BaseModel)


class Part(BaseModel):
    """A part of such a file: nothing unknown in it, nothing changed in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def read(path: Path, kind: type[Kind], what: str) -> Kind:
    """The file as a ``kind``; ``what`` is its noun in the error ("municipality"). Raises ``LoadError``."""
    try:
        return kind.model_validate(tomllib.loads(path.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        message = first["msg"].removeprefix("Value error, ").rstrip(".")
        raise LoadError(f"{path.name} describes no {what}: correct {place}: {message}.") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LoadError(f"{path.name} describes no {what}: make it readable as TOML ({error}).") from error


def named(name: str, folder: Path, what: str) -> Path:
    """The file of a built-in ``name`` in ``folder``, or ``name`` as a path. Raises ``LoadError`` for another name."""
    given = Path(name)
    if given.suffix == ".toml":
        return given
    path = folder / f"{name}.toml"
    if name != given.name or not path.is_file():
        known = ", ".join(_names(folder))
        raise LoadError(f"There is no {what} called {name}: take one of {known}, or the path of a TOML file.")
    return path


def _names(folder: Path) -> Sequence[str]:
    return sorted(file.stem for file in folder.glob("*.toml"))
