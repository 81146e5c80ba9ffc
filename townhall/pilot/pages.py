"""The pilot report as a page and as a PDF, for the clerks of the municipality; and the help in plain language."""

from datetime import date

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from townhall.desk import Desk
from townhall.hall import Hall
from townhall.pilot.charts import COLOURS, marks_chart, weeks_chart
from townhall.pilot.figures import FEWEST_ANSWERS, Figures
from townhall.pilot.pdf import report_pdf
from townhall.pilot.report import MARKS, Words, read_figures
from townhall.pilot.usage import count_ended
from townhall.tenants import Tenant


def routes(hall: Hall) -> APIRouter:
    """Return the routes of report and help."""
    router = APIRouter()
    desk = Desk(hall)

    def found(request: Request, tenant_id: str) -> tuple[Tenant, Figures]:
        tenant = desk.tenant(tenant_id)
        desk.clerk(request, tenant)
        if tenant.pilot is None:
            raise HTTPException(404)
        now = hall.clock.now()
        count_ended(hall.store, hall.tenants, now)
        return tenant, read_figures(hall.store, tenant, tenant.pilot, now)

    @router.get("/{tenant_id}/amt/pilot")
    def report(request: Request, tenant_id: str) -> Response:
        tenant, seen = found(request, tenant_id)
        words = Words(hall.views.language(request))
        t = words.t
        labels = [day_label(week.monday) for week in seen.weeks]
        charts = [
            (t(f"feedback.{marks.question}"), marks_chart(marks.counts, t(f"feedback.{marks.question}"), _names(words)))
            for marks in seen.marks
            if marks.counts
        ]
        return desk.form(
            request,
            "pilot.html",
            tenant,
            clerk=desk.clerk(request, tenant),
            figures=seen,
            words=words,
            labels=labels,
            colours=COLOURS,
            weeks=weeks_chart(seen.weeks, t("pilot.weeks"), labels),
            charts=charts,
            names=_names(words),
            fewest=FEWEST_ANSWERS,
            day=day_label,
        )

    @router.get("/{tenant_id}/amt/pilot.pdf")
    def report_as_pdf(request: Request, tenant_id: str) -> Response:
        tenant, seen = found(request, tenant_id)
        lang = hall.views.language(request)
        data = report_pdf(tenant, seen, Words(lang), hall.clock.now().astimezone(tenant.zone).date())
        name = f"pilot-{tenant.id}.pdf"
        return Response(
            data, media_type="application/pdf", headers={"content-disposition": f'inline; filename="{name}"'}
        )

    @router.get("/hilfe")
    def help_page(request: Request, von: str = "") -> Response:
        direct = any(entry.split("/")[0] == von for entry in hall.settings.direct_path)
        return hall.views.page(request, "help.html", tenant=hall.tenants.get(von), words={"direct": direct})

    return router


def day_label(day: date) -> str:
    """Return a day as it stands under a bar."""
    return f"{day.day}.{day.month}."


def _names(words: Words) -> list[str]:
    return [words.t(f"feedback.mark_{mark}") for mark in MARKS]
