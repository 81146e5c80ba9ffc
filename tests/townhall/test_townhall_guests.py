"""Third persons: invited by the clerk, let in by name, and nobody else by the same door."""

import json
import re
from email.message import EmailMessage
from typing import Any

import pytest
from websockets.sync.client import connect

from tests.townhall.browser_side import Browser, Dial
from townhall.errors import MailError

ON_BOTH = True  # SQLite and PostgreSQL

NAME, EMAIL = "Ayşe Yılmaz", "dolmetschen@example.org"


def invite(town: Any, appointment: str, **changes: str) -> Any:
    path = f"/winterbach/amt/termine/{appointment}/gast"
    form = {"name": NAME, "email": EMAIL, "lang": "en", "csrf": town.csrf(path)}
    return town.client.post(path, data=form | changes)


def link(town: Any) -> tuple[str, str]:
    mail = town.post.next()
    found = re.search(r"http://\S+?(/t/gast-\S+)", mail.get_content())
    assert found is not None
    return found[1], str(mail)


def guest_socket(town: Any, appointment: str, role: str = "guest") -> Any:
    cookie = "; ".join(f"{one.name}={one.value}" for one in town.client.cookies.jar if one.name == "gast")
    url = f"{town.address.replace('http', 'ws')}/api/call/{appointment}/ws?role={role}"
    return connect(url, additional_headers={"cookie": cookie})


def test_guest_has_a_link_of_their_own_and_waits_under_their_name(town: Any, dial: Dial, appointment: str) -> None:
    assert f"Die Einladung an {NAME} ist versandt." in invite(town, appointment).text
    path, mail = link(town)
    assert "Kita" not in mail
    assert "Erika" not in mail
    page = town.client.get(path).text
    assert 'data-role="guest"' in page
    with dial("clerk") as clerk, guest_socket(town, appointment) as socket:
        guest = Browser(socket)
        clerk.join()
        guest.knock()
        assert clerk.hear() == {"type": "knock", "pid": guest.pid, "role": "guest", "name": NAME}
        clerk.say("admit", pid=guest.pid)
        assert guest.hear("type", "role", "name") == ("welcome", "guest", NAME)
    assert path.removeprefix("/t/") not in town.log()
    assert NAME not in json.dumps(town.log(), ensure_ascii=False)


def test_guests_cookie_opens_no_other_role_and_no_other_call(town: Any, appointment: str) -> None:
    invite(town, appointment)
    town.client.get(link(town)[0])
    town.book()
    other = next(one for one in town.appointment_ids() if one != appointment)
    for identifier, role in ((appointment, "citizen"), (appointment, "clerk"), (other, "guest")):
        with guest_socket(town, identifier, role) as socket:
            stranger = Browser(socket)
            stranger.say("join", resume=None)
            assert stranger.hear("code") == ("refused",)


def test_new_invitation_takes_the_place_of_the_old(town: Any, appointment: str) -> None:
    invite(town, appointment)
    old = link(town)[0]
    town.client.get(old)
    invite(town, appointment, email="other@example.org")
    assert town.client.get(old).status_code == 404
    with guest_socket(town, appointment) as socket:
        former = Browser(socket)
        former.say("join", resume=None)
        assert former.hear("code") == ("refused",)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "Bitte geben Sie einen Namen mit höchstens 100 Zeichen ein."),
        ({"email": "nobody"}, "Bitte geben Sie eine gültige E-Mail-Adresse ein."),
        ({"lang": "fr"}, "Bitte geben Sie eine gültige E-Mail-Adresse ein."),
    ],
)
def test_wrong_entry_has_its_sentence(town: Any, appointment: str, changes: dict[str, str], sentence: str) -> None:
    answer = invite(town, appointment, **changes)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_mail_that_cannot_be_sent_invites_nobody(town: Any, appointment: str) -> None:
    town.post.refuse = True
    assert "konnte nicht versandt werden" in invite(town, appointment).text


def path_in(mail: EmailMessage) -> str:
    found = re.search(r"/t/gast-\S+", str(mail.get_content()))
    assert found is not None
    return found[0]


def test_link_opens_the_moment_its_mail_is_handed_over(
    town: Any, appointment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[int] = []

    def send(mail: EmailMessage) -> None:
        opened.append(town.client.get(path_in(mail)).status_code)

    monkeypatch.setattr(town.hall.mailer, "send", send)
    invite(town, appointment)
    assert opened == [200]


def test_link_that_was_not_sent_opens_nothing_and_the_former_still_opens(
    town: Any, appointment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    invite(town, appointment)
    former, unsent = link(town)[0], ""

    def send(mail: EmailMessage) -> None:
        nonlocal unsent
        unsent = path_in(mail)
        raise MailError("refused")

    monkeypatch.setattr(town.hall.mailer, "send", send)
    invite(town, appointment, email="other@example.org")
    assert [town.client.get(path).status_code for path in (unsent, former)] == [404, 200]


def test_running_call_invites_without_leaving_its_page(town: Any, appointment: str) -> None:
    town.client.headers["accept"] = "application/json"
    answer = invite(town, appointment).json()
    assert answer == {"done": True, "sentence": f"Die Einladung an {NAME} ist versandt."}


def test_form_without_token_or_of_another_town_hall_is_refused(town: Any, appointment: str) -> None:
    assert invite(town, appointment, csrf="x").status_code == 403
    town.log_in("kernen", "maier")
    for tenant, status in (("winterbach", 403), ("kernen", 404)):
        assert town.client.get(f"/{tenant}/amt/termine/{appointment}/gast").status_code == status
