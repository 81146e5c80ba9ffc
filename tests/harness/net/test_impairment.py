"""Impairments: what cannot be is refused, and what is asked for is said in figures."""

import pytest

from harness.model.sentence import Sentence
from harness.net.impairment import CLEAR, OUTAGE, GilbertElliott, Impairment, Pattern, Uniform


@pytest.mark.parametrize(
    ("impairment", "de", "en"),
    [
        (CLEAR, "unbeeinträchtigt", "unimpaired"),
        (OUTAGE, "Ausfall", "outage"),
        (
            Impairment(rate_kbit=576, queue_bytes=14400, delay_ms=12.5, jitter_ms=2, loss=Uniform(0.005)),
            "höchstens 576 kbit/s mit einer Warteschlange von 200 ms, Verzögerung 12,5 ± 2 ms, Verlust 0,5 %",
            "at most 576 kbit/s with a queue of 200 ms, delay 12.5 ± 2 ms, loss 0.5 %",
        ),
        (
            Impairment(loss=GilbertElliott(1 / 120, 0.2)),
            "Verlust 4 % in Schüben von 5 Paketen",
            "loss 4 % in bursts of 5 packets",
        ),
        (Impairment(loss=Pattern("...x")), "Verlust 25 % nach festem Muster", "loss 25 % by a fixed pattern"),
        (
            Impairment(delay_ms=50, reorder=0.01, duplicate=0.02, blocks_udp=True),
            "UDP gesperrt, Verzögerung 50 ms, Umordnung 1 %, Verdopplung 2 %",
            "UDP blocked, delay 50 ms, reordering 1 %, duplication 2 %",
        ),
    ],
)
def test_sentence_is_without_figures_or_in_one_language(impairment: Impairment, de: str, en: str) -> None:
    assert impairment.sentence == Sentence(de=de, en=en)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"queue_ms": 100}, "a queue needs a rate_kbit"),
        ({"delay_ms": 10, "jitter_ms": 20}, "jitter_ms must not be above delay_ms"),
        ({"reorder": 0.1}, "reorder needs a delay_ms"),
        ({"loss": {"p": 1.5}}, "less than or equal to 1"),
        ({"loss": {"marks": "..o"}}, "should match pattern"),
        ({"delay": 10}, "Unexpected keyword argument"),
    ],
)
def test_impairment_that_cannot_be_is_taken(given: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Impairment(**given)  # type: ignore[arg-type]


def test_queue_is_not_the_smaller_of_time_and_bytes() -> None:
    assert Impairment(rate_kbit=80, queue_ms=100, queue_bytes=500).queue_s == pytest.approx(0.05)
    assert Impairment(rate_kbit=80, queue_ms=10, queue_bytes=500).queue_s == pytest.approx(0.01)
    assert Impairment(rate_kbit=80).queue_s == pytest.approx(0.2)
