"""The E-model: how good a conversation is by its delay and losses. Narrow-band (ITU-T G.107), wide-band (G.107.1).

What a call in a browser does not tell (loudness, room noise, side tone, echo that its canceller left) has the
recommendations' default values and no echo: then R is at most 93.2 in narrow-band, and 129 in wide-band.

A codec comes in by two figures, Ie and Bpl (ITU-T G.113). We found none for Opus, which browsers speak, at ITU-T,
and none elsewhere that are of the rates at which browsers send. Those of G.722.2 at 23.05 kbit/s stand in for it
(``bands.toml``): R tells calls apart by their delay and losses, and is no statement about Opus itself.
"""

from math import log2

NARROWBAND = 93.2  # G.107, 7.7: R with all default values
WIDEBAND = 129.0  # G.107.1, 7.7
_WORST = 95.0  # from which an impairment by loss is reckoned: G.107 (7-29), and G.107.1 (7-15) with the same figure


def delay_impairment(delay_ms: float) -> float:
    """Idd: what one-way delay (mouth to ear, ms) takes off; the same in both bands (G.107, 7-27 and 7-28)."""
    if delay_ms <= 100.0:
        return 0.0
    x = log2(delay_ms / 100.0)
    return float(25.0 * ((1.0 + x**6) ** (1 / 6) - 3.0 * (1.0 + (x / 3.0) ** 6) ** (1 / 6) + 2.0))


def loss_impairment(loss: float, ie: float, bpl: float, burst: float = 1.0) -> float:
    """Ie,eff: what the codec (``ie``) and a share of lost packets take off, by its robustness (G.107, 7-29).

    ``loss`` is from 0 to 1; ``burst`` is BurstR: 1 where losses are independent, more where they come together.
    """
    percent = 100.0 * min(1.0, max(0.0, loss))
    return ie + (_WORST - ie) * percent / (percent / max(1.0, burst) + bpl) if percent else ie


def narrowband(delay_ms: float, loss: float, *, ie: float, bpl: float, burst: float = 1.0) -> float:
    """R of G.107: from 0 to 93.2."""
    return max(0.0, NARROWBAND - delay_impairment(delay_ms) - loss_impairment(loss, ie, bpl, burst))


def wideband(delay_ms: float, loss: float, *, ie: float, bpl: float) -> float:
    """R of G.107.1: from 0 to 129, a scale of its own that must not be mixed with narrow-band's."""
    return max(0.0, WIDEBAND - delay_impairment(delay_ms) - loss_impairment(loss, ie, bpl))


def on_the_scale_of_100(wide: float) -> float:
    """A wide-band R brought to the scale on which G.109's categories are named (G.107.1, A-1)."""
    return wide / 1.29


def mos(rating: float) -> float:
    """The mean opinion score that belongs to an R on the scale of 100 (G.107, annex B): 1 to 4.5."""
    if rating <= 0:
        return 1.0
    if rating >= 100:
        return 4.5
    # Between 0 and 6.5 the polynomial dips below 1, where no score is.
    return max(1.0, 1.0 + 0.035 * rating + rating * (rating - 60.0) * (100.0 - rating) * 7e-6)
