"""The answers of a quality check, made the same way by every judge."""

from collections.abc import Iterable, Mapping, Sequence

from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding


def decided(outcome: Outcome, sentence: Sentence, records: Iterable[str], figures: Mapping[str, float]) -> Finding:
    """``pass``, ``weak`` or ``fail``, resting on records (named once each, in the order given)."""
    rounded = {name: round(value, 4) for name, value in figures.items()}
    return Finding(outcome=outcome, sentence=sentence, records=tuple(dict.fromkeys(records)), figures=rounded)


def inconclusive(gaps: Sequence[Sentence]) -> Finding:
    """No verdict for lack of evidence: names the first gap, counts the others. Gaps end without a full stop."""
    first, more = gaps[0], len(gaps) - 1
    more_de = f"; und {more} weitere {'Lücke' if more == 1 else 'Lücken'}" if more else ""
    more_en = f"; and {more} more {'gap' if more == 1 else 'gaps'}" if more else ""
    sentence = Sentence(de=f"Nicht beurteilt: {first.de}{more_de}.", en=f"Not judged: {first.en}{more_en}.")
    return Finding(outcome=Outcome.INCONCLUSIVE, sentence=sentence)


def gone(sentence: Sentence, records: Iterable[str] = ()) -> Finding:
    """The subject was not there."""
    return Finding(outcome=Outcome.NOT_APPLICABLE, sentence=sentence, records=tuple(dict.fromkeys(records)))
