"""Both programs as the operator starts them: the ready line, a clean end, and one sentence when something is wrong."""

import email
import email.policy
import signal
import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest

from townhall.__main__ import main


@contextmanager
def started(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start ``python -m townhall …`` and give its ready line; end it if the test did not."""
    command = [sys.executable, "-m", "townhall", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            lines = iter(process.stdout.readline, "")
            yield process, next(line.strip() for line in lines if line.startswith("ready "))
        finally:
            process.terminate()
            process.communicate()


def test_service_says_when_it_is_ready_and_ends_cleanly(tmp_path: Path) -> None:
    settings = f'port = 0\ndatabase_url = "sqlite:///{tmp_path}/town.db"\nlog_file = "{tmp_path}/log"\n'
    (tmp_path / "town.toml").write_text(settings)
    with started("serve", "--config", str(tmp_path / "town.toml"), "--clerk-password", "x") as (process, ready):
        address = ready.removeprefix("ready ")
        assert httpx.get(f"{address}/healthz").text == "ok\n"
        assert "server" not in httpx.get(address).headers
        process.send_signal(signal.SIGTERM)
        out, error = process.communicate(timeout=20)
    assert (process.returncode, out, error) == (0, "", "")
    assert '"event": "stopped"' in (tmp_path / "log").read_text()


def test_made_up_password_is_told_once(tmp_path: Path) -> None:
    arguments = ("serve", "--port", "0", "--database-url", f"sqlite:///{tmp_path}/town.db")
    told = []
    for _ in range(2):
        command = [sys.executable, "-m", "townhall", *arguments]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            assert process.stdout is not None
            lines: list[str] = []
            while not lines or not lines[-1].startswith("ready "):
                lines.append(process.stdout.readline())
            told.append(lines[:-1])
            process.terminate()
            process.communicate()
    assert len(told[0]) == 1
    assert told[0][0].startswith("clerk password ")
    assert told[1] == []


def test_mail_sink_keeps_each_mail_as_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "mails"
    with started("mailsink", "--dir", str(folder)) as (process, ready):
        host, port = ready.removeprefix("ready smtp://").split(":")
        for subject in ("one", "zwei ü"):
            mail = EmailMessage()
            mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", subject
            mail.set_content(".\n.. dots\n")
            with smtplib.SMTP(host, int(port)) as server:
                server.send_message(mail)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
    assert process.returncode == 0
    kept = sorted(folder.iterdir())
    assert [path.name[:4] + path.suffix for path in kept] == ["0001.eml", "0002.eml"]
    mails = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in kept]
    assert [mail["Subject"] for mail in mails] == ["one", "zwei ü"]
    assert mails[0].get_content() == ".\r\n.. dots\r\n"


@pytest.mark.parametrize("command", [["serve"], ["mailsink", "--dir", "mails"]])
def test_port_in_use_is_one_sentence(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main([*command, "--port", port]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert port in error
    assert "ddress already in use" in error
    assert error.endswith("): choose another one with --port.\n")


def test_log_file_that_cannot_be_written_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--log-file", str(tmp_path / "missing" / "log")]) == 2
    assert capsys.readouterr().err.endswith("/missing/log cannot be written: No such file or directory.\n")
