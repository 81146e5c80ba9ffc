"""Bad input gets one sentence with the mend, exit code 2, and no traceback."""

import sys
from pathlib import Path

import pytest

from harness.cli import __main__ as command_line


def said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    monkeypatch.setattr(sys, "argv", ["pruefstand", *arguments])
    with pytest.raises(SystemExit) as ended:
        command_line.main()
    assert ended.value.code == 2
    error = capsys.readouterr().err
    assert "Traceback" not in error
    return " ".join(error.split())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("verify", "--flaw", "nonsense"), "There is no flaw 'nonsense': use one of plain-media, plain-audio,"),
        (
            ("verify", "--target", "rathaus"),
            "There is no target 'rathaus': use one of townhall, or the path of a profile",
        ),
        (("verify", "--target", "no.toml"), "The profile no.toml cannot be read (No such file or directory)"),
        (("verify", "--only", "E99"), "E99"),
        (("judge", "nowhere"), "nowhere is not a run folder: it holds no run.json."),
        (("report", "nowhere"), "nowhere is not a run folder: it holds no run.json."),
        (("serve", "--flaw", "nonsense"), "There is no flaw 'nonsense'"),
        (("capacity", "--target", "jitsi"), "Bots cannot be brought to jitsi: what is missing is how they book"),
        (("capacity", "--mails", "."), "--mails belongs to a town hall that somebody else runs: name it, too (--url)."),
        (("capacity", "--url", "rathaus"), "--url rathaus is no town hall's address: give it as https://HOST"),
        (("capacity", "--url", "http://h"), "name the folder in which its mails arrive (--mails)."),
        (("verify", "--browser", "lynx"), "Invalid value for '--browser'"),
    ],
)
def test_sentence(
    arguments: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sentence in said(capsys, monkeypatch, *arguments)


@pytest.mark.parametrize(
    ("profile", "sentence"),
    [
        ("name = ", "is not TOML"),
        ('name = "x"\nbase_url = "no url"\nclerk_password = "p"\nclerks = {}\n', "is wrong at 'base_url'"),
        ('name = "../x"\nbase_url = "http://h"\nclerk_password = "p"\nclerks = {}\n', "is wrong at 'name'"),
        ('name = "x"\nbase_url = "http://h"\nclerk_password = "p"\nclerks = {}\nextra = 1\n', "is wrong at 'extra'"),
        ('name = "x"\nbase_url = "http://h"\nclerks = {}\n', "is wrong at 'clerk_password'"),
    ],
)
def test_wrong_profile_is_named_with_its_field(
    profile: str,
    sentence: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "profile.toml"
    file.write_text(profile)
    assert sentence in said(capsys, monkeypatch, "verify", "--target", str(file))


def test_flaw_with_a_foreign_target_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "profile.toml"
    file.write_text('name = "x"\nbase_url = "http://h"\nclerk_password = "p"\nclerks = {}\n')
    words = said(capsys, monkeypatch, "verify", "--target", str(file), "--flaw", "plain-media")
    assert "The target x takes no seeded flaws: leave --flaw out." in words
