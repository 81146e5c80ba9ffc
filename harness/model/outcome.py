"""The five answers a check can give."""

from enum import StrEnum


class Outcome(StrEnum):
    """What a check says of a deployment. Only ``PASS`` and ``WEAK`` are good news; silence is ``INCONCLUSIVE``."""

    PASS = "pass"
    WEAK = "weak"
    FAIL = "fail"
    INCONCLUSIVE = "inconclusive"
    NOT_APPLICABLE = "not_applicable"
