"""Which code a row belongs to: any change of what a verdict depends on makes it another."""

import subprocess
from pathlib import Path

import pytest

from harness.matrix.stamp import SOURCES, code_of


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for folder in SOURCES:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "one.py").write_text("ONE = 1\n")
    (tmp_path / "requirements.lock").write_text("numpy==2.0\n")
    return tmp_path


def digest(root: Path) -> str:
    code_of.cache_clear()
    return code_of(root).digest


@pytest.mark.parametrize("name", ["crypto_checks/one.py", "townhall/one.py", "harness/new.js", "requirements.lock"])
def test_changed_source_is_other_code(copy: Path, name: str) -> None:
    before = digest(copy)
    (copy / name).write_text("ONE = 2\n")
    assert digest(copy) != before


@pytest.mark.parametrize("name", ["harness/cli", "townhall/web/node_modules", "townhall/web/dist", "reports", "docs"])
def test_what_no_verdict_depends_on_changes_nothing(copy: Path, name: str) -> None:
    before = digest(copy)
    (copy / name).mkdir(parents=True)
    (copy / name / "new.py").write_text("ONE = 2\n")
    assert digest(copy) == before


def test_sources_without_git_have_no_commit(copy: Path) -> None:
    code_of.cache_clear()
    assert (code_of(copy).commit, code_of(copy).label) == ("", "")


def test_commit_is_named_and_work_on_it_marked(copy: Path) -> None:
    git = ["git", "-C", str(copy), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--no-gpg-sign", "-m", "one"]):
        subprocess.run([*git, *words], check=True)
    code_of.cache_clear()
    clean = code_of(copy)
    assert (len(clean.commit), clean.changed, clean.label) == (40, False, clean.commit[:12])
    (copy / "harness" / "one.py").write_text("ONE = 2\n")
    code_of.cache_clear()
    assert code_of(copy).label == f"{clean.commit[:12]}+"
