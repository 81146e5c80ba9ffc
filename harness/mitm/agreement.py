"""Key agreements through the hands of a server: many honest ones, and many in which a stranger answers each page."""

import time

from harness.call import Call
from harness.mitm.signalling import SignallingMitm
from harness.model.errors import TargetError
from harness.model.observations import AgreementTried

SECONDS = 20.0  # in which pages that agree at all have agreed
ROUNDS = 15  # a page takes no more for honest


class AgreementMitm:
    """Between the pages of a call of two; ``swaps``: with a stranger who takes the other's place towards each.

    Make it before the pages connect, and close it.
    """

    def __init__(self, call: Call, *, swaps: bool) -> None:
        hostile = call.deployment.hostile
        if hostile is None:
            raise TargetError("It is not known how the servers of this target would swap keys.")
        self._call, self._swaps = call, swaps
        self._swap = hostile.key_swap(call.appointment.id, swaps=swaps)
        self._messages = SignallingMitm(call.people, self._swap.change)

    def close(self) -> None:
        """Ends the stranger."""
        self._swap.close()

    def tries(self, times: int) -> None:
        """Lets the pages agree until both have shown their codes so many times, and notes each time.

        Stops when a page gives the call up, and before it would, as people come and go too often.
        """
        done = 0
        for number in range(ROUNDS):
            if number:
                for party, message in self._swap.again():
                    self._messages.says(party, message)
            tried = self._one()
            self._call.noted.append(tried)
            done += tried.shown == len(self._call.people)
            if tried.ended or done == times:
                return

    def pump(self) -> None:
        """Passes on what the stranger has to say, and lets the pages work."""
        for party, message in self._swap.says():
            self._messages.says(party, message)
        self._call.watch(0.05)

    def _one(self) -> AgreementTried:
        deadline = time.monotonic() + SECONDS
        journey = self._call.deployment.journey
        pages = [person.page for person in self._call.people.values()]
        codes: list[str] = []
        ended = False
        while time.monotonic() < deadline and not ended:
            self.pump()
            codes = [code for page in pages if (code := journey.safety_code(page))]
            if self._swap.agreed and len(codes) == len(pages):
                break
            ended = any(journey.state(page) in ("failed", "ended") for page in pages)
        return AgreementTried(
            call=self._call.label, swapped=self._swaps, shown=len(codes), alike=len(set(codes)) == 1, ended=ended
        )
