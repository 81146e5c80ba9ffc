"""What became of a mail: refused, put off, come back; and notifications from any server in the world."""

import queue
import smtplib
import socket
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.wait import wait_until
from townhall.bounces import return_path, take_bounce
from townhall.delivery import REASONS, reason_of, smtp_trouble
from townhall.dsn import Outcome, read_dsn
from townhall.invitations import Inviter
from townhall.language import sentences

ON_BOTH = True  # SQLite and PostgreSQL

words = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=":"), min_size=1, max_size=20)
actions = st.sampled_from(["failed", "delayed", "delivered", "relayed", "expanded"])
codes = st.builds(lambda a, b, c: f"{a}.{b}.{c}", st.sampled_from([2, 4, 5]), st.integers(0, 7), st.integers(0, 99))


def notification(*outcomes: tuple[str, str], about: str = "erika@example.org", end: str = "\r\n") -> bytes:
    """Return a notification as Postfix writes it."""
    fields = [["Reporting-MTA: dns; mail.example.org", "Arrival-Date: Sun, 22 Nov 2026 22:00:00 +0000"]]
    fields += [
        [f"Final-Recipient: rfc822; {about}", f"Action: {action}", f"Status: {status}", "Diagnostic-Code: smtp; 550"]
        for action, status in outcomes
    ]
    lines = [
        "From: MAILER-DAEMON@mail.example.org", "Subject: Undelivered Mail Returned to Sender", "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', "",
        "--b", "Content-Type: text/plain", "", "This is the mail system.", "",
        "--b", "Content-Type: message/delivery-status", "", *(line for group in fields for line in (*group, "")),
        "--b", "Content-Type: message/rfc822", "", "Subject: Ihr Termin", "", "Guten Tag", "", "--b--", "",
    ]  # fmt: skip
    return end.join(lines).encode()


@settings(deadline=None)
@given(st.lists(st.tuples(actions, codes), max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_notification_says_what_was_put_into_it(outcomes: list[tuple[str, str]], end: str) -> None:
    assert read_dsn(notification(*outcomes, end=end)) == [Outcome(*one) for one in outcomes]


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_an_error(raw: bytes) -> None:
    assert read_dsn(raw) == []


@settings(deadline=None)
@given(st.lists(st.tuples(actions, codes), min_size=1, max_size=3), st.data())
def test_notification_that_is_cut_or_damaged_is_read_without_an_error(
    outcomes: list[tuple[str, str]], data: st.DataObject
) -> None:
    raw = bytearray(notification(*outcomes))
    for _ in range(data.draw(st.integers(0, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    read_dsn(bytes(raw[: data.draw(st.integers(0, len(raw)))]))


@settings(deadline=None)
@given(st.text(max_size=60))
def test_every_status_has_a_reason_that_has_a_sentence(status: str) -> None:
    assert reason_of(status) in REASONS


def test_every_reason_has_its_sentence() -> None:
    assert {f"delivery.reason_{reason}" for reason in REASONS} <= sentences("de").keys()


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("5.1.1", "address"),
        ("550 5.2.2 mailbox full", "mailbox-full"),
        ("5.2.1", "mailbox"),
        ("552 5.3.4 too big", "too-large"),
        ("5.7.1", "refused"),
        ("4.4.7", "expired"),
        ("4.4.1", "unreachable"),
        ("5.0.0", "other"),
        ("nonsense", "other"),
    ],
)
def test_status_becomes_a_class_of_trouble(status: str, reason: str) -> None:
    assert reason_of(status) == reason


@pytest.mark.parametrize(
    ("error", "reason", "permanent"),
    [
        (smtplib.SMTPRecipientsRefused({"e@x.example": (550, b"5.1.1 unknown")}), "address", True),
        (smtplib.SMTPRecipientsRefused({"e@x.example": (450, b"4.2.1 greylisted")}), "mailbox", False),
        (smtplib.SMTPDataError(554, b"no"), "refused", True),
        (smtplib.SMTPConnectError(554, b"go away"), "refused", False),
        (smtplib.SMTPServerDisconnected("gone"), "unreachable", False),
        (ConnectionRefusedError(), "unreachable", False),
    ],
)
def test_refusal_is_for_ever_only_if_the_server_says_so(error: Any, reason: str, permanent: bool) -> None:
    trouble = smtp_trouble(error)
    assert (trouble.reason, trouble.permanent) == (reason, permanent)


def only_mail(town: Any) -> Any:
    (mail,) = town.hall.store.mails(town.appointment_ids())
    return mail


def sent(town: Any) -> Any:
    """Book for right now; return the mail as it stands in the outbox once it is sent."""
    town.log_in()
    town.book()
    town.post.next()
    Inviter(town.hall).send_due()
    mail = only_mail(town)
    town.hall.store.settle(
        mail.id, "sent", sent=town.hall.clock.now()
    )  # the post has it; the row may be a moment behind
    return mail


def state_in_list(town: Any) -> bool:
    page: str = town.client.get("/winterbach/amt/termine").text
    return 'data-invitation="bounced"' in page and "zurückgekommen" in page


def test_bounce_shows_in_the_list_with_its_reason(town: Any) -> None:
    mail = sent(town)
    address = return_path(mail, "winterbach.example")
    assert take_bounce(town.hall.store, address, notification(("failed", "5.1.1"))) == "bounced"
    assert state_in_list(town)
    page = town.client.get(f"/winterbach/amt/termine/{mail.appointment}").text
    assert 'data-state="bounced" data-reason="address"' in page
    assert "Die Adresse gibt es nicht." in page


def test_delay_is_shown_and_the_mail_stays_sent(town: Any) -> None:
    mail = sent(town)
    address = return_path(mail, "winterbach.example")
    assert take_bounce(town.hall.store, address, notification(("delayed", "4.4.1"))) == "sent"
    assert (
        'data-state="sent" data-reason="delayed"' in town.client.get(f"/winterbach/amt/termine/{mail.appointment}").text
    )


@pytest.mark.parametrize(
    "raw", [b"", b"Subject: Abwesenheit\r\n\r\nIch bin im Urlaub.", notification(("delivered", "2.1.5"))]
)
def test_answer_that_is_no_failure_changes_nothing(town: Any, raw: bytes) -> None:
    mail = sent(town)
    assert take_bounce(town.hall.store, return_path(mail, "winterbach.example"), raw) is None
    assert not state_in_list(town)


def test_return_path_that_mixes_two_appointments_is_refused(town: Any) -> None:
    mail = sent(town)
    for address in (
        f"bounce+{'0' * 16}-{mail.id}@winterbach.example",
        f"bounce+{mail.appointment}-{'0' * 16}@winterbach.example",
        f"bounce+{mail.appointment}@winterbach.example",
        "termine@winterbach.example",
        "",
    ):
        assert take_bounce(town.hall.store, address, notification(("failed", "5.1.1"))) is None
    assert not state_in_list(town)


def test_bounce_comes_in_by_smtp_and_nothing_else_does(start_town: Callable[..., Any]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    town = start_town(bounce_port=port)
    mail = sent(town)
    address = return_path(mail, "winterbach.example")
    with smtplib.SMTP("127.0.0.1", port, timeout=5) as server:
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            server.sendmail("", "termine@winterbach.example", b"Subject: x\r\n\r\ny")
        assert server.sendmail("", address, notification(("failed", "5.2.2"))) == {}
    assert only_mail(town).state == "bounced"
    assert only_mail(town).reason == "mailbox-full"
    assert '"event": "bounce", "state": "bounced"' in town.log()
    assert "erika" not in town.log()


def test_mails_envelope_names_the_appointment_only_where_bounces_are_taken_in(
    start_town: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    town = start_town()
    used: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def send(mail: EmailMessage, return_path: str | None = None) -> None:
        used.put(return_path)

    monkeypatch.setattr(town.hall.mailer, "send", send)
    town.log_in()
    town.book()  # the town hall sends what is due by itself, in its own time
    assert used.get(timeout=60) is None


def test_address_the_mail_server_will_not_take_is_shown_and_not_tried_again(
    town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("townhall.invitations._RETRY_SECONDS", 0.0)
    tries = []

    def send(mail: EmailMessage, return_path: str | None = None) -> None:
        tries.append(mail["Message-ID"])
        raise smtp_trouble(smtplib.SMTPRecipientsRefused({"e@x.example": (550, b"5.1.1 unknown user")}))

    monkeypatch.setattr(town.hall.mailer, "send", send)
    town.log_in()
    town.book()
    wait_until(lambda: only_mail(town).state == "failed", "The refusal", 60)
    for _ in range(3):
        Inviter(town.hall).send_due()
    assert len(tries) == 1
    assert (only_mail(town).state, only_mail(town).reason) == ("failed", "address")
    assert "nicht zustellbar" in town.client.get("/winterbach/amt/termine").text
