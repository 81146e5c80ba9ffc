"""What a call hour uses on the server and what an appointment costs, with and without end-to-end encryption."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from pydantic import Field

from load.capacity.trial import Trial
from load.capacity.words import LANGUAGES, Language, Said, number
from load.errors import LoadError
from load.reading import Part, read

PRICES = Path(__file__).with_name("prices.toml")
_HOUR = 3600.0
_GIB, _MIB, _TB = 2**30, 2**20, 1e12
MONTHS = 12


class Prices(Part):
    """A provider's list; ``assumed`` when it is made up."""

    name: str = Field(min_length=1, max_length=80)
    assumed: bool
    hours_a_month: float = Field(gt=0, le=744)
    machine_cores: int = Field(gt=0)
    machine_memory_gib: float = Field(gt=0)
    machine_month_eur: float = Field(ge=0)
    traffic_included_tb: float = Field(ge=0)
    traffic_tb_eur: float = Field(ge=0)
    operation_month_eur: float = Field(ge=0)

    def month(self, servers: int, sent_bytes: float) -> float:
        """Euros a month of so many servers that send so many bytes in it, together."""
        beyond = max(0.0, sent_bytes / _TB - servers * self.traffic_included_tb)
        return servers * (self.machine_month_eur + self.operation_month_eur) + beyond * self.traffic_tb_eur


class CallHour(Part):
    """What an hour of one call uses on the server."""

    cpu_seconds: float = Field(ge=0)
    memory_mib: float = Field(ge=0)  # of one call, for as long as it lasts
    sent_bytes: float = Field(ge=0)
    received_bytes: float = Field(ge=0)


@dataclass(frozen=True, slots=True)
class Difference:
    """Encrypted end to end against not: shares by which the encrypted call uses more (negative: less)."""

    cpu: float
    memory: float
    sent: float
    sentence: Said


def load_prices(path: Path | None = None) -> Prices:
    """The list of this file, else the made-up one. Raises ``LoadError`` with its mend."""
    return read(path or PRICES, Prices, "list of prices")


def call_hour(trials: Sequence[Trial]) -> CallHour:
    """What an hour of a call uses: the median of the trials that tell, so that one odd trial does not."""
    telling = [(each.calls, each.usage) for each in trials if each.usage is not None and each.calls > 0]
    if not telling:
        raise LoadError("No trial says what the server used: measure its processes while the calls are held.")
    hours = [(usage, calls, calls * usage.seconds / _HOUR) for calls, usage in telling]
    return CallHour(
        cpu_seconds=median(usage.cpu_seconds / held for usage, _, held in hours),
        memory_mib=median(max(0.0, usage.memory_mib - usage.idle_memory_mib) / calls for usage, calls, _ in hours),
        sent_bytes=median(usage.sent_bytes / held for usage, _, held in hours),
        received_bytes=median(usage.received_bytes / held for usage, _, held in hours),
    )


def euros_an_appointment(
    prices: Prices, used: CallHour, servers: int, appointments_a_year: float, hours: float
) -> float:
    """What the servers cost a month over the appointments in it, each of ``hours``. The clerk's time is not in it."""
    if appointments_a_year <= 0:
        raise LoadError("Without appointments none has a price: give a demand above zero.")
    monthly = appointments_a_year / MONTHS
    return prices.month(servers, monthly * hours * used.sent_bytes) / monthly


def difference(encrypted: CallHour, plain: CallHour) -> Difference:
    """What end-to-end encryption costs the server: it forwards either without looking, so mostly some bytes a frame."""
    cpu, memory, sent = (
        _more(getattr(encrypted, name), getattr(plain, name)) for name in ("cpu_seconds", "memory_mib", "sent_bytes")
    )
    said = Said(**{lang: _compared(cpu, memory, sent, lang) for lang in LANGUAGES})
    return Difference(cpu, memory, sent, said)


def memory_holds(prices: Prices, used: CallHour, idle_mib: float, calls: int) -> bool:
    """Whether the rented server's memory is enough for that many calls."""
    return (idle_mib + calls * used.memory_mib) * _MIB <= prices.machine_memory_gib * _GIB


def _more(one: float, other: float) -> float:
    return one / other - 1 if other else 0.0


def _compared(cpu: float, memory: float, sent: float, lang: Language) -> str:
    figures = [f"{number(100 * each, lang, 1) if each < 0 else '+' + number(100 * each, lang, 1)}\u00a0%"
               for each in (cpu, memory, sent)]  # fmt: skip
    if lang == "de":
        return (
            f"Ende-zu-Ende verschlüsselt braucht der Server je Gesprächsstunde {figures[0]} Prozessorzeit, {figures[1]}"
            f" Speicher und sendet {figures[2]} Daten."
        )
    return (
        f"Encrypted end to end, a call hour takes the server {figures[0]} processor time, {figures[1]} memory and"
        f" {figures[2]} data sent."
    )
