"""Which stories give evidence for which checks, read from their marks without running them."""

import ast
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.model.errors import BenchError

EVERY_CHECK = "*"
_MARK, _ASKED = "needed_for", "asked"


@dataclass(frozen=True, slots=True)
class Story:
    """One scenario by name. ``needed_for``, ``also`` and ``alone`` are the arguments of its mark of that name.

    ``parts`` are the checks for which certain steps of it are played only: one entry for every ``asked(…)`` in it.
    """

    name: str
    needed_for: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    alone: bool = False
    parts: tuple[frozenset[str], ...] = ()

    @property
    def serves(self) -> frozenset[str]:
        """Every check that it gives evidence for; ``EVERY_CHECK`` among them stands for those that name no story."""
        return frozenset((*self.needed_for, *self.also))


def wanted(stories: Sequence[Story], checks: Collection[str]) -> list[bool]:
    """For each story, whether it must be played to judge the checks."""
    alone = {check for story in stories if story.alone for check in story.needed_for}
    in_calls = bool(set(checks) - alone)
    return [(EVERY_CHECK in story.serves and in_calls) or bool(story.serves & set(checks)) for story in stories]


def read_stories(folder: Path) -> list[Story]:
    """The scenarios of a folder in the order of their files. Raises ``BenchError`` for a mark that cannot be read."""
    return [story for file in sorted(folder.glob("test_*.py")) for story in stories_in(file.read_text("utf-8"))]


def stories_in(source: str) -> list[Story]:
    """The scenarios in one module's source."""
    functions = (node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))
    return [_story(function) for function in functions if function.name.startswith("test_")]


def _story(function: ast.FunctionDef) -> Story:
    parts = tuple(
        frozenset(_values(call.args, function.name)) for call in _calls(ast.walk(function)) if _named(call) == _ASKED
    )
    for call in _calls(function.decorator_list):
        if _named(call) == _MARK:
            more = {str(word.arg): _value(word.value, function.name) for word in call.keywords}
            return Story(
                name=function.name, needed_for=_values(call.args, function.name), also=tuple(more.get("also", ())),
                alone=bool(more.get("alone", False)), parts=parts,
            )  # fmt: skip
    return Story(function.name, parts=parts)


def _calls(nodes: Iterable[ast.AST]) -> list[ast.Call]:
    return [node for node in nodes if isinstance(node, ast.Call)]


def _named(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _values(nodes: Iterable[ast.expr], story: str) -> tuple[str, ...]:
    return tuple(str(_value(node, story)) for node in nodes)


def _value(node: ast.expr, story: str) -> Any:
    try:
        return ast.literal_eval(node)
    except ValueError as error:
        raise BenchError(
            f"The checks that {story} is needed for cannot be read: write them as literals, not as {ast.unparse(node)}."
        ) from error
