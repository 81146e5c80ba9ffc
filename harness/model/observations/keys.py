"""Keys in use, and the places that were searched for them and for other secrets."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from harness.model.observations.base import Observation


class KeySeen(Observation):
    """A secret key in use in a page or worker. The key itself is never stored: ``key_id`` is 16 hex of its SHA-256.

    ``parent`` is the id of the key it was derived from, where the recorder saw the derivation.
    ``opens`` counts captured frames (at the server, else in the browser) that this key opened.
    """

    kind: Literal["key"] = "key"
    scope: Literal["page", "worker"]
    algorithm: str
    bits: int
    key_id: str
    parent: str = ""
    opens: int = 0


class Hit(BaseModel):
    """A key (or canary text) found where it must not be. ``where`` names the item, never its content."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key_id: str
    encoding: str
    where: str


class SearchResult(Observation):
    """One place searched for what must not be there, in every encoding; ``subject`` says for what.

    ``keys``: recorded keys; ``texts``: what people wrote and shared in the call (``CanaryText``); ``names``: the
    citizen's name and address; ``secrets``: invitation tokens, passwords, session cookies. ``keys`` holds their ids.

    ``place``: ``http``, ``url`` (request lines and referrers), ``websocket``, ``mail``, ``mail-rewritten``, ``log``,
    ``database``, ``memory``, ``recorder`` (the folder of recordings), ``room`` (the SFU's
    room), ``metrics``; ``source`` names the file, process or page. ``control`` is a harmless mark that must be
    there and ``control_found`` how often it was: a search that cannot find its control has proven nothing.
    """

    kind: Literal["search"] = "search"
    subject: Literal["keys", "texts", "names", "secrets"] = "keys"
    place: str
    source: str
    items: int
    searched_bytes: int
    keys: tuple[str, ...]
    control: str
    control_found: int
    hits: tuple[Hit, ...] = ()


class LinkSeen(Observation):
    """The invitation link as mailed. ``query`` and ``fragment`` hold only the names of what they carry."""

    kind: Literal["link"] = "link"
    path_shape: str
    query: tuple[str, ...] = ()
    fragment: tuple[str, ...] = ()
