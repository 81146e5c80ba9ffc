"""Mails are read as people's mail programs read them: a link or a calendar entry must not be overlooked."""

from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from harness.model.errors import TargetError
from harness.targets.letters import entry_of, letter_of, letters_to

LINK = f"https://rathaus.example/t/{'a' * 43}"
ENTRY = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1@rathaus.example\r\n"
    "SEQUENCE:2\r\nDTSTART:20261126T080000Z\r\nSTATUS:CONFIRMED\r\nLOCATION:Marktplatz\r\nDESCRIPTION:{text}\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def mail(text: str = "Guten Tag", html: str = "<p>Guten Tag</p>", calendar: str = "") -> EmailMessage:
    message = EmailMessage()
    message["To"] = "Karla Kalender <karla@example.org>"
    message["Subject"] = "Ihr Termin"
    message.set_content(text, cte="base64")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    if calendar:
        message.add_attachment(calendar.encode(), "text", "calendar")
    return message


def test_entry_is_read() -> None:
    entry = letter_of(mail(calendar=ENTRY.format(text=""))).entry
    assert entry is not None
    assert (entry.method, entry.uid, entry.sequence, entry.status) == ("REQUEST", "1@rathaus.example", 2, "CONFIRMED")
    assert entry.start == datetime(2026, 11, 26, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "hidden",
    [
        mail(text=f"Hier: {LINK}"),
        mail(html=f'<a href="{LINK}">{"Zum Termin " * 9}</a>'),
        mail(calendar=ENTRY.format(text=f"{LINK[:30]}\r\n {LINK[30:]}")),
    ],
    ids=["in base64", "in quoted-printable", "folded in the calendar entry"],
)
def test_link_is_found_in_every_part(hidden: EmailMessage) -> None:
    assert letter_of(hidden).links == (LINK,)


@pytest.mark.parametrize(
    "broken",
    [
        "nonsense",
        ENTRY.format(text="").replace("UID:1@rathaus.example\r\n", ""),
        ENTRY.format(text="").replace("20261126T080000Z", "20261126T080000"),
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n",
    ],
    ids=["no calendar", "no UID", "no time zone", "no event"],
)
def test_broken_entry_is_an_error_in_one_sentence(broken: str) -> None:
    with pytest.raises(TargetError, match=r"^The calendar entry of a mail cannot be read: .*\.$"):
        entry_of(broken)


def test_only_the_receiver_gets_a_mail(tmp_path: Path) -> None:
    (tmp_path / "0002-b.eml").write_bytes(mail("zweite").as_bytes())
    (tmp_path / "0001-a.eml").write_bytes(mail("erste").as_bytes())
    other = mail("karla@example.org hat gebucht")
    other.replace_header("To", "amt@example.org")
    (tmp_path / "0003-c.eml").write_bytes(other.as_bytes())
    assert [letter.text.strip() for letter in letters_to("karla@example.org", tmp_path)] == ["erste", "zweite"]
