"""Reads delivery status notifications (RFC 3464): the mails that say what became of a mail."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message


@dataclass(frozen=True)
class Outcome:
    """What a notification says about one recipient: ``action`` is failed, delayed, delivered, relayed or expanded."""

    action: str
    status: str


def read_dsn(raw: bytes) -> list[Outcome]:
    """Return the outcomes that a mail reports, one a recipient; empty for a mail that is no notification.

    Never raises: a bounce comes from any server in the world.
    """
    try:
        # compat32 leaves heads as they are; the newer policies parse them, and stumble over some.
        message = message_from_bytes(raw, policy=policy.compat32)
        parts = [part for part in message.walk() if part.get_content_type() == "message/delivery-status"]
        return [outcome for part in parts for block in _blocks(part) if (outcome := _outcome(block)) is not None]
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return []


def _blocks(part: Message) -> list[Message]:
    """Return the groups of fields of a delivery status, which the parser gives as messages within it."""
    payload = part.get_payload()
    return [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []


def _outcome(fields: Message) -> Outcome | None:
    action, status = fields.get("Action"), fields.get("Status")
    if action is None:
        return None  # the group about the whole message
    words = str(action).split()
    # A comment may follow the code: "5.1.1 (bad destination mailbox address)".
    return Outcome(words[0].lower() if words else "", (str(status or "").split() or [""])[0])
