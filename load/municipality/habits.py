"""The habits of a municipality's people, as the plan of a single call needs them."""

from load.models.callplan import Habits
from load.municipality.calendar import Behaviour

_MINUTE = 60.0


def habits_of(behaviour: Behaviour) -> Habits:
    """Its punctuality; what it does not say (cameras, screens, lost lines) is as usual."""
    return Habits(
        no_show=behaviour.no_show,
        early=behaviour.early,
        early_seconds=behaviour.early_minutes * _MINUTE,
        opens_before=behaviour.opens_before * _MINUTE,
        late=behaviour.late,
        late_seconds=behaviour.late_minutes * _MINUTE,
    )
