"""The key agreements of a clean run: as many as K05 asks for, without and with a stranger in between."""

from harness.model.observations import AgreementTried


def agreements() -> list[AgreementTried]:
    """Codes are alike without a stranger, and unlike with one."""
    return [
        AgreementTried(swapped=swapped, shown=2, alike=not swapped, ended=False)
        for swapped in (False, True)
        for _ in range(20)
    ]
