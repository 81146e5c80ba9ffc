"""The transport statistics of every party in every regular call, and what is missing of them."""

from collections.abc import Callable

from crypto_checks import words
from crypto_checks.scope import regular_calls
from harness.model.evidence import Evidence, Found
from harness.model.observations import TransportStats
from harness.model.sentence import Sentence

VANTAGE = ("transport",)


def transports(
    evidence: Evidence, stated: Callable[[TransportStats], bool], what: Sentence
) -> tuple[list[Found[TransportStats]], list[str], list[Sentence]]:
    """The connected transports that state the fact asked for, the records to cite, and the gaps.

    A party of a regular call with no connected transport, or with one that does not state the fact ``what``, is a gap.
    """
    calls, gaps = regular_calls(evidence, VANTAGE)
    usable: list[Found[TransportStats]] = []
    for call in calls:
        for party in call.seen.parties:
            connected = [
                found
                for found in evidence.of(TransportStats, call=call.seen.call, party=party)
                if found.seen.dtls_state == "connected"
            ]
            telling = [found for found in connected if stated(found.seen)]
            usable += telling
            if not telling or len(telling) < len(connected):
                gaps.append(
                    Sentence(
                        de=f"{what.de} {words.party_de(party)} fehlt, Gespräch {call.seen.call}",
                        en=f"{what.en} of {words.party_en(party)} is missing, call {call.seen.call}",
                    )
                )
    return usable, [call.id for call in calls] + [found.id for found in usable], gaps
