"""The pilot report on paper, set by typst: tagged, with language and title, so that screen readers can read it."""

import json
from datetime import date
from pathlib import Path

import typst

from townhall.pilot.figures import Figures
from townhall.pilot.report import MARKS, Words
from townhall.tenants import Tenant

_TEMPLATE = Path(__file__).with_name("report.typ")


def report_pdf(tenant: Tenant, found: Figures, words: Words, today: date) -> bytes:
    """Return the report as PDF/UA-1."""
    t, lang = words.t, words.lang
    content = {
        "lang": lang,
        "title": t("pilot.title"),
        "hall": tenant.hall.in_language(lang),
        "address": ", ".join(tenant.address),
        "period": t("pilot.period", start=_day(found.terms.start), end=_day(found.terms.end)),
        "made": t("pilot.made", day=_day(today)),
        "verdict": words.verdict(found),
        "criteria_title": t("pilot.criteria"),
        "criteria_head": [t("pilot.wanted"), t("pilot.reached"), t("pilot.standing")],
        "criteria": [words.criterion(each) for each in found.criteria],
        "figures_title": t("pilot.figures"),
        "figures": words.summary(found),
        "weeks_title": t("pilot.weeks"),
        "weeks_head": [t("pilot.week"), t("pilot.held"), t("pilot.no_show"), t("pilot.cancelled")],
        "weeks": [[_day(week.monday), week.held, week.no_show, week.cancelled] for week in found.weeks],
        "answers_title": t("pilot.answers_title"),
        "marks": [t(f"feedback.mark_{mark}") for mark in MARKS],
        "answers": [
            {"question": t(f"feedback.{each.question}"), "counts": each.counts, "mean": words.number(each.mean)}
            for each in found.marks
            if each.counts
        ],
        "mean": t("pilot.mean"),
        "too_few": t("pilot.too_few"),
        "method_title": t("pilot.method"),
        "method": t("pilot.method_text"),
    }
    return typst.compile(str(_TEMPLATE), sys_inputs={"report": json.dumps(content)}, pdf_standards=["ua-1"])


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
