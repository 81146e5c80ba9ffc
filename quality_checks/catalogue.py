"""Every figure of quality, in the order in which reports show them."""

from collections.abc import Iterable

from harness.model.check import Check
from harness.model.errors import BenchError
from quality_checks.bands import Bands, load_bands
from quality_checks.figure import Figure
from quality_checks.q01_glass_to_glass import FIGURE as Q01
from quality_checks.q02_mouth_to_ear import FIGURE as Q02
from quality_checks.q03_round_trip import FIGURE as Q03
from quality_checks.q04_jitter import FIGURE as Q04
from quality_checks.q05_loss import FIGURE as Q05
from quality_checks.q06_jitter_buffer import FIGURE as Q06
from quality_checks.q07_concealment import FIGURE as Q07
from quality_checks.q08_freezes import FIGURE as Q08
from quality_checks.q09_frame_rate import FIGURE as Q09
from quality_checks.q10_resolution import FIGURE as Q10
from quality_checks.q11_skipped_and_repeated import FIGURE as Q11
from quality_checks.q12_lip_sync import FIGURE as Q12
from quality_checks.q13_e_model import FIGURE as Q13
from quality_checks.q14_speech_score import FIGURE as Q14
from quality_checks.q15_video_score import FIGURE as Q15
from quality_checks.q16_shared_document import FIGURE as Q16
from quality_checks.q17_first_picture import FIGURE as Q17
from quality_checks.q18_picture_after_key_change import FIGURE as Q18
from quality_checks.q19_marks_read import FIGURE as Q19
from quality_checks.q20_cost_of_encryption import COMPARISON as Q20
from quality_checks.q20_cost_of_encryption import Comparison

FIGURES: tuple[Figure, ...] = (
    *(Q01, Q02, Q03, Q04, Q05, Q06, Q07, Q08, Q09, Q10),
    *(Q11, Q12, Q13, Q14, Q15, Q16, Q17, Q18, Q19),
)
CHECKS: tuple[Figure | Comparison, ...] = (*FIGURES, Q20)


def catalogue(bands: Bands | None = None) -> tuple[Check, ...]:
    """The checks with these bands; with the defaults where none are given."""
    limits = bands or load_bands()
    return tuple(check.check(limits) for check in CHECKS)


def by_id(figure_id: str) -> Figure | Comparison:
    """The figure with an id. Raises ``BenchError`` naming the known ids where there is none."""
    for figure in CHECKS:
        if figure.id == figure_id:
            return figure
    known = ", ".join(figure.id for figure in CHECKS)
    raise BenchError(f"There is no quality check “{figure_id}”. Known checks: {known}.")


def selected(figure_ids: Iterable[str], bands: Bands | None = None) -> tuple[Check, ...]:
    """The checks with these ids in the catalogue's order, each once; all of them where no id is given."""
    wanted = {by_id(figure_id).id for figure_id in figure_ids}
    return tuple(check for check in catalogue(bands) if not wanted or check.id in wanted)
