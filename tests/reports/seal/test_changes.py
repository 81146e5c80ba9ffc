"""Added, removed, renamed and swapped files are named as such, in a folder and in a bundle; odd zips are refused."""

import os
import shutil
import stat
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from harness.model.errors import SealError
from reports.seal.comparing import Difference
from reports.seal.names import SEAL
from reports.seal.verifying import verify
from reports.seal.words import headline, sentence
from tests.reports.seal.samples import PUBLIC, bundled, refused_alone, run_folder, sealed

CLERK, CITIZEN = "evidence/winterbach-1/glass-clerk.jpg", "evidence/winterbach-1/glass-citizen.jpg"
NEW = "evidence/winterbach-1/new.jpg"


def told(what: Path) -> list[Difference]:
    found = verify(what, PUBLIC)
    assert not found.holds
    assert refused_alone(what) != []
    return list(found.differences)


def rezip(bundle: Path, folder: Path) -> None:
    """Packs a changed folder again, as an ordinary program would, the seal first."""
    bundle.unlink()
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.write(folder / SEAL, SEAL)
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SEAL):
            archive.write(path, path.relative_to(folder).as_posix())


def both(tmp_path: Path) -> tuple[Path, Path]:
    bundle = bundled(tmp_path)
    return bundle, tmp_path / "run"


def expect(tmp_path: Path, *differences: Difference) -> None:
    bundle, folder = tmp_path / "run.zip", tmp_path / "run"
    rezip(bundle, folder)
    assert told(folder) == list(differences)
    seen = told(bundle)
    assert [each for each in seen if each.kind != "zip"] == list(differences)


def test_a_removed_file_is_missing(tmp_path: Path) -> None:
    _, folder = both(tmp_path)
    (folder / CLERK).unlink()
    expect(tmp_path, Difference("missing", CLERK))


def test_a_new_file_is_added(tmp_path: Path) -> None:
    _, folder = both(tmp_path)
    (folder / NEW).write_bytes(b"new")
    expect(tmp_path, Difference("added", NEW))


def test_a_renamed_file_is_named_with_both_names(tmp_path: Path) -> None:
    _, folder = both(tmp_path)
    (folder / CLERK).rename(folder / NEW)
    expect(tmp_path, Difference("renamed", CLERK, NEW))


def test_two_swapped_files_are_both_named(tmp_path: Path) -> None:
    _, folder = both(tmp_path)
    clerk, citizen = (folder / CLERK).read_bytes(), (folder / CITIZEN).read_bytes()
    (folder / CLERK).write_bytes(citizen)
    (folder / CITIZEN).write_bytes(clerk)
    expect(tmp_path, Difference("swapped", CITIZEN, CLERK), Difference("swapped", CLERK, CITIZEN))


def test_all_at_once(tmp_path: Path) -> None:
    _, folder = both(tmp_path)
    (folder / CLERK).rename(folder / NEW)
    (folder / CITIZEN).unlink()
    (folder / "report.html").write_text("other")
    (folder / "more.txt").write_text("more")
    expect(
        tmp_path, Difference("missing", CITIZEN), Difference("renamed", CLERK, NEW), Difference("added", "more.txt"),
        Difference("changed", "report.html"),
    )  # fmt: skip


def test_the_same_files_packed_by_another_program_are_not_the_bundle(tmp_path: Path) -> None:
    bundle, folder = both(tmp_path)
    rezip(bundle, folder)
    assert all(each.kind == "zip" for each in told(bundle))
    assert verify(folder, PUBLIC).holds


def test_a_link_in_place_of_a_file_is_no_file(tmp_path: Path) -> None:
    folder = sealed(tmp_path / "run").folder
    shutil.copy(folder / CLERK, tmp_path / "same.jpg")
    (folder / CLERK).unlink()
    (folder / CLERK).symlink_to(tmp_path / "same.jpg")
    assert told(folder) == [Difference("changed", CLERK)]


def test_a_linked_folder_is_not_entered(tmp_path: Path) -> None:
    folder = sealed(tmp_path / "run").folder
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret").write_text("secret")
    (folder / "evidence" / "more").symlink_to(tmp_path / "elsewhere")
    assert told(folder) == [Difference("added", "evidence/more")]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    folder = sealed(tmp_path / "run").folder
    os.mkfifo(folder / "pipe")
    assert told(folder) == [Difference("added", "pipe")]


def test_rights_of_files_do_not_matter(tmp_path: Path) -> None:
    folder = sealed(tmp_path / "run").folder
    (folder / CLERK).chmod(0o600)
    assert verify(folder, PUBLIC).holds


@pytest.mark.parametrize("name", ["../out.txt", "/abs.txt", "a/../../b", "C:\\x.txt", "..\\x", "a\u202eb", CLERK, SEAL])
@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_an_odd_name_in_the_zip_is_refused_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    bundle = bundled(tmp_path)
    with zipfile.ZipFile(bundle, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"evil")
    before = sorted(tmp_path.rglob("*"))
    odd = [each for each in told(bundle) if each.name == name]
    assert odd
    assert sentence(odd[0], "en")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_link_in_the_zip_is_named(tmp_path: Path) -> None:
    bundle = bundled(tmp_path)
    link = zipfile.ZipInfo("evidence/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(bundle, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert Difference("zip", "evidence/link", "link") in told(bundle)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bundle = bundled(tmp_path)
    with zipfile.ZipFile(bundle, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("evidence/bomb", b"\0" * (64 << 20))
    differences = told(bundle)
    assert Difference("zip", "evidence/bomb", "packed") in differences
    assert Difference("added", "evidence/bomb") in differences


def test_a_comment_and_bytes_behind_the_end_are_refused(tmp_path: Path) -> None:
    bundle = bundled(tmp_path)
    whole = bundle.read_bytes()
    bundle.write_bytes(whole + b"x")
    assert Difference("zip", "", "+1") in told(bundle)
    bundle.write_bytes(whole)
    with zipfile.ZipFile(bundle, "a") as archive:
        archive.comment = b"hello"
    assert Difference("zip", "", "comment") in told(bundle)
    bundle.write_bytes(b"MZ" + whole)
    assert told(bundle) == [Difference("seal", SEAL, "first")]


def test_another_key_is_refused(tmp_path: Path) -> None:
    bundle = bundled(tmp_path)
    other = Ed25519PrivateKey.generate().public_key()
    assert verify(bundle, other).differences == (Difference("seal", SEAL, "the seal was made with another key"),)


def test_a_folder_without_a_seal_gets_a_sentence(tmp_path: Path) -> None:
    folder = run_folder(tmp_path / "run")
    with pytest.raises(SealError, match="is not sealed: it holds no seal.dsse.json"):
        verify(folder, PUBLIC)
    with pytest.raises(SealError, match="is neither a run folder nor a bundle"):
        verify(tmp_path / "nothing", PUBLIC)


def test_what_is_said_in_both_languages(tmp_path: Path) -> None:
    folder = sealed(tmp_path / "run").folder
    held = verify(folder, PUBLIC)
    assert headline(held, "de") == (
        "Das Siegel hält: 11 Dateien des Laufs 20261123T120000Z-townhall-0a1b2c sind Byte für Byte so, "
        "wie am 2026-11-23T12:00:00Z versiegelt."
    )
    (folder / CLERK).rename(folder / NEW)
    changed = verify(folder, PUBLIC)
    assert headline(changed, "en") == "The seal does not hold: what lies here is not what was sealed."
    assert [sentence(each, "de") for each in changed.differences] == [f"{CLERK}: umbenannt in {NEW}"]
    assert [sentence(each, "en") for each in changed.differences] == [f"{CLERK}: renamed to {NEW}"]
