"""What cannot be sealed gets one sentence that names it; what is sealed is the same bytes each time."""

import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from harness.model.errors import SealError
from reports.seal import bundle, keys
from reports.seal.bundle import write_bundle
from reports.seal.names import SEAL
from tests.reports.seal.samples import bundled, sealed


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("evidence/a\u202eb", r"evidence/a\\u202eb cannot be sealed: its name holds characters that cannot be seen"),
        ("evidence/a:b", "its name holds characters that other systems do not allow"),
        ("evidence/con.txt", "its name means something else on other systems"),
        ("evidence/x.part", "was left half written by a bench that was killed: remove it"),
        ("REPORT.html", "differs from another name only in upper and lower case"),
        ("", ""),
    ],
)
def test_a_file_that_no_seal_can_bind_is_named(name: str, sentence: str, tmp_path: Path) -> None:
    folder = sealed(tmp_path / "run").folder
    if not sentence:
        os.symlink("/etc/passwd", folder / "evidence" / "link")
        sentence = "evidence/link cannot be sealed: it is no plain file"
    else:
        (folder / name).write_bytes(b"x")
    with pytest.raises(SealError, match=sentence):
        sealed(tmp_path / "run")


def test_the_same_run_at_the_same_moment_is_the_same_bundle(tmp_path: Path) -> None:
    assert bundled(tmp_path / "one").read_bytes() == bundled(tmp_path / "two").read_bytes()


def test_a_run_too_large_for_a_bundle_gets_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "LARGEST", 1000)
    done = sealed(tmp_path / "run")
    with pytest.raises(SealError, match="and a bundle holds at most .*: pass the sealed folder on as it is"):
        write_bundle(done.folder, done.entries, tmp_path / "run.zip")
    assert not (tmp_path / "run.zip").exists()


def test_a_file_that_grows_while_it_is_bundled_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = sealed(tmp_path / "run")
    (done.folder / "report.html").write_text("longer than before, by some letters more than the list says it has")
    with pytest.raises(SealError, match="was changed while the bundle was written: seal it again"):
        write_bundle(done.folder, done.entries, tmp_path / "run.zip")
    assert list(tmp_path.glob("run.zip*")) == []


def test_keys_that_are_none_get_a_sentence(tmp_path: Path) -> None:
    file, own, other = tmp_path / "key.pem", Ed25519PrivateKey.generate(), generate_private_key(SECP256R1())
    pem = Encoding.PEM
    file.write_bytes(own.private_bytes(pem, PrivateFormat.PKCS8, BestAvailableEncryption(b"x")))
    with pytest.raises(SealError, match="is protected by a password: decrypt it"):
        keys.private_key(file)
    file.write_bytes(other.private_bytes(pem, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(SealError, match="is no Ed25519 key: openssl genpkey"):
        keys.private_key(file)
    file.write_bytes(other.public_key().public_bytes(pem, PublicFormat.SubjectPublicKeyInfo))
    with pytest.raises(SealError, match="is no Ed25519 key: './pruefstand seal --public-key'"):
        keys.public_key(file)


def test_a_key_that_cannot_be_kept_gets_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pruefstand").write_text("no folder")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with pytest.raises(SealError, match="No key can be kept in .*: name one with --key"):
        keys.machine_key()


def test_the_seal_is_not_among_what_it_binds(tmp_path: Path) -> None:
    assert SEAL not in [entry.name for entry in sealed(tmp_path / "run").entries]
