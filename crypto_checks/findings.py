"""The five answers, made the same way by every judge."""

from collections.abc import Iterable, Mapping, Sequence

from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding


def decided(
    outcome: Outcome, sentence: Sentence, records: Iterable[str], figures: Mapping[str, float] | None = None
) -> Finding:
    """``pass``, ``weak`` or ``fail``, resting on records (named once each, in the order given)."""
    return Finding(
        outcome=outcome, sentence=sentence, records=tuple(dict.fromkeys(records)), figures=dict(figures or {})
    )


def inconclusive(gaps: Sequence[Sentence]) -> Finding:
    """No verdict for lack of evidence: names the first gap, counts the others. Gaps end without a full stop."""
    first, more = gaps[0], len(gaps) - 1
    more_de = f"; und {more} weitere {'Lücke' if more == 1 else 'Lücken'}" if more else ""
    more_en = f"; and {more} more {'gap' if more == 1 else 'gaps'}" if more else ""
    sentence = Sentence(de=f"Nicht beurteilt: {first.de}{more_de}.", en=f"Not judged: {first.en}{more_en}.")
    return Finding(outcome=Outcome.INCONCLUSIVE, sentence=sentence)


def nothing_sealed(subject: Sentence, records: Iterable[str]) -> Finding:
    """The subject has vanished: no frame of the run was encrypted, which is E01's verdict and not this check's."""
    sentence = Sentence(
        de=f"Kein Frame dieses Laufs war verschlüsselt, {subject.de}; das beurteilt E01.",
        en=f"No frame of this run was encrypted, {subject.en}; E01 judges that.",
    )
    return Finding(outcome=Outcome.NOT_APPLICABLE, sentence=sentence, records=tuple(dict.fromkeys(records)))
