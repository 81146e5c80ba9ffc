"""From measured trials to the cost of a municipality's appointments, and to the rates of a plan for a state."""

from collections.abc import Sequence

from load.capacity.cost import Prices, call_hour, difference, euros_an_appointment
from load.capacity.plan import Rates, talk_hours
from load.capacity.result import Cost
from load.capacity.trial import Trial
from load.municipality.calendar import Municipality
from load.municipality.state import State


def reckon_cost(
    trials: Sequence[Trial], prices: Prices, municipality: Municipality, plain: Sequence[Trial] = ()
) -> Cost:
    """The cost on a server of the municipality's own. ``plain`` are trials without end-to-end encryption, if any.

    Raises ``LoadError`` when no trial says what the server used.
    """
    used = call_hour(trials)
    unencrypted = call_hour(plain) if plain else None
    return Cost(
        prices=prices,
        used=used,
        plain=unencrypted,
        comparison=difference(used, unencrypted).sentence if unencrypted else None,
        euros_an_appointment=euros_an_appointment(
            prices, used, 1, municipality.appointments_a_year, talk_hours([municipality])
        ),
    )


def state_rates(cost: Cost, municipality: Municipality, state: State) -> Rates:
    """The rates of a plan in which everybody books as the municipality's people do."""
    share = municipality.appointments_a_year / municipality.population
    return Rates(
        prices=cost.prices,
        used=cost.used,
        hours=talk_hours([municipality]),
        appointments_a_year=share * state.population,
    )
