"""A plan for a state as it could have been made, without the simulation."""

from load.capacity.plan import DistrictPlan, StatePlan

_DISTRICTS = {"Stuttgart": 343, "Karlsruhe": 210, "Freiburg": 293, "Tübingen": 255}


def example_plan(servers: int = 4) -> StatePlan:
    """So many servers in each district, and a spare one."""
    districts = tuple(
        DistrictPlan(
            id=name.lower(),
            name=name,
            municipalities=municipalities,
            population=2_800_000,
            clerks=700,
            appointments_a_week=27_000,
            calls=servers * 150,
            servers=servers,
            spare=1,
        )
        for name, municipalities in _DISTRICTS.items()
    )
    return StatePlan(
        state="Baden-Württemberg",
        seed=1,
        drawn=1091,
        calls_a_server=150,
        target=0.001,
        busiest_day="friday",
        busiest_minute=634,
        districts=districts,
        calls_together=2000,
        euros_an_appointment=0.0072,
        euros_a_month=2100.0,
    )
