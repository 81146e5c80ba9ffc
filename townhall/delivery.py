"""The classes of trouble with mails that a clerk sees, from SMTP replies and enhanced status codes (RFC 3463)."""

import re
import smtplib

from townhall.errors import MailError

# Sentences: ``delivery.*`` in the locales.
REASONS = ("address", "mailbox", "mailbox-full", "too-large", "refused", "unreachable", "expired", "delayed", "other")
_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_BY_REPLY = {550: "address", 551: "address", 553: "address", 552: "mailbox-full", 554: "refused"}


def reason_of(status: str) -> str:
    """Return the class of an enhanced status code such as "5.1.1" (found anywhere in the text), "other" without one."""
    found = _ENHANCED.search(status)
    if found is None:
        return "other"
    match int(found[2]), int(found[3]):
        case (1, _):
            return "address"
        case (2, 2):
            return "mailbox-full"
        case (2, 3) | (3, 4):
            return "too-large"
        case (2, _):
            return "mailbox"
        case (4, 7):
            return "expired"
        case (3, _) | (4, _):
            return "unreachable"
        case (7, _):
            return "refused"
    return "other"


def smtp_trouble(error: OSError | smtplib.SMTPException) -> MailError:
    """Return what smtplib says as our own error: a reply 5xx is permanent (RFC 5321, 4.2.1), all else may pass."""
    code, text = 0, b""
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, text = next(iter(error.recipients.values()), (0, b""))
        case smtplib.SMTPResponseException():
            code, said = error.smtp_code, error.smtp_error
            text = said if isinstance(said, bytes) else said.encode()
    if code == 0:
        return MailError("The mail server cannot be reached or broke off.", reason="unreachable")
    reason = reason_of(text.decode("utf-8", "replace"))
    if reason == "other":
        reason = _BY_REPLY.get(code, "other")
    # Refusing the greeting or the connection is about the server as it is now, not about this mail.
    permanent = code // 100 == 5 and not isinstance(error, smtplib.SMTPConnectError | smtplib.SMTPHeloError)
    return MailError(f"The mail server answered {code}.", reason=reason, permanent=permanent)
