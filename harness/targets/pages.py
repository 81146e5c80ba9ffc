"""What the bench looks at and tries on the pages of a deployment, and the hands it does it with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from playwright.sync_api import Page

Who = Literal["anyone", "clerk", "citizen", "guest", "operator"]


@dataclass(frozen=True, slots=True)
class Sight:
    """A page in a state, and how ``who`` comes to see it: ``show`` opens it in a language (empty: the page's own).

    ``operator`` is whoever runs the deployment, ``guest`` a third person whom the clerk has invited.

    ``page`` names the kind of page and never holds a token; ``state`` is empty for the page as it opens.
    """

    page: str
    who: Who
    show: Callable[[Page, str], None]
    state: str = ""


@dataclass(frozen=True, slots=True)
class Trespass:
    """Somebody tries what is another's; ``rightful`` is whose it is. Both are keys of who takes part.

    ``path`` may be a WebSocket (``socket``); ``form`` makes it a POST, with the token of the form at ``form_at``.
    ``rightful_path`` is where the rightful person finds it, if elsewhere.
    """

    actor: str
    rightful: str
    tried: str
    tried_de: str
    path: str
    socket: bool = False
    form: Mapping[str, str] | None = None
    form_at: str = ""
    rightful_path: str = ""


class Keys(Protocol):
    """The keyboard of one page: the only hand that a person has who uses no mouse."""

    def reach(self, selector: str, what: str) -> None:
        """Presses Tab until the focus is there, and seen."""

    def press(self, key: str) -> None: ...

    def write(self, text: str) -> None: ...
