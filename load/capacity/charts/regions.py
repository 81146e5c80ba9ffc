"""The plan for a state, drawn: its regions about where they lie, their servers in use and their spare ones."""

from dataclasses import dataclass

from load.capacity.charts.drawing import Chart, draw
from load.capacity.plan import DistrictPlan, StatePlan
from load.capacity.words import WEEKDAYS, Language, clock, listed, number, percent

_WIDTH, _MARGIN, _TOP, _CARD, _GAP = 860, 20, 70, 210, 20
_COLUMNS = 2
# Karlsruhe lies north-west, Stuttgart north-east, Freiburg south-west, Tübingen south-east; others follow in order.
_NORTH_TO_SOUTH = ("karlsruhe", "stuttgart", "freiburg", "tuebingen")
_SHELF = (112, 60)  # where servers stand in a card, and how high they may stand
_LARGEST = 46  # a server's width


@dataclass(frozen=True, slots=True)
class Server:
    """A server in its card."""

    x: float
    y: float
    width: float
    height: float
    spare: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A region."""

    name: str
    x: float
    y: float
    width: float
    height: float
    texts: tuple[str, ...]
    total: str
    servers: list[Server]


def plan_chart(plan: StatePlan, lang: Language) -> Chart:
    """The plan of a state."""
    german = lang == "de"
    order = {name: index for index, name in enumerate(_NORTH_TO_SOUTH)}
    districts = sorted(plan.districts, key=lambda each: order.get(each.id, len(order)))
    width = (_WIDTH - 2 * _MARGIN - (_COLUMNS - 1) * _GAP) / _COLUMNS
    cards = [
        _card(each, _MARGIN + index % _COLUMNS * (width + _GAP), _TOP + index // _COLUMNS * (_CARD + _GAP), width, lang)
        for index, each in enumerate(districts)
    ]
    foot = _TOP + -(-len(cards) // _COLUMNS) * (_CARD + _GAP) + 16
    title = (
        f"{plan.state}: {plan.servers} Server für {number(plan.municipalities, 'de')} Gemeinden"
        if german
        else f"{plan.state}: {plan.servers} servers for {number(plan.municipalities, 'en')} municipalities"
    )
    calls = number(plan.calls_a_server, lang)
    notes = _notes(plan, lang)
    return draw(
        "plan.svg.j2", title, _words(plan, lang), lang, _WIDTH, foot + 26 + 20 * len(notes),
        subtitle=f"Ein Server hält {calls} Gespräche zugleich" if german else f"A server holds {calls} calls at once",
        cards=cards, foot=foot, notes=notes,
        server_text="Server in Betrieb" if german else "server in use",
        spare_text="Reserve: Ein Server darf ausfallen" if german else "spare: one server may fail",
    )  # fmt: skip


def _card(district: DistrictPlan, x: float, y: float, width: float, lang: Language) -> Card:
    german = lang == "de"
    municipalities, people = number(district.municipalities, lang), number(district.population, lang)
    weekly, calls = number(district.appointments_a_week, lang), number(district.calls, lang)
    texts = (
        (f"{municipalities} Gemeinden, {people} Einwohner",
         f"{weekly} Videotermine in der stärksten Woche", f"bis zu {calls} Gespräche zugleich")
        if german else
        (f"{municipalities} municipalities, {people} inhabitants",
         f"{weekly} video appointments in the busiest week", f"up to {calls} calls at once")
    )  # fmt: skip
    total = (
        f"{district.servers} Server und {district.spare} in Reserve"
        if german
        else (f"{district.servers} server{'' if district.servers == 1 else 's'} and {district.spare} spare")
    )
    return Card(district.name, x, y, width, _CARD, texts, total, _servers(district, x + 16, y + _SHELF[0], width - 32))


def _servers(district: DistrictPlan, x: float, y: float, width: float) -> list[Server]:
    """In rows, as large as the shelf allows; however many there are, all of them are drawn."""
    count = district.servers + district.spare
    size = float(_LARGEST)
    while int(width // size) * int(_SHELF[1] // (size * 0.8)) < count and size > 2:
        size *= 0.94
    a_row = max(1, int(width // size))
    return [
        Server(
            round(x + index % a_row * size, 1), round(y + index // a_row * size * 0.8, 1),
            round(size * 0.82, 1), round(size * 0.64, 1), index >= district.servers,
        )
        for index in range(count)
    ]  # fmt: skip


def _notes(plan: StatePlan, lang: Language) -> list[str]:
    day, minute = WEEKDAYS[plan.busiest_day][lang], clock(plan.busiest_minute)
    drawn, target, seed = number(plan.drawn, lang), percent(plan.target, lang), plan.seed
    together, price = number(plan.calls_together, lang), plan.euros_an_appointment
    if lang == "de":
        notes = [
            f"{drawn} Gemeinden sind nach den veröffentlichten Größenklassen ausgelost (Startwert {seed}).",
            "Kalender, Nachfrage und Preise sind Annahmen; alle haben ihre stärkste Woche zugleich.",
            f"Höchstens {target} der Gespräche finden in der stärksten Minute ({day}, {minute} Uhr) keinen Platz.",
            f"Hülfen alle Server einander, wären zusammen {together} Gespräche zugleich zu halten.",
        ]
        return notes if price is None else [*notes, f"Ein Termin kostet {number(100 * price, 'de', 1)} Cent."]
    notes = [
        f"{drawn} municipalities are drawn by the published size classes (seed {seed}).",
        "Calendars, demand and prices are assumptions; all have their busiest week at the same time.",
        f"At most {target} of calls find no room in the busiest minute ({day}, {minute}).",
        f"If all servers helped one another, {together} calls would have to be held at once together.",
    ]
    return notes if price is None else [*notes, f"An appointment costs {number(100 * price, 'en', 1)} euro cents."]


def _words(plan: StatePlan, lang: Language) -> str:
    german = lang == "de"
    parts = [
        f"{each.name} {each.servers} Server und {each.spare} in Reserve" if german
        else f"{each.name} {each.servers} and {each.spare} spare"
        for each in plan.districts
    ]  # fmt: skip
    said = "Server je Region" if german else "Servers by region"
    return f"{said}: {listed(parts, lang)}. {' '.join(_notes(plan, lang))}"
