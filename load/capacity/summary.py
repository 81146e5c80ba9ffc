"""All that a capacity run says at its end, in German and English: the headline, and what it means."""

from load.capacity.headline import headline
from load.capacity.plan import StatePlan
from load.capacity.result import CapacityResult, Cost, Demand
from load.capacity.room import Carried
from load.capacity.words import NOTHING, WEEKDAYS, Language, Said, calls, clock, number, percent


def sentences(result: CapacityResult) -> tuple[Said, ...]:
    """All that there is to say, the headline first; sentences that have nothing to say are left out."""
    said = (
        headline(result),
        result.bottleneck.reason if result.capacity.end != "most" else NOTHING,
        _where(result),
        _lost_workers(result.lost_workers),
        _demand(result.demand),
        _staggered(result.carried),
        _cost(result.cost) if result.cost else NOTHING,
        _plan(result.plan) if result.plan else NOTHING,
    )
    return tuple(each for each in said if each != NOTHING)


def summary(result: CapacityResult, lang: Language) -> str:
    """The text for the terminal, a paragraph a subject."""
    return "\n".join(each[lang] for each in sentences(result))


def _where(result: CapacityResult) -> Said:
    """What the number holds for: the server's cores, and whether anybody looked at it as people do."""
    said = NOTHING
    if (cores := result.server_cores) is not None:
        german, english = ("1 Kern", "1 core") if cores == 1 else (f"{cores} Kerne", f"{cores} cores")
        said += Said(
            de=f"Der Server hatte {german} ({result.machine}); Planung und Preise rechnen, als hielte ein gemieteter "
            "Server nicht mehr.",
            en=f"The server had {english} ({result.machine}); plan and prices are reckoned as if a rented server "
            "held no more.",
        )
    if result.elsewhere:
        said += Said(
            de="Den Server betreibt jemand anders: Was er hat und verbraucht, war nicht zu sehen; Preise sind darum "
            "nicht gerechnet.",
            en="Somebody else runs the server: what it has and uses could not be seen, and so no prices are reckoned.",
        )
    if not any(objective.part == "probe" for objective in result.objectives.figures.values()):
        said += Said(
            de="Ein Gespräch echter Browser lief nicht mit: Was Menschen sähen und hörten, ist nicht geprüft.",
            en="No call of real browsers was held beside: what people would see and hear was not tested.",
        )
    return said


def _lost_workers(count: int) -> Said:
    if not count:
        return NOTHING
    return Said(
        de=f"{number(count, 'de')} Helfer des Lastgenerators {'fiel' if count == 1 else 'fielen'} im Lauf aus:"
        " Die Gespräche, die damit endeten, sind nicht gezählt; die anderen gingen weiter.",
        en=f"{number(count, 'en')} worker{'' if count == 1 else 's'} of the load generator died in the run: the calls"
        " that ended with that are not counted; the others went on.",
    )


def _demand(demand: Demand) -> Said:
    day, begin, needed = WEEKDAYS[demand.day.weekday], clock(demand.day.busy_minute), demand.needed
    few = needed.simulation <= needed.erlang_b
    german = f"es nur {demand.clerks} Beschäftigte sind" if few else "Termine zugleich beginnen"
    english = f"there are only {demand.clerks} clerks" if few else "appointments begin together"
    said = Said(
        de=f"{demand.municipality} mit {number(demand.population, 'de')} Einwohnern hält in seiner stärksten Woche"
        f" {number(demand.held, 'de')} Gespräche; am meisten los ist am {day.de} ab {begin} Uhr mit im Mittel"
        f" {number(demand.day.busy_load, 'de', 1)} Gesprächen zugleich. Nötig sind {calls(needed.simulation, 'de')}"
        f" zugleich (Simulation; nach Erlang B {needed.erlang_b}, nach Erlang C {needed.erlang_c}: Die Formeln wissen"
        f" nicht, dass {german}).",
        en=f"{demand.municipality} with {number(demand.population, 'en')} inhabitants holds"
        f" {number(demand.held, 'en')} calls in its busiest week; the busiest hour begins on {day.en} at {begin} with"
        f" {number(demand.day.busy_load, 'en', 1)} calls at once in the mean. It needs"
        f" {calls(needed.simulation, 'en')} at once (simulation; by Erlang B {needed.erlang_b}, by Erlang C"
        f" {needed.erlang_c}: the formulae do not know that {english}).",
    )
    if demand.unmet < 0.5:
        return said
    return said + Said(
        de=f"{number(demand.unmet, 'de')} gewünschte Termine finden keinen Platz im Kalender.",
        en=f"{number(demand.unmet, 'en')} wanted appointments find no slot in its calendar.",
    )


def _staggered(carried: Carried) -> Said:
    """What is gained when not all talks begin at the same minutes; nothing is said of less than a tenth."""
    if carried.staggered < max(2, 1.1 * carried.municipalities):
        return NOTHING
    return Said(
        de=f"Begännen die Termine eines Drittels der Gemeinden 10 und eines weiteren 20 Minuten später, reichte"
        f" derselbe Server für {number(carried.staggered, 'de')} Gemeinden statt für"
        f" {number(carried.municipalities, 'de')}.",
        en=f"If a third of the municipalities began their appointments 10 and another third 20 minutes later, the same"
        f" server were enough for {number(carried.staggered, 'en')} instead of {number(carried.municipalities, 'en')}.",
    )


def _cost(cost: Cost) -> Said:
    used = cost.used
    mib, gigabytes = used.memory_mib, used.sent_bytes / 1e9
    said = Said(
        de=f"Eine Gesprächsstunde braucht {number(used.cpu_seconds, 'de')} s Prozessorzeit, {number(mib, 'de', 1)} MiB"
        f" Speicher und {number(gigabytes, 'de', 2)} GB, die der Server sendet.",
        en=f"A call hour takes {number(used.cpu_seconds, 'en')} s of processor time, {number(mib, 'en', 1)} MiB of"
        f" memory and {number(gigabytes, 'en', 2)} GB that the server sends.",
    )
    if cost.comparison:
        said = said + cost.comparison
    if cost.euros_an_appointment is None:
        return said
    euros = cost.euros_an_appointment
    return said + Said(
        de=f"Auf einem eigenen Server kostet ein Termin {number(euros, 'de', 2)} €{_made_up(cost, 'de')}.",
        en=f"On a server of its own an appointment costs €{number(euros, 'en', 2)}{_made_up(cost, 'en')}.",
    )


def _made_up(cost: Cost, lang: Language) -> str:
    if not cost.prices.assumed:
        return ""
    return " (mit angenommenen Preisen)" if lang == "de" else " (at assumed prices)"


def _plan(plan: StatePlan) -> Said:
    spare = sum(each.spare for each in plan.districts)
    said = Said(
        de=f"Alle {number(plan.municipalities, 'de')} Gemeinden in {plan.state} brauchen {plan.servers} solche Server,"
        f" davon {spare} in Reserve, in {len(plan.districts)} Regionen ({number(plan.drawn, 'de')} Gemeinden sind"
        f" ausgelost, {percent(plan.target, 'de')} der Gespräche dürfen in der stärksten Minute keinen Platz finden).",
        en=f"All {number(plan.municipalities, 'en')} municipalities of {plan.state} need {plan.servers} such servers,"
        f" {spare} of them spare, in {len(plan.districts)} regions ({number(plan.drawn, 'en')} municipalities are"
        f" drawn by lot, {percent(plan.target, 'en')} of calls may find no room in the busiest minute).",
    )
    if plan.euros_an_appointment is None:
        return said
    euros = plan.euros_an_appointment
    return said + Said(
        de=f"Ein Termin kostet dann {number(euros, 'de', 3)} €.",
        en=f"An appointment then costs €{number(euros, 'en', 3)}.",
    )
