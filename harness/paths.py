"""Which way the media of a call go: a look at its pages' connections, each of which ends at another page or not."""

import json
import time
from collections.abc import Callable, Iterable
from typing import Any

from playwright.sync_api import Error

from harness.call import Call
from harness.model.errors import TargetError
from harness.model.observations import MediaPath
from harness.wait import PATIENCE, wait_until


class Paths:
    """The looks of one call, numbered as moments."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._moment = 0

    def wait_until_direct(self) -> None:
        """Waits until every page has one connection, to the other's page, and notes it. Raises ``TargetError``."""
        self._wait("A direct path between both", lambda ends: len(ends) == 1 and all(ends))
        for party, page in self._look():
            self._call.direct.setdefault(party, set()).update(end.pc for end in page if end.peer)

    def wait_until_relayed(self) -> None:
        """Waits until no page has a connection to another's, and notes where those that there are end."""
        others = len(self._call.people) - 1
        self._wait("Every picture by the media server", lambda ends: len(ends) == 1 + others and not any(ends))

    def _wait(self, what: str, good: Callable[[list[str]], bool]) -> None:
        def seen() -> list[tuple[str, list[MediaPath]]] | None:
            looked = list(self._look())
            return looked if all(good([end.peer for end in ends]) for _, ends in looked) else None

        try:
            looked = wait_until(seen, what, PATIENCE)
        except TargetError as error:
            now = "; ".join(f"{party}: {[end.peer or 'elsewhere' for end in ends]}" for party, ends in self._look())
            raise TargetError(f"{what} did not come about ({now}).") from error
        self._moment += 1
        for _, ends in looked:
            self._call.noted += [end.model_copy(update={"moment": self._moment}) for end in ends]

    def _look(self) -> Iterable[tuple[str, list[MediaPath]]]:
        pages = {party: _ends(person.page.evaluate) for party, person in self._call.people.items()}
        owners = {end["local"]: party for party, ends in pages.items() for end in ends}
        for party, ends in pages.items():
            yield party, [
                MediaPath(
                    call=self._call.label, party=party, at=time.time(), moment=0, pc=int(end["pc"]),
                    peer=owners.get(end["remote"], ""), candidate=str(end["type"]),
                )
                for end in ends
            ]  # fmt: skip


def _ends(evaluate: Callable[[str], Any]) -> list[dict[str, Any]]:
    try:
        return list(json.loads(evaluate("pruefstandBench.ends()")))
    except (Error, ValueError):
        return []  # the page is closed or navigating
