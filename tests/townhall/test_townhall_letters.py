"""The mails to citizens: whatever the booking form takes can be written, sent and read again."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from townhall.appointing import ascii_address, good_name
from townhall.language import LANGUAGES
from townhall.mail import Letter
from townhall.schedule import day_before, mails_after
from townhall.store import Appointment, Mail
from townhall.tenants import load_tenants
from townhall.views import Views

TENANTS = load_tenants()
BERLIN = ZoneInfo("Europe/Berlin")
KINDS = ("confirmation", "reminder", "invitation", "rebooking", "cancellation")
names = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=100).map(str.strip).filter(good_name)
atoms = st.text(st.sampled_from("abcXYZ019!#$%&'*+/=?^_`{|}~-"), min_size=1, max_size=12)
addresses = st.builds(lambda local, domain: f"{local}@{domain}", st.lists(atoms, min_size=1, max_size=3).map(".".join),
                      st.sampled_from(["example.org", "müller.example", "a-b.c.example"]))  # fmt: skip


def appointment(**changes: object) -> Appointment:
    start = datetime(2021, 2, 10, 17, 30, tzinfo=UTC)
    plain: dict[str, object] = {
        "id": "0123456789abcdef", "tenant": "winterbach", "clerk": "haug", "service": "kita",
        "name": "Erika Mustermann", "email": "erika@example.org", "lang": "de",
        "start": start, "end": start + timedelta(minutes=30),
        "kind": "video", "sequence": 0, "link_version": 0,
    }  # fmt: skip
    return Appointment(**(plain | changes))


def written(one: Appointment, kind: str) -> EmailMessage:
    """Return the mail as its receiver gets it."""
    mail = Mail(id="fedcba9876543210", appointment=one.id, kind=kind)
    link = "http://localhost/t/secret" if kind == "invitation" else ""
    letter = Letter(mail, one, TENANTS[one.tenant], link).compose(datetime.now(UTC), Views(None).templates)
    read = message_from_bytes(letter.as_bytes(), policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


@settings(deadline=None, max_examples=60)
@given(names, addresses, st.sampled_from(KINDS), st.sampled_from(LANGUAGES), st.sampled_from(["video", "counter"]))
def test_whatever_the_form_takes_can_be_written_and_read(name: str, typed: str, kind: str, lang: str, way: str) -> None:
    address = ascii_address(typed)
    assert address is not None
    mail = written(appointment(name=name, email=address, lang=lang, kind=way), kind)
    assert [one.addr_spec for one in mail["To"].addresses] == [address]
    (entry,) = [part.get_content() for part in mail.iter_attachments()]
    (event,) = Calendar.from_ical(entry).walk("VEVENT")
    assert str(event["attendee"]).removeprefix("mailto:") == address
    assert "secret" not in entry


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", ["video", "counter"])
def test_link_stands_in_the_invitation_and_nowhere_else(kind: str, way: str) -> None:
    text = written(appointment(kind=way), kind).as_string()
    assert ("/t/secret" in text) is (kind == "invitation")


def test_same_mail_has_the_same_message_id_each_time() -> None:
    one = appointment()
    assert written(one, "invitation")["Message-ID"] == written(one, "invitation")["Message-ID"]


moments = st.integers(1_577_836_800, 1_893_456_000).map(
    lambda seconds: datetime.fromtimestamp(seconds // 300 * 300, UTC)
)


@settings(deadline=None)
@given(moments)
def test_reminder_is_at_the_same_time_of_day(start: datetime) -> None:
    due = day_before(start, BERLIN)
    local, before = start.astimezone(BERLIN), due.astimezone(BERLIN)
    assert local.date() - before.date() == timedelta(days=1)
    if local.hour != 2:  # between two and three there is a night without that time
        assert before.time() == local.time()


@settings(deadline=None)
@given(moments, st.timedeltas(min_value=timedelta(minutes=-10), max_value=timedelta(days=20)))
def test_every_appointment_has_one_invitation_and_no_mail_that_comes_too_late(now: datetime, ahead: timedelta) -> None:
    one = appointment(start=now + ahead, end=now + ahead + timedelta(minutes=30))
    mails = mails_after("confirmation", one, BERLIN, now)
    assert [mail.kind for mail in mails].count("invitation") == 1
    assert all(mail.due < mail.until for mail in mails)
    assert all(mail.due >= now for mail in mails if mail.kind != "invitation")
    if ahead <= timedelta(minutes=5):
        assert [mail.kind for mail in mails] == ["invitation"]
