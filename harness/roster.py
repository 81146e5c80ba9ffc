"""Who is in a call: what every page shows, beside what the media server says of who receives media."""

import time
from typing import Literal

from harness.call import Call
from harness.model.errors import TargetError
from harness.model.observations import Displayed, MediaReceivers, TapStatus
from harness.targets.extras import Extras
from harness.vantage.receivers import UNKNOWN, Receivers, fingerprints, take_snapshot, who_receives

SETTLES = 20.0  # seconds in which pages and connections have followed somebody's coming or going
_PAUSE_MS = 200  # the media server tells nobody of its connections by itself


class Roster:
    """The looks of one call, numbered as moments."""

    def __init__(self, call: Call, extras: Extras) -> None:
        self._call = call
        self._extras = extras
        self._moment = 0
        self._blind = ""

    def look(self, *parties: str) -> None:
        """Waits until pages and server have followed the coming and going of ``parties``, then notes what they say.

        What has not followed in time is noted as it is; a receiver whom nobody knows does not delay the look.
        """
        until = time.monotonic() + SETTLES
        while True:
            shown, receivers = self._shown(*parties), self._receivers()
            if self._settled(set(parties), shown, receivers) or time.monotonic() > until:
                break
            self._call.people[parties[0]].page.wait_for_timeout(_PAUSE_MS)
        self._moment += 1
        for party, people in shown.items():
            self._call.noted.append(Displayed(call=self._call.label, party=party, moment=self._moment, people=people))
        for party, seen in receivers.items():
            self._call.noted.append(
                MediaReceivers(
                    call=self._call.label, party=party, moment=self._moment,
                    receivers=seen.parties, forwarders=seen.forwarders,
                )
            )  # fmt: skip

    def finish(self) -> None:
        """Notes whether the media server said who receives what."""
        if self._moment:
            state: Literal["ok", "failed"] = "failed" if self._blind else "ok"
            self._call.noted.append(
                TapStatus(call=self._call.label, vantage="participants", state=state, reason=self._blind)
            )

    def _settled(self, parties: set[str], shown: dict[str, tuple[str, ...]], receivers: dict[str, Receivers]) -> bool:
        if any(set(people) != parties for people in shown.values()):
            return False
        known = {party: set(seen.parties) - {UNKNOWN} for party, seen in receivers.items()}
        return bool(self._blind) or known == {party: parties - {party} for party in parties}

    def _shown(self, *parties: str) -> dict[str, tuple[str, ...]]:
        return {party: self._extras.people(self._call.people[party].page) for party in parties}

    def _receivers(self) -> dict[str, Receivers]:
        admin = self._call.deployment.observables.receivers
        if admin is None:
            self._blind = "this target does not say who receives media"
            return {}
        self._call.flush()
        pages = {
            party: fingerprints(sdp for side, _, sdp in person.tapped.descriptions if side == "local")
            for party, person in self._call.people.items()
        }
        try:
            return who_receives(take_snapshot(admin), pages)
        except TargetError as error:
            self._blind = str(error)
            return {}
