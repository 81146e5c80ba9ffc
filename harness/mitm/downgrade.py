"""A server that says there is no end-to-end encryption, or that somebody's page has none."""

from typing import Literal

from harness.call import Call
from harness.mitm.signalling import SignallingMitm, Way
from harness.model.errors import TargetError
from harness.model.observations import DowngradeTried
from harness.targets.hostile import Hostile

Downgrade = Literal["announced", "old-client"]


class DowngradeMitm:
    """Tells every page of a call that there is no encryption; as an ``old-client`` nobody answers key agreement either.

    Make it before the pages connect.
    """

    def __init__(self, call: Call, way: Downgrade) -> None:
        hostile = call.deployment.hostile
        if hostile is None:
            raise TargetError("It is not known how the servers of this target would speak of encryption.")
        self._call, self._way, self._hostile = call, way, hostile
        self._lies = SignallingMitm(call.people, self._lie)

    def _lie(self, party: str, way: Way, message: str) -> str | None:
        hostile: Hostile = self._hostile
        if self._way == "old-client" and self._call.deployment.journey.carries_keys(message):
            return None
        return hostile.without_encryption(message) if way == "to-page" else message

    def note(self) -> None:
        """Notes what each page was told and the state it is in now."""
        for party, person in self._call.people.items():
            state = self._call.deployment.journey.state(person.page)
            told = self._lies.changed[party]
            self._call.noted.append(
                DowngradeTried(call=self._call.label, party=party, way=self._way, told=told, state=state)
            )
