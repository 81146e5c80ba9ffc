"""The mails that a deployment's people get, with the calendar entry they carry (RFC 5545, RFC 5546)."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from icalendar import Calendar

from harness.model.errors import TargetError

_LINK = re.compile(r"https?://[^\s\"<>]+/t/[^\s\"<>]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A calendar entry: METHOD, UID, SEQUENCE, DTSTART (aware), STATUS and LOCATION."""

    method: str
    uid: str
    sequence: int
    start: datetime
    status: str
    place: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail: ``text`` is its plain part, ``links`` are those to a call found in any part, the entry's included."""

    sender: str
    subject: str
    text: str
    links: tuple[str, ...]
    entry: Entry | None


def letters_to(address: str, mails: Path) -> list[Letter]:
    """The mails to an address (ASCII) in a folder of .eml files, in the order of the files' names."""
    raws = (file.read_bytes() for file in sorted(mails.glob("*.eml")))
    # Most mails are another's: only those that name the address are taken apart.
    messages = (message_from_bytes(raw, policy=policy.default) for raw in raws if address.encode() in raw)
    return [letter_of(message) for message in messages if address in str(message["To"])]


def letter_of(message: EmailMessage) -> Letter:
    """Takes a mail apart. Raises ``TargetError`` where its calendar entry is none."""
    texts = {
        part.get_content_type(): _text(part) for part in message.walk() if not part.is_multipart()
    }  # one of each type
    links = {link for text in texts.values() for link in _LINK.findall(text)}
    calendar = texts.get("text/calendar")
    return Letter(
        sender=str(message["From"]),
        subject=str(message["Subject"]),
        text=texts.get("text/plain", ""),
        links=tuple(sorted(links)),
        entry=entry_of(calendar) if calendar is not None else None,
    )


def entry_of(text: str) -> Entry:
    """Reads a VCALENDAR with one VEVENT. Raises ``TargetError`` for anything else."""
    try:
        calendar = Calendar.from_ical(text)
        (event,) = calendar.walk("VEVENT")
        start = event.decoded("dtstart")
        if not isinstance(start, datetime) or start.tzinfo is None:
            raise ValueError("DTSTART is no point in time")
        return Entry(
            method=str(calendar["method"]),
            uid=str(event["uid"]),
            sequence=int(event.get("sequence", 0)),
            start=start,
            status=str(event.get("status", "")),
            place=str(event.get("location", "")),
        )
    except (ValueError, KeyError) as error:
        raise TargetError(f"The calendar entry of a mail cannot be read: {error}.") from error


def _text(part: EmailMessage) -> str:
    """The content of a part, transfer encoding undone; long lines of a calendar joined (RFC 5545, 3.1)."""
    content = part.get_content()
    text = content if isinstance(content, str) else bytes(content).decode("utf-8", "replace")
    return re.sub(r"\r?\n[ \t]", "", text) if part.get_content_type() == "text/calendar" else text
