"""T04: what it must not be fooled by, one thing changed at a time."""

from typing import Any

import pytest

from harness.model.observations import CertificateCompared, FingerprintTried, Observation
from harness.model.outcome import Outcome
from tests.crypto_checks.changing import recorded
from tests.flaws.certificates import BETWEEN, JANUS

FAIL, PASS, OPEN = Outcome.FAIL, Outcome.PASS, Outcome.INCONCLUSIVE
Where = dict[str, Any]
ONE: Where = {"party": "clerk", "direction": "sends"}
TO_PAGE, TO_SERVER = ONE | {"way": "to-page"}, ONE | {"way": "to-server"}
RECEIVED = {"party": "clerk", "direction": "receives", "way": "to-server"}


@pytest.mark.parametrize(
    ("kind", "update", "where", "outcome", "english"),
    [
        # What nobody says is no good news.
        (CertificateCompared, {"packets": 0}, ONE, OPEN, "no connection stood whose certificates could be compared"),
        (CertificateCompared, {"servers": ()}, ONE, OPEN, "does not say which certificates it has and knows"),
        (CertificateCompared, {"met": None}, {}, OPEN, "(sending connection of the citizen); and 3 more gaps"),
        (CertificateCompared, {"told": ()}, ONE, OPEN, "not known which certificates were announced"),
        (CertificateCompared, {"own": ""}, ONE, OPEN, "not known which certificates were announced"),
        (
            FingerprintTried,
            {"swapped": 0},
            TO_PAGE,
            OPEN,
            "was not tried (sending connection of the clerk, swapped for",
        ),
        (FingerprintTried, {"reached": 0}, TO_PAGE, OPEN, "no connection got as far as showing certificates"),
        (FingerprintTried, {"reached": 0}, RECEIVED, OPEN, "(receiving connection of the clerk, swapped for the media"),
        (FingerprintTried, {"taken": None}, RECEIVED, OPEN, "does not say whether it took the connection"),
        (FingerprintTried, {"held": None}, TO_SERVER, OPEN, "does not say whether it took the connection"),
        # A page's word of the handshake is more than none, and a browser that gives none is no fault.
        (CertificateCompared, {"shown": ""}, {}, PASS, "4 connections"),
        (CertificateCompared, {"told": (JANUS, BETWEEN)}, ONE, FAIL, "somebody is in between"),
        (CertificateCompared, {"servers": (BETWEEN, JANUS)}, {}, PASS, "4 connections"),
        # A page may take its connection for one that stands when the media server refuses its certificate.
        (FingerprintTried, {"stood": 0, "packets": 0}, TO_SERVER, PASS, "the media server 4"),
        (FingerprintTried, {"taken": 1}, TO_PAGE, PASS, "pages refused 4 connections"),
        (FingerprintTried, {"reached": 3}, TO_PAGE, PASS, "pages refused 6 connections"),
        # But what it sends must not be held, and nothing may come.
        (FingerprintTried, {"held": 5}, TO_SERVER, FAIL, "0 sending connections stood, with 5 packets"),
        (FingerprintTried, {"packets": 7}, RECEIVED, FAIL, "0 receiving connections stood, with 7 packets"),
        (FingerprintTried, {"packets": 1}, TO_PAGE, FAIL, "The clerk's page took another certificate than it was told"),
        (FingerprintTried, {"stood": 2}, TO_PAGE, FAIL, "2 sending connections stood, with 0 packets"),
    ],
)
def test_one_thing_changed(
    kind: type[Observation], update: Where, where: Where, outcome: Outcome, english: str
) -> None:
    finding = recorded("T04", kind, update, **where)
    assert finding.outcome is outcome, finding.sentence.en
    assert english in finding.sentence.en
    assert finding.sentence.de != finding.sentence.en
