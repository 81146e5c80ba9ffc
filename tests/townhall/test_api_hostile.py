"""Every route of the town hall under generated requests, as each municipality's clerk and as nobody.

Two things must never happen: an answer of the 5xx kind, and one municipality's clerk reading or changing what is the
other's. Path parameters are drawn from what really exists on either side, so that most requests reach the code behind
the checks; half the forms carry a right CSRF token. The requests are generated once and sent by everybody.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok
from sqlalchemy import select

from tests.townhall.conftest import PASSWORD, Town, invitation_path
from townhall.app import build_pages
from townhall.janus import Janus
from townhall.store import Appointment

ON_BOTH = True  # SQLite and PostgreSQL

CITIZENS = {"winterbach": "Zitronella Winterfeld", "kernen": "Kunigunde Kernbeisser"}
CLERKS = {"winterbach": "haug", "kernen": "maier"}
NOBODY = "nobody"
EXAMPLES = 8  # requests an operation and a person
UNASKED = (
    "/{tenant_id}/amt/abmelden",  # who has logged out asks nothing more
    "/health",  # 503 is its way to say that a part is missing, and the scripted media server knows no ping
)


@dataclass
class Side:
    """One municipality: its clerk's session, its appointment, and the path of its citizen's link."""

    tenant: str
    session: requests.Session
    appointment: str
    link: str


def clerk_at(town: Town, tenant: str) -> Side:
    """Log the clerk in, book, and take the invitation's link from the mail."""
    town.client.cookies.clear()
    town.log_in(tenant, CLERKS[tenant])
    assert town.book(tenant, name=CITIZENS[tenant]).status_code == 303
    link = ""
    while not link:
        mail = town.post.next()
        body = mail.get_body(("plain",))
        link = invitation_path(mail) if body and re.search(r"/t/\S+", body.get_content()) else ""
    session = stranger()
    session.cookies.update({cookie.name: cookie.value or "" for cookie in town.client.cookies.jar})
    return Side(tenant, session, town.appointment_ids(tenant)[0], link)


def pools(sides: dict[str, Side]) -> dict[str, st.SearchStrategy[str]]:
    """What path parameters are drawn from: either side's own, and anything."""
    anything = st.text("abcxyz0189-_.%ü", min_size=1, max_size=12)
    tokens = [side.link.rsplit("/", 1)[1] for side in sides.values()]
    return {
        "tenant_id": st.sampled_from(list(sides)) | anything,
        "appointment_id": st.sampled_from([side.appointment for side in sides.values()]) | anything,
        "token": st.sampled_from(tokens) | anything,
    }


def operations(town: Town) -> list[Any]:
    """Every operation of the application's own schema."""
    pages = build_pages(town.hall, Janus("ws://127.0.0.1:9", "", lambda: None))
    schema = schemathesis.openapi.from_dict(pages.openapi())
    found = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    return [each for each in found if not each.path.startswith(UNASKED)]


def form_token(town: Town, side: Side) -> str:
    """The token of the forms of a clerk's session."""
    page = side.session.get(f"{town.address}/{side.tenant}/amt/termine/neu", timeout=10).text
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    return found[1] if found else ""


@dataclass
class Request:
    """A generated request: with the path parameters of each person, and perhaps with the token of their forms."""

    case: Any
    parameters: dict[str, dict[str, Any]]
    token: bool


def generated(operation: Any, drawn: dict[str, dict[str, st.SearchStrategy[str]]]) -> list[Request]:
    """What everybody asks of one operation; ``drawn`` are the path parameters by person."""
    made: list[Request] = []

    @given(case=operation.as_strategy(), data=st.data())
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def requests_of(case: Any, data: st.DataObject) -> None:
        parameters = {
            person: {
                name: data.draw(own[name]) if name in own else value for name, value in case.path_parameters.items()
            }
            for person, own in drawn.items()
        }
        made.append(Request(case, parameters, data.draw(st.booleans())))

    requests_of()
    return made


def ask(town: Town, asked: list[Request], person: str, side: Side | None, others: Iterable[str]) -> int:
    """Send the requests to one operation as a person; return how many were answered."""
    token = form_token(town, side) if side else ""
    for each in asked:
        case = each.case
        case.path_parameters = each.parameters[person]
        if isinstance(case.body, dict) and "csrf" in case.body and each.token:
            case.body["csrf"] = token
        session = side.session if side else stranger()
        response = case.call(base_url=town.address, session=session, allow_redirects=False, timeout=10)
        assert response.status_code < 500, case.as_curl_command()
        read = [other for other in others if CITIZENS[other].encode() in response.content]
        assert not read, f"{person} read {read}: {case.as_curl_command()}"
    return len(asked)


def stranger() -> requests.Session:
    """A browser that has never been here, and looks for no proxies: that takes as long as a request."""
    session = requests.Session()
    session.trust_env = False
    return session


def appointments_of(town: Town, tenant: str) -> list[tuple[str, str, str, bool]]:
    """What the database holds of a municipality's appointments."""
    with town.hall.store.session() as session:
        found = session.scalars(select(Appointment).where(Appointment.tenant == tenant).order_by(Appointment.id))
        return [(one.id, one.name, one.start.isoformat(), one.cancelled) for one in found]


def test_no_generated_request_breaks_the_town_hall_or_crosses_to_another(start_town: Callable[..., Town]) -> None:
    town = start_town(clerk_password=PASSWORD)
    sides = {tenant: clerk_at(town, tenant) for tenant in CLERKS}
    everything = pools(sides)
    # The other side's link is a right of its own: whoever holds it may read its appointment. Here nobody does.
    drawn = {
        tenant: everything | {"token": st.sampled_from([side.link.rsplit("/", 1)[1]]) | everything["appointment_id"]}
        for tenant, side in sides.items()
    } | {NOBODY: {name: strategy for name, strategy in everything.items() if name != "token"}}
    asked = [generated(operation, drawn) for operation in operations(town)]
    answered = 0
    for tenant, other in (("winterbach", "kernen"), ("kernen", "winterbach")):
        before = appointments_of(town, other)
        answered += sum(ask(town, each, tenant, sides[tenant], [other]) for each in asked)
        assert appointments_of(town, other) == before, f"a clerk of {tenant} changed an appointment of {other}"
    all_before = [appointments_of(town, tenant) for tenant in CITIZENS]
    answered += sum(ask(town, each, NOBODY, None, CITIZENS) for each in asked)
    assert [appointments_of(town, tenant) for tenant in CITIZENS] == all_before, "nobody changed an appointment"
    assert answered > 10 * len(asked)
