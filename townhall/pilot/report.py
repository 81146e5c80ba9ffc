"""The pilot report: from the database to figures, and from figures to words in a language."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from townhall.language import Translate, translator
from townhall.pilot.figures import Criterion, Day, Figures, Terms, figures
from townhall.store import Store
from townhall.store.pilot import PilotAnswer, PilotDay
from townhall.tenants import Pilot, Tenant

MARKS = range(1, 6)


def read_figures(store: Store, tenant: Tenant, pilot: Pilot, now: datetime) -> Figures:
    """Read one municipality's counts and answers and weigh them against what was agreed."""
    with store.session() as session:
        days = [
            Day(row.day, row.held, row.no_show, row.cancelled, row.connected, row.seconds, row.lost)
            for row in session.scalars(select(PilotDay).where(PilotDay.tenant == tenant.id))
        ]
        found = session.scalars(select(PilotAnswer).where(PilotAnswer.tenant == tenant.id))
        answers = [(row.ease, row.quality, row.satisfaction) for row in found]
    terms = Terms(
        start=pilot.start,
        end=pilot.end,
        clerk_hour_eur=pilot.clerk_hour_eur,
        monthly_cost_eur=pilot.monthly_cost_eur,
        max_no_show=pilot.max_no_show,
        min_satisfaction=pilot.min_satisfaction,
        min_connected=pilot.min_connected,
    )
    return figures(terms, days, answers, now.astimezone(tenant.zone).date())


@dataclass(frozen=True, slots=True)
class Words:
    """Figures as people read them in a language."""

    lang: str

    @property
    def t(self) -> Translate:
        """The language's sentences."""
        return translator(self.lang)

    def number(self, value: float | None, digits: int = 1) -> str:
        """Return a number with the language's decimal mark, a dash for none."""
        if value is None:
            return "–"
        text = f"{value:,.{digits}f}"
        return text if self.lang == "en" else text.translate(str.maketrans(",.", ".,"))

    def share(self, value: float | None) -> str:
        """Return a share in per cent."""
        return "–" if value is None else f"{self.number(100 * value, 0)} %"

    def euro(self, value: float | None) -> str:
        """Return an amount of money."""
        return "–" if value is None else f"{self.number(value, 2)} €"

    def summary(self, found: Figures) -> list[tuple[str, str]]:
        """Return the figures as (what, how much)."""
        t = self.t
        return [
            (t("pilot.booked"), str(found.booked)),
            (t("pilot.held"), str(found.held)),
            (t("pilot.no_show"), f"{found.no_show} ({self.share(found.no_show_share)})"),
            (t("pilot.cancelled"), str(found.cancelled)),
            (t("pilot.minutes"), self.number(found.minutes)),
            (t("pilot.connected"), self.share(found.connected_share)),
            (t("pilot.lost"), self.number(found.lost_per_call, 2)),
            (t("pilot.cost_total"), self.euro(found.cost_total_eur)),
            (t("pilot.cost_each"), self.euro(found.cost_each_eur)),
            (t("pilot.answers"), str(found.answers)),
        ]

    def criterion(self, found: Criterion) -> tuple[str, str, str]:
        """Return one condition of success: what was wanted, what was reached, how it stands."""
        show = self.number if found.name == "satisfaction" else self.share
        wanted = self.t(f"pilot.wanted_{found.name}", limit=show(found.limit))
        return wanted, show(found.value), self.t(f"pilot.{found.standing}")

    def verdict(self, found: Figures) -> str:
        """Return the sentence on which the council can lean; it says so where there is too little to decide."""
        standings = [criterion.standing for criterion in found.criteria]
        if "missed" in standings:
            return self.t("pilot.verdict_missed", count=standings.count("missed"), all=len(standings))
        if "open" in standings:
            return self.t("pilot.verdict_open", held=found.held + found.no_show)
        return self.t("pilot.verdict_met", all=len(standings))
