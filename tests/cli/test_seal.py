"""``seal`` and ``verify-seal`` as they are typed: what they say, and their exit codes."""

import json
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from harness.cli import __main__ as command_line
from tests.reports.samples import run_info
from tests.reports.seal.samples import MOMENT, ROOT, run_folder


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def run(tmp_path: Path) -> Path:
    folder = run_folder(tmp_path / "run", **(run_info() | {"format": 1, "checks": ["T01"], "lang": "en"}))
    (folder / "evidence" / "records.jsonl").write_text(
        '{"id":"r00001","at":1.0,"seen":{"kind":"tap","vantage":"sfu","state":"failed","reason":"karin@winterbach.de"}}\n'
    )
    return folder


def call(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: object
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["pruefstand", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        command_line.main()
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return int(ended.value.code or 0), said.out, said.err


def test_sealed_bundled_verified_changed_refused(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle, public = tmp_path / "out" / "run.zip", tmp_path / "key.pem"
    code, said, _ = call(capsys, monkeypatch, "seal", run, "--bundle", bundle)
    assert code == 0
    assert "taken out of evidence/records.jsonl: 1 x mail address" in said
    assert "This run did not look for its own keys and passwords when it ended" in said
    assert "karin" not in (run / "report.html").read_text() + (run / "evidence" / "records.jsonl").read_text()
    made = ("summary.md", "badge.svg", "metrics.prom", "results.sarif", "gl-code-quality-report.json", "junit.xml")
    with zipfile.ZipFile(bundle) as archive:
        assert all(b"winterbach.de" not in archive.read(name) for name in made)
    code, key, _ = call(capsys, monkeypatch, "seal", "--public-key")
    assert key.startswith("-----BEGIN PUBLIC KEY-----\n")
    public.write_text(key)
    for what in (run, bundle):
        assert call(capsys, monkeypatch, "verify-seal", what, "--key", public)[0] == 0
        alone = [sys.executable, "-I", str(ROOT / "docs" / "verify_seal.py"), str(what), str(public)]
        assert subprocess.run(alone, capture_output=True, check=False).returncode == 0
    report = (run / "report.html").read_bytes()
    (run / "report.html").write_bytes(report.replace(b"<", b"{", 1))
    code, said, _ = call(capsys, monkeypatch, "verify-seal", run, "--lang", "de")
    assert (code, said.splitlines()[-1]) == (1, "- report.html: geändert")
    alone = [sys.executable, "-I", str(ROOT / "docs" / "verify_seal.py"), str(run), str(public)]
    done = subprocess.run(alone, capture_output=True, check=False, text=True)
    assert (done.returncode, done.stdout.splitlines()[0]) == (1, "report.html: changed")


def test_sealing_twice_binds_the_same_files(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harness.cli.seal.datetime", Frozen)
    for name in ("one.zip", "two.zip"):
        assert call(capsys, monkeypatch, "seal", run, "--bundle", tmp_path / name)[0] == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


class Frozen:
    """A clock that stands."""

    @staticmethod
    def now(zone: object) -> object:
        return MOMENT


def test_the_machines_key_is_its_owners_alone(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call(capsys, monkeypatch, "seal", run)[0] == 0
    file = tmp_path / "data" / "pruefstand" / "seal-key.pem"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    kept = file.read_bytes()
    assert call(capsys, monkeypatch, "seal", run)[0] == 0
    assert file.read_bytes() == kept


def test_passwords_of_a_file_are_blotted_out_and_the_reports_written_anew(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secrets").write_text("glass-clerk-pass\n")
    (run / "evidence" / "winterbach-1" / "empty.frames").write_bytes(b"xxglass-clerk-passxx")
    code, said, _ = call(capsys, monkeypatch, "seal", run, "--secrets", tmp_path / "secrets")
    assert code == 0
    assert "1 keys and passwords of the run looked for, 1 places blotted out" in said
    assert (run / "evidence" / "winterbach-1" / "empty.frames").read_bytes() == b"xx" + b"*" * 16 + b"xx"
    assert json.loads((run / "redactions.json").read_text())["swept"]["secrets"] == 1


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_printed_report_from_before_the_redaction_is_made_anew(
    lang: str, run: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = run / "report.pdf"
    call(capsys, monkeypatch, "report", run, "--lang", lang)
    telling = printed.read_bytes()
    assert "made anew" not in call(capsys, monkeypatch, "seal", run)[1]
    call(capsys, monkeypatch, "report", run, "--lang", lang)
    silent = printed.read_bytes()
    assert silent != telling
    printed.write_bytes(telling)  # as where sealing was stopped between the records and the reports
    code, said, _ = call(capsys, monkeypatch, "seal", run)
    assert code == 0
    assert "report.pdf was not what the evidence gives: made anew" in said
    assert printed.read_bytes() == silent
    assert "made anew" not in call(capsys, monkeypatch, "seal", run)[1]


def test_a_printed_report_that_the_bench_does_not_make_is_not_sealed(
    run: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    call(capsys, monkeypatch, "seal", run)
    info = json.loads((run / "run.json").read_text())
    (run / "run.json").write_text(json.dumps(info | {"quality": {}}))
    code, _, error = call(capsys, monkeypatch, "seal", run)
    assert (code, "report.pdf is none of this run's reports" in " ".join(error.split())) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("seal",), "Name the run folder to be sealed, or --public-key."),
        (("seal", "nowhere"), "nowhere is not a run folder: it holds no run.json."),
        (("seal", "RUN", "--key", "nowhere.pem"), "The key nowhere.pem cannot be read (No such file or directory)."),
        (("seal", "RUN", "--key", "RUN/run.json"), "holds no private key: openssl genpkey -algorithm ed25519"),
        (("seal", "RUN", "--bundle", "RUN/x.zip"), "The bundle would lie in the run that it holds"),
        (("seal", "RUN", "--secrets", "nowhere"), "nowhere cannot be read"),
        (("seal", "RUN", "--timestamp-url", "ftp://x"), "ftp://x is no address of a time-stamp authority"),
        (("verify-seal", "RUN"), "Name the public key of whoever sealed it with --key"),
        (("verify-seal", "RUN", "--key", "RUN/run.json"), "holds no public key"),
        (("verify-seal", "nowhere", "--key", "KEY"), "nowhere is neither a run folder nor a bundle."),
        (("verify-seal", "RUN", "--key", "KEY"), "is not sealed: it holds no seal.dsse.json."),
    ],
)
def test_bad_input_gets_one_sentence(
    arguments: tuple[str, ...], sentence: str, run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    if "KEY" in arguments:
        (tmp_path / "key.pem").write_text(call(capsys, monkeypatch, "seal", "--public-key")[1])
    given = [each.replace("RUN", str(run)).replace("KEY", str(tmp_path / "key.pem")) for each in arguments]
    code, _, error = call(capsys, monkeypatch, *given)
    assert code == 2
    assert sentence in " ".join(error.split())
