"""Which mutant is switched on in this process, and which functions were called since somebody asked.

A mutated module holds every function as it was and in all its changed forms (``generate.py``); what others call is the
switch between them that ``choose`` puts in their place.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

MutantDict: TypeAlias = dict[str, Callable[..., Any]]
ORIGINAL = "_mutmut_orig"

active = ""  # "crypto_checks.words.x_count__mutmut_3"; empty: nothing is changed
called: set[str] | None = None  # where the names of called functions go; None: nobody asks


def choose(forms: MutantDict, is_classmethod: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A decorator: calls go to the form that is switched on, or to the function as it was written."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        module = function.__module__

        @wraps(function)
        def call(*args: Any, **named: Any) -> Any:
            form = forms[ORIGINAL]
            if called is not None:
                called.add(f"{module}.{form.__name__.removesuffix('__mutmut_orig')}")
            if active.startswith(module):
                form = forms.get(active.removeprefix(f"{module}."), form)
            if is_classmethod:
                return getattr(args[0], form.__name__)(*args[1:], **named)
            return form(*args, **named)

        return call

    return decorate
